"""The receipt of a transfer: what was handed over by whom to whom, how it was sealed, and why.

A PDF for both sides, with lines to sign on. Its text is that of the ledger's entry, whose number
and hash it names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import resources

from amparo.base.typeset import typeset

__all__ = ["LABELS", "Handed", "Receipt", "set_receipt"]

LABELS: Mapping[str, str] = {
    "title": "Receipt",
    "matter": "Matter",
    "from": "Handed over by",
    "to": "Received by",
    "capacity": "Capacity",
    "organisation": "Organisation",
    "when": "When",
    "where": "Where",
    "purpose": "For",
    "returns": "To be given back",
    "yes": "yes",
    "no": "no",
    "exhibits": "What was handed over",
    "exhibit": "Exhibit",
    "what": "What it is",
    "seal": "Seal",
    "condition": "Condition",
    "unsealed": "not sealed",
    "not_stated": "not stated",
    "entry": "Ledger",
    "entry_text": "entry {seq}, whose hash is",
    "confirm": (
        "By signing, the receiver confirms that the exhibits listed above were received, and that "
        "the seals were whole and bore the numbers above, unless remarked here:"
    ),
    "signed_from": "Handed over: name, date, signature",
    "signed_to": "Received: name, date, signature",
    "acknowledged": "Acknowledged",
    "seals_whole": "Seals whole",
    "unknown": "unknown",
    "remarks": "Remarks",
}


@dataclass(frozen=True, slots=True)
class Handed:
    """An exhibit on the receipt."""

    code: str
    title: str
    kind: str
    identifiers: str
    seal: str
    condition: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says. ``acknowledged`` are pairs of label and text, none while it waits."""

    number: str
    matter_number: str
    matter_title: str
    handed_by: str
    to_name: str
    to_capacity: str
    to_organisation: str
    occurred: str
    place: str
    purpose: str
    returns: bool
    entry: int
    entry_hash: str
    exhibits: Sequence[Handed]
    acknowledged: Sequence[tuple[str, str]] = ()


def set_receipt(
    receipt: Receipt,
    *,
    made_at: datetime,
    words: Mapping[str, str] = LABELS,
    language: str = "en",
    paper: str = "a4",
) -> bytes:
    """The PDF of ``receipt`` (PDF/A-2u)."""
    source = resources.files("amparo.evidence.custody").joinpath("receipt.typ").read_text("utf-8")
    inputs = {
        "language": language,
        "paper": paper,
        "labels": dict(words),
        "receipt": {
            **asdict(receipt),
            "entry_text": words["entry_text"].format(seq=receipt.entry),
        },
    }
    whole = made_at.replace(microsecond=0)
    return typeset(source, inputs=inputs, made_at=whole, standard="a-2u")
