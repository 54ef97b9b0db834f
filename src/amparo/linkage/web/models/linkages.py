"""Rows of record linkage: what was asked, what came of it, and what people decided; all only grow.

A record is a number: the rows of the tables in their order, from 0. What the rows say stays in the
files that hold them; ``LinkageResult.places`` says on which row of which page each record is.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import LedgerEntry
from amparo.matters.web.models import Matter

__all__ = [
    "Linkage",
    "LinkageResult",
    "LinkedGroup",
    "LinkedPair",
    "PairDecision",
    "PersonDecision",
]


class Linkage(models.Model):
    """That somebody had tables linked.

    ``tables``: each ``{"item", "sha256", "sheet", "name", "roles"}``, the roles by column;
    ``after`` is the linkage whose decisions this one heard.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="linkages")
    tables = models.JSONField()
    within = models.BooleanField(_("duplicates inside each table too"), default=False)
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="next")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job_id = models.UUIDField()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return " + ".join(table["name"] for table in self.tables)


class LinkageResult(models.Model):
    """What came of it. ``layers``: how many scored pairs lie in each of ``reviewing.LAYERS``;
    ``places``: by table, ``{"rows": […], "pages": […]}``; ``model`` is the model's file."""

    linkage = models.OneToOneField(
        Linkage, primary_key=True, on_delete=models.PROTECT, related_name="result"
    )
    records = models.PositiveIntegerField()
    possible = models.BigIntegerField()
    rules = models.JSONField()
    left_out = models.JSONField()
    layers = models.JSONField()
    places = models.JSONField()
    model = models.TextField()
    model_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.linkage} ({self.made_at:%Y-%m-%d})"


class LinkedPair(models.Model):
    """A scored pair that can be looked at; ``steps``: ``{"name", "says", "bits", "one_in"}``.

    ``sampled`` is its place in the random sample, or null; ``alike`` is the same for pairs whose
    comparison says the same.
    """

    linkage = models.ForeignKey(Linkage, on_delete=models.PROTECT, related_name="pairs")
    first = models.PositiveIntegerField()
    second = models.PositiveIntegerField()
    bits = models.FloatField()
    prior_bits = models.FloatField()
    steps = models.JSONField()
    alike = models.CharField(max_length=64)
    sampled = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-bits", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["linkage", "first", "second"], name="linked_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    @property
    def percent(self) -> str:
        """How likely the two are one person."""
        return _percent(self.bits)


class LinkedGroup(models.Model):
    """Records that the program takes for one person; ``weakest`` is a pair of them or null."""

    linkage = models.ForeignKey(Linkage, on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveIntegerField()
    records = models.JSONField()
    weakest = models.JSONField(null=True)
    halves = models.JSONField()
    bits = models.FloatField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["linkage", "number"], name="linked_group_once")
        ]

    def __str__(self) -> str:
        return f"group {self.number}"

    @property
    def percent(self) -> str:
        """How likely its weakest link is right."""
        return _percent(self.bits)


class PairDecision(models.Model):
    """What a person said of a pair; the latest stands."""

    class Verdict(models.TextChoices):
        MATCH = "match", _("One person")
        APART = "apart", _("Not one person")
        UNSURE = "unsure", _("Not sure")

    pair = models.ForeignKey(LinkedPair, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(_("decision"), max_length=6, choices=Verdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.by}"


class PersonDecision(models.Model):
    """A line of the journal: records merged into one person, or parted from the others."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merged")
        PART = "part", _("Parted")

    linkage = models.ForeignKey(Linkage, on_delete=models.PROTECT, related_name="journal")
    kind = models.CharField(max_length=5, choices=Kind)
    records = models.JSONField()
    reason = models.TextField(_("why"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by}"


def _percent(bits: float) -> str:
    """The chance that a weight means, never as certainty."""
    percent = 100 / (1 + 2.0 ** -min(max(bits, -60.0), 60.0))
    if percent > 99.5:
        return "> 99 %"
    return "< 1 %" if percent < 0.5 else f"{percent:.0f} %"
