"""Rows of estimates: one for each that was asked for and each that was made; both only grow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import Item, LedgerEntry
from amparo.matters.web.models import Matter

__all__ = ["Estimation", "EstimationResult"]


class Estimation(models.Model):
    """An estimate that somebody asked of a table, with what was chosen.

    ``item_sha256`` is the file's digest at that time; ``lists`` are columns of its ``sheet``;
    ``count`` and ``stratum`` name columns or are empty; ``filled`` is how many times a stratum that
    is not stated is filled in, 0 for people of no stratum to be one of their own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="estimations")
    item_sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=300, blank=True)
    lists = models.JSONField(default=list)
    count = models.CharField(max_length=300, blank=True)
    stratum = models.CharField(max_length=300, blank=True)
    filled = models.PositiveSmallIntegerField(default=0)
    group = models.CharField(_("who is counted"), max_length=200)
    seed = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job_id = models.UUIDField()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.group

    @property
    def matter(self) -> Matter:
        return self.item.matter


class EstimationResult(models.Model):
    """What was estimated: the ``answer`` of the headline, what it depends on (``moved``), its
    strata, and the ``record`` that gives the same again, with its digest."""

    estimation = models.OneToOneField(
        Estimation, primary_key=True, on_delete=models.PROTECT, related_name="result"
    )
    answer = models.JSONField()
    moved = models.JSONField(default=list)
    strata = models.JSONField(null=True)
    record = models.TextField()
    record_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.estimation} ({self.made_at:%Y-%m-%d})"
