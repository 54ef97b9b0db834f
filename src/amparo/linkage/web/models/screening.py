"""Rows of screening: lists that were brought, who was screened against which, what was ruled.

All only grow; what stands is read from the log.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import StoredObject
from amparo.matters.web.models import Matter

__all__ = [
    "BroughtList",
    "Screening",
    "ScreeningHit",
    "ScreeningResult",
    "ScreeningRuling",
]


class BroughtList(models.Model):
    """A list that an administrator brought as a file, for every matter of the workspace.

    ``dated`` is the day the list says it is of, or what the administrator says where it is silent
    (``is_dated_by_list``); "" is unknown.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    object = models.OneToOneField(StoredObject, on_delete=models.PROTECT, related_name="name_list")
    name = models.CharField(_("file name"), max_length=300)
    title = models.CharField(_("title"), max_length=300)
    format = models.CharField(max_length=20)
    dated = models.CharField(_("date of the list"), max_length=10, blank=True)
    is_dated_by_list = models.BooleanField()
    entries = models.PositiveIntegerField()
    remarks = models.JSONField()
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "-dated", "-brought_at"]

    def __str__(self) -> str:
        return self.title


class Screening(models.Model):
    """That somebody had names of a matter looked for on lists.

    ``asked``: each ``{"name", "party", "as", "spellings", "born", "countries", "identifiers"}``;
    ``lists``: each ``{"name", "sha256", "object_name", "item", "brought", "dated"}``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="screenings")
    asked = models.JSONField()
    lists = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job_id = models.UUIDField()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return ", ".join(each["name"] for each in self.lists)


class ScreeningResult(models.Model):
    """That it was done. ``asked``: those asked, owners among them; ``lists``: what each file is,
    ``{"name", "sha256", "title", "format", "dated", "entries", "remarks", "failed"}``.

    ``stakes``: who owns what by the tables of owners; ``cut``: names that were not compared with
    every near one, or have more hits than are kept.
    """

    screening = models.OneToOneField(
        Screening, primary_key=True, on_delete=models.PROTECT, related_name="result"
    )
    asked = models.JSONField()
    lists = models.JSONField()
    stakes = models.JSONField()
    cut = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.screening} ({self.made_at:%Y-%m-%d})"


class ScreeningHit(models.Model):
    """An entry that may be who was asked. ``asked`` and ``listed`` are places in the result's.

    ``facts``: each ``{"about", "finding", "said"}``; ``owned``: what the 50 percent rule comes to
    for the entry by the list's own owners, or null.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="hits")
    number = models.PositiveIntegerField()
    pair = models.CharField(max_length=64, db_index=True)
    asked = models.PositiveIntegerField()
    listed = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    spelling = models.TextField()
    entry = models.JSONField()
    score = models.FloatField()
    reasons = models.JSONField()
    facts = models.JSONField()
    owned = models.JSONField(null=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"hit of {self.screening_id}"

    @property
    def matter(self) -> Matter:
        """The matter whose names were screened."""
        return self.screening.matter


class ScreeningRuling(models.Model):
    """What a person ruled on a hit; the latest on a ``pair`` stands."""

    class Verdict(models.TextChoices):
        SAME = "same", _("The same")
        NOT_SAME = "not the same", _("Not the same")
        OPEN = "open", _("Still open")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hit = models.ForeignKey(ScreeningHit, on_delete=models.PROTECT, related_name="rulings")
    pair = models.CharField(max_length=64, db_index=True)
    verdict = models.CharField(_("ruling"), max_length=12, choices=Verdict)
    reason = models.TextField(_("why"))
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField()

    class Meta:
        ordering = ["-ruled_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.ruled_by}"
