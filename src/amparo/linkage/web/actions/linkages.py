"""Having tables linked, judging pairs, merging and parting people: each written down for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.ids import new_id
from amparo.base.web.jobs import enqueue
from amparo.evidence.web.actions import record
from amparo.evidence.web.models import Item
from amparo.linkage.records import Linking, Model, Pair, Result, to_json
from amparo.linkage.records.reviewing import LAYERS, layer_of, sample
from amparo.linkage.web.models import (
    Linkage,
    LinkageResult,
    LinkedGroup,
    LinkedPair,
    PairDecision,
    PersonDecision,
)
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.models import Matter

__all__ = [
    "LINK",
    "Chosen",
    "ask_for_linkage",
    "decide_on_people",
    "judge",
    "keep_linkage",
    "take_linkage",
]

LINK = "linkage.link"
"""The task that links."""
LINKED = "records linked"
"""The kinds of ledger entries that state a linkage, a merge and a parting."""
KINDS = {"merge": "people merged", "part": "people parted"}

_SHOWN = 4_000  # pairs at most that can be looked at, those nearest to undecided first
_LEAST = -4.0
_SAMPLED = 30  # pairs of each layer


@dataclass(frozen=True, slots=True)
class Chosen:
    """A table with the role of each column that is compared."""

    item: Item
    sheet: str
    name: str
    roles: Mapping[str, str]


@transaction.atomic
def ask_for_linkage(
    matter: Matter,
    tables: Sequence[Chosen],
    *,
    within: bool = False,
    after: Linkage | None = None,
    acting_user: User,
) -> Linkage:
    """Note which tables are to be linked, and queue it."""
    require_knowing(acting_user, Verb.PRODUCE, matter)
    if not tables or any(table.item.matter_id != matter.pk for table in tables):
        raise UsageError("Choose at least one table of this matter.")
    number = new_id()
    job = enqueue(LINK, matter_id=matter.pk, user_id=acting_user.pk, linkage_id=str(number))
    made = Linkage.objects.create(
        id=number,
        matter=matter,
        tables=[
            {
                "item": str(table.item.pk),
                "sha256": table.item.object_id,
                "sheet": table.sheet,
                "name": table.name,
                "roles": dict(table.roles),
            }
            for table in tables
        ],
        within=within,
        after=after,
        by=acting_user,
        asked_at=timezone.now(),
        job_id=job.pk,
    )
    audit("ask for linked records", acting_user=acting_user, subject=made, matter_id=matter.pk)
    return made


@transaction.atomic
def keep_linkage(
    asked: Linkage,
    linking: Linking,
    model: Model,
    result: Result,
    places: list[dict[str, list[int]]],
    *,
    acting_user: User,
) -> LinkageResult:
    """Keep what was linked, with its entry in the ledger; the right to it is asked for again."""
    require_knowing(acting_user, Verb.PRODUCE, asked.matter)
    text = to_json(model)
    digest = sha256(text.encode()).hexdigest()
    LinkedPair.objects.bulk_create(_pairs(asked, linking, model, result), batch_size=500)
    LinkedGroup.objects.bulk_create(_groups(asked, result), batch_size=500)
    entry = record(
        LINKED,
        acting_user=acting_user,
        matter=asked.matter,
        subject=f"linkage:{asked.pk}",
        details={
            "linkage": {
                "id": str(asked.pk),
                "tables": [
                    {"item": table["item"], "sha256": table["sha256"]} for table in asked.tables
                ],
                "model_sha256": digest,
                "groups": len(result.clusters),
            }
        },
    )
    layers = [0] * len(LAYERS)
    for bits in result.bits.tolist():
        layers[layer_of(bits)] += 1
    return LinkageResult.objects.create(
        linkage=asked,
        records=linking.count,
        possible=linking.possible,
        rules=[
            {"keys": [key.name for key in rule.keys], "pairs": rule.cost, "finds": rule.finds}
            for rule in model.rules
        ],
        left_out=linking.left_out(),
        layers=layers,
        places=places,
        model=text,
        model_sha256=digest,
        made_at=timezone.now(),
        entry=entry,
    )


def _pairs(asked: Linkage, linking: Linking, model: Model, result: Result) -> list[LinkedPair]:
    """Those nearest to undecided, the weakest link of each group, and the random sample."""
    bits = result.bits.tolist()
    drawn = {place: number for number, place in enumerate(sample(bits, _SAMPLED))}
    near = sorted((abs(b), place) for place, b in enumerate(bits) if b >= _LEAST)[:_SHOWN]
    weakest = {group.weakest for group in result.clusters[:_SHOWN] if group.weakest}
    both = list(zip(result.first.tolist(), result.second.tolist(), strict=True))
    links = {place for place, pair in enumerate(both) if pair in weakest or pair[::-1] in weakest}
    wanted = sorted({place for _, place in near} | set(drawn) | links)
    shown = [Pair(*both[place], bits[place]) for place in wanted]
    rows = []
    for place, pair, why in zip(wanted, shown, linking.reasons_of(model, shown), strict=True):
        steps = [
            {"name": s.name, "title": s.title, "says": s.says, "bits": s.bits, "one_in": s.one_in}
            for s in why.steps
        ]
        said = "|".join(f"{step.name}:{step.says}" for step in why.steps)
        rows.append(
            LinkedPair(
                linkage=asked,
                first=pair.first,
                second=pair.second,
                bits=pair.bits,
                prior_bits=why.prior_bits,
                steps=steps,
                alike=sha256(said.encode()).hexdigest(),
                sampled=drawn.get(place),
            )
        )
    return rows


def _groups(asked: Linkage, result: Result) -> list[LinkedGroup]:
    return [
        LinkedGroup(
            linkage=asked,
            number=number,
            records=list(each.records),
            weakest=list(each.weakest) if each.weakest else None,
            halves=[list(half) for half in each.halves],
            bits=each.bits,
        )
        for number, each in enumerate(result.clusters, start=1)
    ]


@transaction.atomic
def judge(pair: LinkedPair, verdict: str, *, acting_user: User) -> PairDecision:
    """Write down what a person says of a pair; a later word stands over an earlier one."""
    asked = pair.linkage
    require_knowing(acting_user, Verb.ANNOTATE, asked.matter)
    made = PairDecision.objects.create(
        pair=pair,
        verdict=PairDecision.Verdict(verdict),
        by=acting_user,
        at=timezone.now(),
    )
    audit(
        "judge two records",
        acting_user=acting_user,
        subject=asked,
        matter_id=asked.matter_id,
        verdict=str(made.verdict),
    )
    return made


@transaction.atomic
def decide_on_people(
    asked: Linkage, kind: str, records: Sequence[int], reason: str, *, acting_user: User
) -> PersonDecision:
    """Merge records into one person, or part them from the others, with a reason."""
    require_knowing(acting_user, Verb.EDIT, asked.matter)
    chosen = sorted(set(records))
    if not chosen or (kind == "merge" and len(chosen) < 2):
        raise UsageError("Choose the records first.", next_step="A merge needs two of them.")
    if not reason.strip():
        raise UsageError("A decision needs a reason.")
    result = LinkageResult.objects.get(linkage=asked)
    if not all(0 <= number < result.records for number in chosen):
        raise UsageError("There is no such record.")
    details: dict[str, Any] = {"linkage": str(asked.pk), "records": chosen}
    entry = record(
        KINDS[kind],
        acting_user=acting_user,
        matter=asked.matter,
        subject=f"linkage:{asked.pk}",
        details={"people": details},
    )
    return PersonDecision.objects.create(
        linkage=asked,
        kind=PersonDecision.Kind(kind),
        records=chosen,
        reason=reason.strip(),
        by=acting_user,
        at=timezone.now(),
        entry=entry,
    )


@transaction.atomic
def take_linkage(asked: Linkage, form: str, *, acting_user: User) -> None:
    """Write down that a file of a linkage leaves."""
    require_knowing(acting_user, Verb.EXPORT, asked.matter)
    audit(
        "take linked records away",
        acting_user=acting_user,
        subject=asked,
        matter_id=asked.matter_id,
        form=form,
    )
