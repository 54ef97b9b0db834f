"""What people say that the words of a table mean; rows only grow, and the latest stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.evidence.web.models import Item

__all__ = ["TableWord"]


class TableWord(models.Model):
    """That somebody said what one thing in a sheet means.

    Of the kind "word", ``said`` is a word of the sheet and ``means`` the keys of types of act, none
    where it is no type of the vocabulary. Of the kind "fact", ``said`` is what indicators need and
    ``means`` is ["column", its name], ["yes"] or ["no"] of every row. ``means`` of null takes back
    what was said before.
    """

    class Kind(models.TextChoices):
        WORD = "word", _("word")
        FACT = "fact", _("fact")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="table_words")
    sheet = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=4, choices=Kind)
    said = models.TextField()
    means = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["item", "sheet"], name="words_of_a_sheet")]

    def __str__(self) -> str:
        return self.said
