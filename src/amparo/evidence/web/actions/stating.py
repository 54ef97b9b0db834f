"""Saving a row together with the entry of the ledger that states it."""

from __future__ import annotations

from amparo.accounts.web.models import User
from amparo.evidence.web.actions.ledger import record
from amparo.evidence.web.models import LedgerEntry
from amparo.evidence.web.models.stated import StatedRow
from amparo.matters.web.models import Matter

__all__ = ["state"]


def state(
    row: StatedRow,
    *,
    acting_user: User | None,
    matter: Matter | None,
    subject: str = "",
    occurred_at: str = "",
) -> LedgerEntry:
    """Save ``row``, whose ``recorded_at`` is set, with its entry; needs a transaction around it."""
    row.entry = record(
        row.LEDGER_KIND,
        acting_user=acting_user,
        matter=matter,
        subject=subject,
        occurred_at=occurred_at,
        details={row.PART: dict(row.facts())},
        now=row.recorded_at,
    )
    row.save(force_insert=True)
    return row.entry
