"""The sentences that are said of translations and their certificates."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["TRANSLATION_SENTENCES"]

TRANSLATION_SENTENCES = frozenset(
    {
        _("Choose another kind of certificate."),
        _("Part it by blank lines as the original is, or write it passage by passage."),
        _("Say which language it is, and keep the translation again."),
        _("The certificate lacks this: %(said)s."),
        _("The translation has %(paragraphs)s paragraphs and the original %(wanted)s."),
        _("The translation is not complete: passages without words: %(waiting)s."),
        _("There is no such kind of certificate."),
        _("This certificate is for translations into %(into)s."),
        _("Translate them first; a certificate says that it is complete."),
    }
)
