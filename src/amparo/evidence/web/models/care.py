"""Rows of care: what people marked as graphic, and how long each looked at it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.matters.web.models import Matter

__all__ = ["CareMark", "Exposure"]


class CareMark(models.Model):
    """A person's decision that an item, a folder or a tag is graphic; withdrawn, never removed."""

    class Scope(models.TextChoices):
        ITEM = "item", _("this file")
        FOLDER = "folder", _("a folder")
        TAG = "tag", _("a tag")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="care_marks")
    scope = models.CharField(_("what"), max_length=6, choices=Scope)
    value = models.TextField()
    note = models.CharField(_("content note"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="care_marks"
    )
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "scope", "value"],
                condition=models.Q(withdrawn_at=None),
                name="one_care_mark",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.value}"


class Exposure(models.Model):
    """How many seconds of a day a person had graphic material before them: shown to them only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exposures"
    )
    day = models.DateField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="exposure_of_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"
