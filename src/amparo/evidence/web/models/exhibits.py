"""Rows of physical exhibits: where they can lie, what they are, what is done with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.canonical import Json
from amparo.base.ids import new_id
from amparo.evidence.ledger import moment
from amparo.evidence.web.models.stated import StatedRow
from amparo.matters.web.models import Matter

__all__ = ["Acknowledgement", "ExhibitEvent", "PhysicalExhibit", "StoragePlace", "Transfer"]

_BY = settings.AUTH_USER_MODEL


class StoragePlace(models.Model):
    """Where exhibits can lie: a room, a safe in it, a shelf in that."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20)
    inside = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="places")
    remarks = models.TextField(_("remarks"), blank=True)
    is_closed = models.BooleanField(_("no longer used"), default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["inside", "name"], name="place_named_once"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(inside=None), name="outer_place_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The place with those that it lies in, outermost first."""
        names, at = [self.name], self.inside
        while at:
            names.append(at.name)
            at = at.inside
        return " › ".join(reversed(names))


class PhysicalExhibit(StatedRow):
    """A thing in custody, as it was when it was received; events tell the rest."""

    LEDGER_KIND = "exhibit received"
    PART = "exhibit"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="physical_exhibits")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20)
    title = models.CharField(_("what it is"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    identifiers = models.CharField(_("marks and serial numbers"), max_length=300, blank=True)
    owner = models.CharField(_("owner"), max_length=300, blank=True)
    from_whom = models.CharField(_("from whom"), max_length=300, blank=True)
    received_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.CharField(_("when"), max_length=80, blank=True)
    found_at = models.CharField(_("where"), max_length=300, blank=True)
    is_reconstruction = models.BooleanField(_("written down later"), default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="exhibit_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """Its number as people write it."""
        return f"P-{self.number}"

    def facts(self) -> dict[str, Json]:
        names = ("kind", "title", "description", "identifiers", "owner", "from_whom")
        return {
            "id": str(self.pk),
            "number": self.number,
            **{name: getattr(self, name) for name in names},
            "received_by": str(self.received_by_id),
            "occurred_at": self.occurred_at,
            "found_at": self.found_at,
            "recorded_at": moment(self.recorded_at),
            "is_reconstruction": self.is_reconstruction,
        }


class Transfer(StatedRow):
    """Exhibits handed to somebody; ``exhibits`` are ids as text."""

    LEDGER_KIND = "exhibits handed over"
    PART = "transfer"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="transfers")
    number = models.PositiveIntegerField(_("number"))
    exhibits = models.JSONField(default=list)
    to_name = models.CharField(_("to whom"), max_length=300)
    to_capacity = models.CharField(_("in which capacity"), max_length=200, blank=True)
    to_organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    to_user = models.ForeignKey(_BY, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for"), max_length=300)
    returns = models.BooleanField(_("to be given back"), default=False)
    handed_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.CharField(_("when"), max_length=80)
    place = models.CharField(_("where"), max_length=300, blank=True)
    is_reconstruction = models.BooleanField(_("written down later"), default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="transfer_numbered")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The number of its receipt."""
        return f"R-{self.number}"

    def facts(self) -> dict[str, Json]:
        names = ("to_name", "to_capacity", "to_organisation", "purpose", "returns")
        return {
            "id": str(self.pk),
            "number": self.number,
            "exhibits": list(self.exhibits),
            **{name: getattr(self, name) for name in names},
            "to_user": str(self.to_user_id) if self.to_user_id else None,
            "handed_by": str(self.handed_by_id),
            "occurred_at": self.occurred_at,
            "place": self.place,
            "recorded_at": moment(self.recorded_at),
            "is_reconstruction": self.is_reconstruction,
        }


class Acknowledgement(StatedRow):
    """That the receiver confirmed a transfer: here, or on a signed receipt kept as a file."""

    LEDGER_KIND = "receipt acknowledged"
    PART = "acknowledgement"

    class Seals(models.TextChoices):
        WHOLE = "whole", _("Whole")
        BROKEN = "broken", _("Not whole")
        UNKNOWN = "unknown", _("Unknown")

    transfer = models.OneToOneField(
        Transfer, on_delete=models.PROTECT, related_name="acknowledgement"
    )
    by_name = models.CharField(_("by whom"), max_length=300)
    by_user = models.ForeignKey(_BY, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")
    seals = models.CharField(_("seals"), max_length=8, choices=Seals, default=Seals.UNKNOWN)
    remarks = models.TextField(_("remarks"), blank=True)
    receipt = models.ForeignKey(
        "evidence.Item", null=True, on_delete=models.PROTECT, related_name="+"
    )
    occurred_at = models.CharField(_("when"), max_length=80)

    def __str__(self) -> str:
        return f"{self.transfer}: {self.by_name}"

    @property
    def matter(self) -> Matter:
        return self.transfer.matter

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "transfer": str(self.transfer_id),
            "by_name": self.by_name,
            "by_user": str(self.by_user_id) if self.by_user_id else None,
            "recorded_by": str(self.recorded_by_id),
            "seals": self.seals,
            "remarks": self.remarks,
            "receipt": str(self.receipt_id) if self.receipt_id else None,
            "occurred_at": self.occurred_at,
            "recorded_at": moment(self.recorded_at),
        }


class ExhibitEvent(StatedRow):
    """What was done with an exhibit. ``items`` are ids of photographs or of files made from it."""

    LEDGER_KIND = "exhibit"
    PART = "exhibit_event"

    exhibit = models.ForeignKey(PhysicalExhibit, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=20)
    actor = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")
    by_whom = models.CharField(_("by whom"), max_length=300, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    seal = models.CharField(_("seal number"), max_length=80, blank=True)
    storage = models.ForeignKey(
        StoragePlace, null=True, on_delete=models.PROTECT, related_name="events"
    )
    place = models.CharField(_("place"), max_length=400, blank=True)
    holder = models.CharField(_("in whose hands"), max_length=400, blank=True)
    condition = models.TextField(_("condition"), blank=True)
    items = models.JSONField(default=list)
    transfer = models.ForeignKey(
        Transfer, null=True, on_delete=models.PROTECT, related_name="events"
    )
    occurred_at = models.CharField(_("when"), max_length=80)
    is_reconstruction = models.BooleanField(_("written down later"), default=False)

    class Meta:
        ordering = ["entry_id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.exhibit_id}"

    @property
    def matter(self) -> Matter:
        return self.exhibit.matter

    def facts(self) -> dict[str, Json]:
        names = ("kind", "by_whom", "purpose", "seal", "place", "holder", "condition")
        return {
            "id": str(self.pk),
            "exhibit": str(self.exhibit_id),
            **{name: getattr(self, name) for name in names},
            "actor": str(self.actor_id),
            "storage": str(self.storage_id) if self.storage_id else None,
            "items": list(self.items),
            "transfer": str(self.transfer_id) if self.transfer_id else None,
            "occurred_at": self.occurred_at,
            "recorded_at": moment(self.recorded_at),
            "is_reconstruction": self.is_reconstruction,
        }
