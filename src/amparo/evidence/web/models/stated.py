"""The ground of rows that an entry of the ledger states whole: they are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from amparo.base.canonical import Json
from amparo.base.ids import new_id

__all__ = ["StatedRow"]


class StatedRow(models.Model):
    """A row whose facts an entry of kind ``LEDGER_KIND`` holds in its details, under ``PART``.

    Triggers refuse to change or remove it; verification compares it with its entry field by field.
    """

    LEDGER_KIND: ClassVar[str]
    PART: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField()
    entry = models.OneToOneField("evidence.LedgerEntry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def facts(self) -> Mapping[str, Json]:
        """What the entry states: every field but the entry itself, as plain JSON."""
        raise NotImplementedError
