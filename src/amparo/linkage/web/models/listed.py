"""The keys by which people of linked lists are found by name, in any script; all of it derived.

It can be forgotten and made again at any time, and what a row says is not copied: a record is the
line of a page, and goes with the page when the file is destroyed.
"""

from __future__ import annotations

from django.db import models

from amparo.extract.web.models import PageText
from amparo.linkage.web.models.linkages import Linkage

__all__ = ["KeyedLinkage", "ListedKey", "ListedName"]


class KeyedLinkage(models.Model):
    """That the names of a linkage's records were keyed, and by which ``version`` of the keys.

    ``columns``: of each table, the places of the cells that make a name, counted from 0.
    """

    linkage = models.OneToOneField(Linkage, on_delete=models.CASCADE, related_name="keyed")
    version = models.PositiveSmallIntegerField()
    columns = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"keys of {self.linkage_id}"


class ListedName(models.Model):
    """One record: on which ``line`` of which page it stands, counted from 0, and in which group."""

    keyed = models.ForeignKey(KeyedLinkage, on_delete=models.CASCADE, related_name="names")
    page = models.ForeignKey(PageText, on_delete=models.CASCADE, related_name="+")
    table = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    group = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["keyed", "group"], name="listed_by_group")]

    def __str__(self) -> str:
        return f"row {self.row}"


class ListedKey(models.Model):
    """One key of one record's name."""

    keyed = models.ForeignKey(KeyedLinkage, on_delete=models.CASCADE, db_index=False)
    named = models.ForeignKey(ListedName, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keyed", "key", "named"], name="one_key_a_record"),
        ]

    def __str__(self) -> str:
        return self.key
