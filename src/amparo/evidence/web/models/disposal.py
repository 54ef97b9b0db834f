"""Rows of what may and may not be destroyed: holds, retention, disposals and erasures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.canonical import Json
from amparo.evidence.ledger import moment
from amparo.evidence.web.models.stated import StatedRow
from amparo.matters.web.models import Matter

__all__ = ["Disposal", "DisposalDecision", "Erasure", "Hold", "HoldLift", "Retention"]

_BY = settings.AUTH_USER_MODEL


class Hold(StatedRow):
    """A legal hold: nothing that it covers may be disposed of until it is lifted.

    ``items`` are ids as text; none means the whole matter with all that comes into it.
    """

    LEDGER_KIND = "hold placed"
    PART = "hold"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField(_("reason"))
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    items = models.JSONField(default=list)
    placed_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return self.reason[:80]

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "reason": self.reason,
            "reference": self.reference,
            "items": list(self.items),
            "placed_by": str(self.placed_by_id),
            "recorded_at": moment(self.recorded_at),
        }


class HoldLift(StatedRow):
    """The end of a hold."""

    LEDGER_KIND = "hold lifted"
    PART = "hold_lift"

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="lift")
    reason = models.TextField(_("reason"))
    lifted_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"end of {self.hold}"

    @property
    def matter(self) -> Matter:
        return self.hold.matter

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "hold": str(self.hold_id),
            "reason": self.reason,
            "lifted_by": str(self.lifted_by_id),
            "recorded_at": moment(self.recorded_at),
        }


class Retention(StatedRow):
    """How long the matter's evidence is kept; the newest row holds."""

    LEDGER_KIND = "retention set"
    PART = "retention"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="retentions")
    rule = models.CharField(max_length=40)
    months = models.PositiveIntegerField(null=True)
    trigger = models.CharField(max_length=10)
    source = models.TextField(blank=True)
    set_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.rule} ({self.months})"

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "rule": self.rule,
            "months": self.months,
            "trigger": self.trigger,
            "source": self.source,
            "set_by": str(self.set_by_id),
            "recorded_at": moment(self.recorded_at),
        }


class Disposal(StatedRow):
    """What one person proposes to destroy, and why. ``items`` and ``exhibits`` are ids as text."""

    LEDGER_KIND = "disposal proposed"
    PART = "disposal"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="disposals")
    ground = models.CharField(_("ground"), max_length=40)
    reason = models.TextField(_("reason"))
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    items = models.JSONField(default=list)
    exhibits = models.JSONField(default=list)
    proposed_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return self.reason[:80]

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "ground": self.ground,
            "reason": self.reason,
            "reference": self.reference,
            "items": list(self.items),
            "exhibits": list(self.exhibits),
            "proposed_by": str(self.proposed_by_id),
            "recorded_at": moment(self.recorded_at),
        }


class DisposalDecision(StatedRow):
    """What another person decided."""

    LEDGER_KIND = "disposal decided"
    PART = "disposal_decision"

    disposal = models.OneToOneField(Disposal, on_delete=models.PROTECT, related_name="decision")
    approved = models.BooleanField()
    note = models.TextField(_("remark"), blank=True)
    decided_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{'approved' if self.approved else 'refused'}: {self.disposal}"

    @property
    def matter(self) -> Matter:
        return self.disposal.matter

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "disposal": str(self.disposal_id),
            "approved": self.approved,
            "note": self.note,
            "decided_by": str(self.decided_by_id),
            "recorded_at": moment(self.recorded_at),
        }


class Erasure(StatedRow):
    """That the bytes of a disposed item are no more: which object, and how it was destroyed."""

    LEDGER_KIND = "erased"
    PART = "erasure"

    item = models.ForeignKey("evidence.Item", on_delete=models.PROTECT, related_name="erasures")
    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="erasures")
    sha256 = models.CharField(max_length=64)
    object_name = models.CharField(max_length=80)
    how = models.CharField(max_length=80)

    class Meta:
        ordering = ["recorded_at"]
        indexes = [models.Index(fields=["sha256"], name="erasure_of_bytes")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.how}"

    @property
    def matter(self) -> Matter:
        return self.disposal.matter

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "item": str(self.item_id),
            "disposal": str(self.disposal_id),
            "sha256": self.sha256,
            "object_name": self.object_name,
            "how": self.how,
            "recorded_at": moment(self.recorded_at),
        }
