"""Asking for an estimate, keeping what came of it, and taking its files away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.ids import new_id
from amparo.base.web.jobs import enqueue
from amparo.evidence.web.actions import record
from amparo.evidence.web.models import Item
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.patterns import estimate
from amparo.patterns.web.models import Estimation, EstimationResult

__all__ = ["ESTIMATE", "ESTIMATED", "Asked", "ask_for_estimate", "keep_estimate", "take_estimate"]

ESTIMATE = "patterns.estimate"
"""The task that makes an estimate."""
ESTIMATED = "estimate made"
"""The kind of the ledger entry that states one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen: columns of a sheet, and who is counted in words."""

    lists: Sequence[str]
    group: str
    sheet: str = ""
    count: str = ""
    stratum: str = ""
    filled: int = 0
    seed: int = 1


@transaction.atomic
def ask_for_estimate(item: Item, asked: Asked, *, acting_user: User) -> Estimation:
    """Note what is asked and queue it."""
    require_knowing(acting_user, Verb.PRODUCE, item)
    number = new_id()
    job = enqueue(
        ESTIMATE, matter_id=item.matter_id, user_id=acting_user.pk, estimation_id=str(number)
    )
    made = Estimation.objects.create(
        id=number,
        item=item,
        item_sha256=item.object_id,
        sheet=asked.sheet,
        lists=list(asked.lists),
        count=asked.count,
        stratum=asked.stratum,
        filled=asked.filled,
        group=asked.group,
        seed=asked.seed,
        by=acting_user,
        asked_at=timezone.now(),
        job_id=job.pk,
    )
    audit("ask for an estimate", acting_user=acting_user, subject=made, matter_id=item.matter_id)
    return made


@transaction.atomic
def keep_estimate(
    asked: Estimation,
    made: estimate.Whole,
    *,
    acting_user: User,
    apart: Mapping[str, Any] | None = None,
) -> EstimationResult:
    """Keep what was estimated for good, with its entry in the ledger; ``apart`` are strata that
    were estimated over replicates.

    The right to it is asked for again: the team may have changed while it was computed.
    """
    require_knowing(acting_user, Verb.PRODUCE, asked.item)
    digest = sha256(made.record.encode()).hexdigest()
    entry = record(
        ESTIMATED,
        acting_user=acting_user,
        matter=asked.matter,
        subject=f"estimation:{asked.pk}",
        details={
            "estimation": {
                "id": str(asked.pk),
                "item": str(asked.item_id),
                "item_sha256": asked.item_sha256,
                "record_sha256": digest,
                "refused": made.answer.refused,
            }
        },
    )
    return EstimationResult.objects.create(
        estimation=asked,
        answer=made.answer.as_json(),
        moved=made.moved_as_json(),
        strata=dict(apart) if apart else made.strata_as_json(),
        record=made.record,
        record_sha256=digest,
        made_at=timezone.now(),
        entry=entry,
    )


@transaction.atomic
def take_estimate(asked: Estimation, form: str, *, acting_user: User) -> None:
    """Write down that a file of an estimate leaves."""
    require_knowing(acting_user, Verb.EXPORT, asked.item)
    audit(
        "take an estimate away",
        acting_user=acting_user,
        subject=asked,
        matter_id=asked.matter.pk,
        form=form,
    )
