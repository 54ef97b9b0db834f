"""Rows of linkage: names by which parties are found, and checks for conflicts of interest."""

from amparo.linkage.web.models.conflicts import (
    ConflictCheck,
    ConflictHit,
    ConflictRequest,
    ConflictRuling,
)
from amparo.linkage.web.models.named import NamedParty, PartyKey

__all__ = [
    "ConflictCheck",
    "ConflictHit",
    "ConflictRequest",
    "ConflictRuling",
    "NamedParty",
    "PartyKey",
]
