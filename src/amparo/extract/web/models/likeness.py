"""Rows that near-duplicates are found by: fingerprints of pictures, of pages and of text."""

from __future__ import annotations

from django.db import models

from amparo.evidence.web.models import Item

__all__ = ["Compared", "Fingerprint", "FingerprintKey"]


class Compared(models.Model):
    """That an item was looked at for its likeness, and by which version of the method."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="compared")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} by version {self.version}"


class Fingerprint(models.Model):
    """What a picture, a page as drawn, or a text is like (``extract/near``).

    ``page`` counts from 1; 0 is the text of the whole file. ``mark`` is 8 bytes of a picture or
    page (``near/pictures.py``), 256 of a text (``near/texts.py``).
    """

    class Kind(models.TextChoices):
        PICTURE = "picture"
        PAGE = "page"
        TEXT = "text"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="fingerprints")
    kind = models.CharField(max_length=7, choices=Kind)
    page = models.PositiveIntegerField()
    mark = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "page"], name="fingerprint_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page} of {self.item_id}"


class FingerprintKey(models.Model):
    """One of the keys under which a fingerprint is found; like ones share at least one."""

    fingerprint = models.ForeignKey(Fingerprint, on_delete=models.CASCADE, related_name="keys")
    key = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key:x}"
