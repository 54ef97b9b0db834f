"""Rows of bundles: what goes in and in which order, and what was produced of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import Item, LedgerEntry, StoredObject
from amparo.matters.web.models import Matter

__all__ = ["Bundle", "Exhibit", "Production", "Volume"]


class Bundle(models.Model):
    """Exhibits that are to be filed together, under the rules of one profile.

    ``fields`` fill the cover and the certificates by key; ``certificates`` are those asked for
    besides the ones that the profile always has.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="bundles")
    title = models.CharField(_("title"), max_length=300)
    profile = models.CharField(_("court or body"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True)
    fields = models.JSONField(default=dict)
    certificates = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title


class Exhibit(models.Model):
    """An item in a bundle. An empty tab gets the next free one; ``date`` is EDTF or empty."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="exhibits")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="exhibits")
    position = models.PositiveIntegerField()
    tab = models.CharField(_("tab"), max_length=12, blank=True)
    description = models.TextField(_("description"), max_length=2000)
    date = models.CharField(_("date"), max_length=80, blank=True)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["bundle", "position"], name="exhibit_in_order")]

    def __str__(self) -> str:
        return f"{self.tab} {self.description}".strip()

    @property
    def matter(self) -> Matter:
        return self.bundle.matter


class Production(models.Model):
    """One making of a bundle, as it stood then: its manifest and what the check compared.

    ``number`` counts a bundle's productions; ``stem`` is the file name without ending, as links
    from one volume into another know it. ``report`` holds ``compared`` and ``findings``; a
    production with findings has no volumes, for it was not released.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="productions")
    number = models.PositiveIntegerField(_("number"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    job_id = models.UUIDField(null=True)
    stem = models.CharField(_("file name"), max_length=120, blank=True)
    manifest = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    entry = models.OneToOneField(LedgerEntry, null=True, on_delete=models.PROTECT)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "number"], name="production_counted")
        ]

    def __str__(self) -> str:
        return f"{self.bundle} ({self.number})"

    @property
    def matter(self) -> Matter:
        return self.bundle.matter


class Volume(models.Model):
    """A file of a production, sealed: ``first`` and ``last`` are the numbers of its pages."""

    production = models.ForeignKey(Production, on_delete=models.PROTECT, related_name="volumes")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    object = models.ForeignKey(StoredObject, on_delete=models.PROTECT, related_name="+")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["production", "number"], name="volume_counted")
        ]

    def __str__(self) -> str:
        return self.name
