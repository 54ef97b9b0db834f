"""Which rows an entry of the ledger states whole, and how they leave with a package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from amparo.accounts.web.models import User
from amparo.base.errors import VerificationError
from amparo.evidence import ledger
from amparo.evidence.custody import stated_id
from amparo.evidence.packages import records
from amparo.evidence.web.models.disposal import (
    Disposal,
    DisposalDecision,
    Erasure,
    Hold,
    HoldLift,
    Retention,
)
from amparo.evidence.web.models.exhibits import (
    Acknowledgement,
    ExhibitEvent,
    PhysicalExhibit,
    Transfer,
)
from amparo.evidence.web.models.stated import StatedRow
from amparo.evidence.web.models.watch import Alarm, AlarmAnswer, OnlinePaper

__all__ = ["STATED", "named_in", "statements_of"]

STATED: Mapping[str, type[StatedRow]] = {
    model.LEDGER_KIND: model
    for model in (
        Acknowledgement,
        Alarm,
        AlarmAnswer,
        Disposal,
        DisposalDecision,
        Erasure,
        ExhibitEvent,
        Hold,
        HoldLift,
        OnlinePaper,
        PhysicalExhibit,
        Retention,
        Transfer,
    )
}
"""The rows by the kind of entry that states them."""


def statements_of(entries: Iterable[ledger.Entry]) -> list[records.Statement]:
    """The rows that ``entries`` state, in order. VerificationError for one that is missing."""
    stated = [entry for entry in entries if entry.fact.kind in STATED]
    found: list[records.Statement] = []
    for kind, model in STATED.items():
        mine = [entry for entry in stated if entry.fact.kind == kind]
        rows = model._base_manager.in_bulk([entry.seq for entry in mine], field_name="entry_id")
        for entry in mine:
            row = rows.get(entry.seq)
            if row is None:
                name = stated_id(entry.fact.details, model.PART)
                expected = f"the row that ledger entry {entry.seq} states"
                raise VerificationError(f"{kind} {name}", got="no row", expected=expected)
            found.append(records.Statement(kind, model.PART, row.facts(), entry.seq))
    return sorted(found, key=lambda each: each.entry)


def named_in(statements: Sequence[records.Statement]) -> set[str]:
    """The ids of the people whom statements name."""
    values = (value for each in statements for value in each.facts.values())
    ids = {value for value in values if isinstance(value, str) and _is_id(value)}
    return {str(pk) for pk in User.objects.filter(pk__in=ids).values_list("pk", flat=True)}


def _is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False
