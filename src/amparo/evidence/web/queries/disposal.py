"""Holds and disposals as pages show them, and their words for catalogues of translations."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from amparo.evidence.custody import disposal
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.disposal import Disposal, DisposalDecision, Erasure, Hold, HoldLift
from amparo.matters.web.models import Matter

__all__ = ["TERMS", "DisposalLine", "HoldLine", "disposal_line", "disposal_lines", "hold_lines"]

TERMS = (
    gettext_noop("An order of a court or authority"),
    gettext_noop("Consent was withdrawn, or the person concerned asked for it"),
    gettext_noop("It was kept as long as the rule says"),
    gettext_noop("The original was given back and no copy may stay"),
    gettext_noop("It came into the matter by mistake"),
    gettext_noop("Keeping it puts a person in danger"),
    gettext_noop("Keep until somebody decides"),
    gettext_noop("Five years after the representation ended"),
    gettext_noop("A period of our own"),
    gettext_noop("A period of our own, for each file from the day it came in"),
)
"""The words of ``disposal.toml`` and ``retention.yaml`` once more; a test compares."""


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold, the names of what it covers (none: the whole matter), and its end."""

    hold: Hold
    covers: tuple[Item, ...]
    lift: HoldLift | None


@dataclass(frozen=True, slots=True)
class DisposalLine:
    """A disposal in words. Of its files ``destroyed`` are told as erased, ``kept`` are needed by
    something else, and ``waiting`` are not destroyed yet."""

    disposal: Disposal
    ground: str
    decision: DisposalDecision | None
    destroyed: int = 0
    waiting: int = 0

    @property
    def files(self) -> int:
        """How many files it is about."""
        return len(self.disposal.items)


def hold_lines(matter: Matter) -> list[HoldLine]:
    """The matter's holds, those that stand first."""
    rows = list(matter.holds.select_related("placed_by"))
    lifts = {lift.hold_id: lift for lift in HoldLift.objects.filter(hold__in=rows)}
    named = {name for row in rows for name in row.items}
    items = {str(item.pk): item for item in matter.items.filter(pk__in=named)}
    lines = [
        HoldLine(row, tuple(items[n] for n in row.items if n in items), lifts.get(row.pk))
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.lift is not None)


def disposal_lines(matter: Matter) -> list[DisposalLine]:
    """What was proposed in the matter, newest first."""
    return [disposal_line(row) for row in matter.disposals.select_related("proposed_by")]


def disposal_line(row: Disposal) -> DisposalLine:
    """A disposal with what became of it."""
    rows = DisposalDecision.objects.filter(disposal=row).select_related("decided_by")
    decision = rows.first()
    ground = disposal.grounds().get(row.ground)
    label = gettext(ground.label) if ground else row.ground
    if decision is None or not decision.approved:
        return DisposalLine(row, label, decision)
    destroyed = Erasure.objects.filter(item__in=row.items).values("item").distinct().count()
    return DisposalLine(row, label, decision, destroyed, len(row.items) - destroyed)
