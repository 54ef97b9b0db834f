"""Rows of linkage: parties by their names, checks for conflicts, linked records, screening."""

from amparo.linkage.web.models.conflicts import (
    ConflictCheck,
    ConflictHit,
    ConflictRequest,
    ConflictRuling,
)
from amparo.linkage.web.models.linkages import (
    Linkage,
    LinkageResult,
    LinkedGroup,
    LinkedPair,
    PairDecision,
    PersonDecision,
)
from amparo.linkage.web.models.listed import KeyedLinkage, ListedKey, ListedName
from amparo.linkage.web.models.named import NamedParty, PartyKey
from amparo.linkage.web.models.screening import (
    BroughtList,
    Screening,
    ScreeningHit,
    ScreeningResult,
    ScreeningRuling,
)

__all__ = [
    "BroughtList",
    "ConflictCheck",
    "ConflictHit",
    "ConflictRequest",
    "ConflictRuling",
    "KeyedLinkage",
    "Linkage",
    "LinkageResult",
    "LinkedGroup",
    "LinkedPair",
    "ListedKey",
    "ListedName",
    "NamedParty",
    "PairDecision",
    "PartyKey",
    "PersonDecision",
    "Screening",
    "ScreeningHit",
    "ScreeningResult",
    "ScreeningRuling",
]
