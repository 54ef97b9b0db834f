"""What was destroyed by two people's decision, for verification, pages and reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from amparo.evidence.ledger import moment
from amparo.evidence.ledger.verification import Gone
from amparo.evidence.web.models import Item, StoredObject
from amparo.evidence.web.models.disposal import DisposalDecision, Erasure
from amparo.evidence.web.queries.holding import is_needed

__all__ = ["disposed_items", "erased_objects"]

MOST_TOLD = 10_000


def disposed_items() -> list[Gone]:
    """Each item that is disposed of, with who proposed it, who decided, and that entry."""
    return list(islice(_disposed(), MOST_TOLD))


def erased_objects() -> set[str]:
    """The digests whose objects the ledger says were destroyed, and that nothing needs since."""
    told = set(Erasure.objects.values_list("sha256", flat=True))
    rows = StoredObject.objects.filter(pk__in=told)
    return {row.sha256 for row in rows if not is_needed(row)}


def _disposed() -> Iterator[Gone]:
    still = set(map(str, _disposed_ids()))
    rows = DisposalDecision.objects.filter(approved=True).order_by("-entry_id")
    for row in rows.select_related("disposal__proposed_by", "decided_by"):
        for item in row.disposal.items:
            if item in still:
                still.discard(item)
                yield Gone(
                    item=item,
                    at=moment(row.recorded_at),
                    proposed_by=str(row.disposal.proposed_by),
                    decided_by=str(row.decided_by),
                    ground=row.disposal.ground,
                    entry=row.entry_id,
                )


def _disposed_ids() -> list[object]:
    rows = Item.objects.filter(status=Item.Status.DISPOSED)
    return list(rows.values_list("pk", flat=True))
