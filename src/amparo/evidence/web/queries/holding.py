"""What stands against destroying something, and which bytes something still rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import ForeignObjectRel
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.evidence.custody import retention
from amparo.evidence.web import hearers
from amparo.evidence.web.models import Item, StoredObject
from amparo.evidence.web.models.disposal import Disposal, Hold, Retention
from amparo.evidence.web.models.exhibits import PhysicalExhibit
from amparo.evidence.web.models.watch import ObjectCheck
from amparo.matters.web.models import Matter

__all__ = [
    "Kept",
    "holds_on",
    "is_needed",
    "kept_until",
    "objections",
    "open_disposals",
    "open_holds",
    "with_contents",
]


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a matter's evidence is kept: ``until`` is None while nobody can tell.

    ``over`` are the items whose time is over today.
    """

    choice: Retention | None
    rule: retention.Rule | None
    until: date | None
    over: int


def open_holds(matter: Matter) -> list[Hold]:
    """The matter's holds that nobody has lifted, newest first."""
    return list(matter.holds.filter(lift=None).select_related("placed_by"))


def holds_on(matter: Matter, ids: Collection[str]) -> list[Hold]:
    """The open holds that cover any of the items with these ids."""
    wanted = set(ids)
    return [hold for hold in open_holds(matter) if not hold.items or wanted & set(hold.items)]


def open_disposals(matter: Matter) -> list[Disposal]:
    """What was proposed and not decided yet."""
    return list(matter.disposals.filter(decision=None).select_related("proposed_by"))


def with_contents(items: Iterable[Item]) -> list[Item]:
    """The items with all that was found inside them, however deep."""
    found = {item.pk: item for item in items}
    level = list(found)
    while level:
        inside = Item.objects.filter(parent__in=level).select_related("object", "matter")
        new = {item.pk: item for item in inside if item.pk not in found}
        found |= new
        level = list(new)
    return sorted(found.values(), key=lambda item: (item.path, str(item.pk)))


def objections(
    matter: Matter,
    items: Sequence[Item],
    exhibits: Sequence[PhysicalExhibit] = (),
    *,
    but: Disposal | None = None,
) -> list[str]:
    """Every sentence that stands against disposing of these; ``but`` is the proposal itself."""
    ids = {str(item.pk) for item in items} | {str(each.pk) for each in exhibits}
    found = [
        _("A legal hold stands against it: “%(reason)s”.") % {"reason": hold.reason}
        for hold in holds_on(matter, ids)
    ]
    waiting = [each for each in open_disposals(matter) if but is None or each.pk != but.pk]
    if any(ids & {*each.items, *each.exhibits} for each in waiting):
        found.append(_("Its disposal is proposed already and waits for a decision."))
    found += _of_items(items)
    for item in items:
        found += hearers.objections_to(item)
    return found


def is_needed(stored: StoredObject) -> bool:
    """Whether anything still rests on these bytes: an item that is not disposed of, in any matter,
    or a row of any other kind."""
    for relation in StoredObject._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model is ObjectCheck:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: stored.pk})
        if relation.related_model is Item:
            rows = rows.exclude(status=Item.Status.DISPOSED)
        if rows.exists():
            return True
    return False


def kept_until(matter: Matter) -> Kept:
    """What the matter's rule says today."""
    choice = matter.retentions.select_related("set_by").first()
    rule = retention.rules().get(choice.rule) if choice else None
    live = matter.items.exclude(status=Item.Status.DISPOSED)
    if choice is None or choice.months is None:
        return Kept(choice, rule, None, 0)
    today = timezone.now().date()
    if choice.trigger == "closed":
        if matter.closed_at is None:
            return Kept(choice, rule, None, 0)
        end = retention.until(matter.closed_at.date(), choice.months)
        return Kept(choice, rule, end, live.count() if end < today else 0)
    return _each_from_its_day(choice, rule, matter, today)


def _each_from_its_day(
    choice: Retention, rule: retention.Rule | None, matter: Matter, today: date
) -> Kept:
    assert choice.months is not None
    live = matter.items.exclude(status=Item.Status.DISPOSED).filter(parent=None)
    days = [moment.date() for moment in live.values_list("received_at", flat=True)]
    ends = [retention.until(day, choice.months) for day in days]
    return Kept(choice, rule, min(ends, default=None), sum(end < today for end in ends))


def _of_items(items: Sequence[Item]) -> list[str]:
    together = {item.pk for item in items}
    found = []
    for item in items:
        if item.status == Item.Status.DISPOSED:
            found.append(_("“%(name)s” was disposed of already.") % {"name": item})
        if item.parent_id and item.parent_id not in together:
            found.append(
                _("“%(name)s” lies inside “%(outer)s”: dispose of that, or of neither.")
                % {"name": item, "outer": item.parent}
            )
    return found
