"""Rows of translations: each version as it was written, and the certificates of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import Item, StoredObject
from amparo.extract.translations.certificate import Certified
from amparo.extract.translations.pairs import Pair, from_rows
from amparo.matters.web.models import Matter

__all__ = ["Translation", "TranslationCertificate"]


class Translation(models.Model):
    """What an item says in another language, passage by passage, as one person wrote it.

    ``unchecked`` counts the passages whose words are only a program's: then it is a draft.

    A derivative: ``parent_sha256`` is the file's digest, ``sha256`` that of the passages with their
    translations (``extract/translations/pairs.py``). A version is never changed; a correction is
    the next one of that language, and the highest is shown and searched.
    """

    class Made(models.TextChoices):
        WRITTEN = "written", _("Written here")
        CORRECTED = "corrected", _("Corrected")
        PASTED = "pasted", _("Brought in whole")
        DRAFTED = "drafted", _("Drafted by a program")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="translations")
    target = models.CharField(_("into"), max_length=12)
    number = models.PositiveIntegerField(_("version"))
    made = models.CharField(_("how"), max_length=10, choices=Made)
    based_on = models.PositiveIntegerField(_("corrects version"), null=True)
    source = models.CharField(_("from"), max_length=12, blank=True)
    translator = models.CharField(_("translator"), max_length=200)
    passages = models.JSONField(default=list)
    missing = models.PositiveIntegerField(default=0)
    unchecked = models.PositiveIntegerField(default=0)
    parent_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        ordering = ["target", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "target", "number"], name="translation_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"translation {self.number} of {self.item_id} into {self.target}"

    @property
    def matter(self) -> Matter:
        return self.item.matter

    @property
    def value(self) -> list[Pair]:
        """The passages with their translations, as values."""
        return from_rows(self.passages)


class TranslationCertificate(models.Model):
    """What the translator says of one version, set as a PDF to sign, which is sealed.

    ``item`` is the file of the matter that the PDF was made into, when it was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    translation = models.ForeignKey(
        Translation, on_delete=models.PROTECT, related_name="certificates"
    )
    said = models.JSONField(default=dict)
    object = models.ForeignKey(StoredObject, null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"certificate of {self.translation_id}"

    @property
    def matter(self) -> Matter:
        return self.translation.matter

    @property
    def value(self) -> Certified:
        """What the translator says, as a value."""
        return Certified(**self.said)
