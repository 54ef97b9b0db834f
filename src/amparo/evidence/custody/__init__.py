"""Custody: how evidence came, what was done with it, how long it is kept, and its papers."""

from amparo.evidence.custody.facts import (
    ACQUIRED,
    CUSTODY,
    Acquired,
    Event,
    Item,
    Kind,
    check,
    stated_id,
    vocabulary,
)

__all__ = [
    "ACQUIRED",
    "CUSTODY",
    "Acquired",
    "Event",
    "Item",
    "Kind",
    "check",
    "stated_id",
    "vocabulary",
]
