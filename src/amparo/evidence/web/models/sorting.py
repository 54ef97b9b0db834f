"""Rows of sorting: collections of items, and the journal of what was done to many items at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models.received import Item
from amparo.matters.web.models import Matter

__all__ = ["Collection", "SortingStep"]


class Collection(models.Model):
    """Items of a matter that were gathered for a purpose, as for one hearing or one report."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="collections")
    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("what for"), max_length=300, blank=True)
    items = models.ManyToManyField(Item, related_name="collections", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["matter", "name"], name="collection_once")]

    def __str__(self) -> str:
        return self.name


class SortingStep(models.Model):
    """One line of the journal: what was put on or taken off which items. Lines are only added.

    ``name`` is the tag's or the collection's, ``items`` the ids of those that changed. A line that
    takes another back names it; it can be taken back in its turn.
    """

    class Kind(models.TextChoices):
        TAG = "tag", _("Tagged")
        UNTAG = "untag", _("Tag taken off")
        COLLECT = "collect", _("Put into the collection")
        UNCOLLECT = "uncollect", _("Taken out of the collection")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="sorting")
    kind = models.CharField(_("what"), max_length=9, choices=Kind)
    name = models.CharField(max_length=80)
    items = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["matter", "-at", "-id"], name="sorting_of_matter")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {len(self.items)}"
