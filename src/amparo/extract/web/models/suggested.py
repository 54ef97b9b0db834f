"""Rows of what a tool suggested as a tag, and what a person decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import Item
from amparo.matters.web.models import Matter

__all__ = ["LookedThrough", "Suggestion"]


class LookedThrough(models.Model):
    """When an item was last looked through for suggestions."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="looked_through")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} {self.at:%Y-%m-%d}"


class Suggestion(models.Model):
    """A value that a passage of an item may name (``extract/suggestions``): never asserted.

    ``words`` are those of the passage, at ``start`` to ``end`` of the page's text as it was.
    Accepted, it is a tag of the item with a pinpoint; rejected, it is not suggested again.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        DATE = "date", _("Date")
        PLACE = "place", _("Place")
        PHONE = "phone", _("Phone number")
        IDENTITY = "identity", _("Identity number")

    class Certainty(models.TextChoices):
        LIKELY = "likely", _("Likely")
        UNSURE = "unsure", _("Unsure")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="suggestions")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    value = models.CharField(_("value"), max_length=300)
    words = models.TextField(_("words"))
    page = models.PositiveIntegerField(_("page"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    count = models.PositiveIntegerField(_("times"), default=1)
    certainty = models.CharField(_("certainty"), max_length=6, choices=Certainty)
    why = models.CharField(_("why"), max_length=300)
    tool = models.CharField(_("tool"), max_length=80)
    tool_version = models.CharField(_("version"), max_length=80)
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "certainty", "value"]
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "value"], name="suggested_once")
        ]
        indexes = [models.Index(fields=["item", "state", "kind"], name="suggestion_of_item")]

    def __str__(self) -> str:
        return self.value

    @property
    def matter(self) -> Matter:
        return self.item.matter
