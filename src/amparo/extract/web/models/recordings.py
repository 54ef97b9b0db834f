"""Rows about recordings: transcripts, each version kept as it was."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import Item
from amparo.extract.recordings.transcripts import Line
from amparo.matters.web.models import Matter

__all__ = ["Transcript"]


class Transcript(models.Model):
    """What is said in a recording, as one person or one program wrote it down: a derivative.

    A version is never changed; a correction is the next one. ``number`` counts from 1 and the
    highest is the one that is shown and searched. ``lines`` are ``[start, end, text, speaker]``
    in seconds; ``sha256`` is the digest of them as WebVTT.
    The settings of a program's name its speech model, by its folder's name and its digest.
    """

    class Made(models.TextChoices):
        TYPED = "typed", _("Typed")
        CORRECTED = "corrected", _("Corrected")
        IMPORTED = "imported", _("Imported")
        RECOGNISED = "recognised", _("Recognised by a program, not checked")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="transcripts")
    number = models.PositiveIntegerField(_("version"))
    made = models.CharField(_("how"), max_length=10, choices=Made)
    based_on = models.PositiveIntegerField(_("corrects version"), null=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    lines = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    tool = models.CharField(_("tool"), max_length=80, blank=True)
    tool_version = models.CharField(_("version of the tool"), max_length=80, blank=True)
    tool_settings = models.JSONField(_("settings"), default=dict)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="transcript_version_once")
        ]

    def __str__(self) -> str:
        return f"transcript {self.number} of {self.item_id}"

    @property
    def matter(self) -> Matter:
        return self.item.matter

    @property
    def value(self) -> list[Line]:
        """The lines as values."""
        return [Line(start, end, text, speaker) for start, end, text, speaker in self.lines]
