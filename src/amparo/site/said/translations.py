"""The sentences that are said of translations and their certificates."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["TRANSLATION_SENTENCES"]

TRANSLATION_SENTENCES = frozenset(
    {
        _("A program must know the language of the original."),
        _("Choose another kind of certificate."),
        _("Correct each, or compare it with its original and say that it is right."),
        _("Install it with: pip install 'amparo[translation]'"),
        _("No model here translates between these languages."),
        _("No passage waits for its words."),
        _("No program translates here: CTranslate2 is not installed."),
        _("No program translates here: no translation models are named."),
        _("Part it by blank lines as the original is, or write it passage by passage."),
        _("Put one into the folder of models."),
        _("Say which language it is, and keep the translation again."),
        _("Say which language the file is in."),
        _("Set AMPARO_TRANSLATION_MODELS to a folder of models, then start again."),
        _("The certificate lacks this: %(said)s."),
        _("The model gave no words."),
        _("The model was changed while it was read."),
        _("The translation has %(paragraphs)s paragraphs and the original %(wanted)s."),
        _("The translation is not complete: passages without words: %(waiting)s."),
        _("The translation model cannot be used: %(error)s."),
        _("There is no such kind of certificate."),
        _("There is no translation model called %(name)s."),
        _("This certificate is for translations into %(into)s."),
        _("This model does not translate between these languages."),
        _("Translate them first; a certificate says that it is complete."),
        _("Words that only a program wrote cannot be certified: passages: %(only_drafted)s."),
    }
)
