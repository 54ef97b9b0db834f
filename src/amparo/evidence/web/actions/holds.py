"""Placing and lifting legal holds, and choosing how long a matter's evidence is kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.evidence.custody import retention
from amparo.evidence.web.actions.stating import state
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.disposal import Hold, HoldLift, Retention
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = ["lift_hold", "place_hold", "set_retention"]


@transaction.atomic
def place_hold(
    matter: Matter,
    *,
    reason: str,
    acting_user: User,
    reference: str = "",
    items: Iterable[Item] = (),
) -> Hold:
    """From now on nothing that it covers is disposed of; no items mean the whole matter."""
    require(acting_user, Verb.MANAGE, matter)
    covered = list(items)
    if any(item.matter_id != matter.pk for item in covered):
        raise UsageError(_("These files belong to another matter."))
    row = Hold(
        matter=matter,
        reason=_said(reason),
        reference=reference.strip(),
        items=sorted(str(item.pk) for item in covered),
        placed_by=acting_user,
        recorded_at=timezone.now(),
    )
    state(row, acting_user=acting_user, matter=matter, subject=f"hold:{row.pk}")
    return row


@transaction.atomic
def lift_hold(hold: Hold, *, reason: str, acting_user: User) -> HoldLift:
    """End a hold. UsageError when it was lifted before."""
    require(acting_user, Verb.MANAGE, hold.matter)
    if HoldLift.objects.filter(hold=hold).exists():
        raise UsageError(_("This hold was lifted already."))
    row = HoldLift(
        hold=hold, reason=_said(reason), lifted_by=acting_user, recorded_at=timezone.now()
    )
    state(row, acting_user=acting_user, matter=hold.matter, subject=f"hold:{hold.pk}")
    return row


@transaction.atomic
def set_retention(
    matter: Matter, rule: str, *, acting_user: User, months: int | None = None, source: str = ""
) -> Retention:
    """Choose how long the matter's evidence is kept; the choice before stays in the ledger."""
    require(acting_user, Verb.MANAGE, matter)
    keep = retention.check(rule, months, source)
    row = Retention(
        matter=matter,
        rule=keep.rule,
        months=keep.months,
        trigger=keep.trigger,
        source=keep.source,
        set_by=acting_user,
        recorded_at=timezone.now(),
    )
    state(row, acting_user=acting_user, matter=matter)
    return row


def _said(reason: str) -> str:
    if not reason.strip():
        raise UsageError(_("The reason is missing."), next_step=_("Say it in a sentence."))
    return reason.strip()
