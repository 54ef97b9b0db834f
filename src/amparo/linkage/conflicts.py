"""Conflicts of interest: whose names are like those of a matter, who may see it, who decides it.

A check asks every name of one matter, the *asking* one, of the parties of all others, also of those
that nobody on its team may see. What each person then learns of a hit is what they may see anyway:

* who may see the matter that was hit, and no identity of it is sealed from them, sees the hit;
* everyone else learns that there is a hit, and how it was decided, by whom and when; not in which
  matter, how many there are, nor why.

Who decides has to see what was hit; and either sees the asking matter too, or was let read the
names that were asked. No way leads around a wall: who is kept from one of the two never decides.
(ABA Model Rules 1.7, 1.9 and 1.10 with the comments on screening; read 2026-11-22.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amparo.base.canonical import dumps
from amparo.base.digests import digest
from amparo.base.folding import fold_words
from amparo.linkage.names import ALIKE, Comparison, compare

__all__ = [
    "Alike",
    "Decided",
    "Seat",
    "Standing",
    "best_alike",
    "may_decide",
    "pair_of",
    "standing_of",
]


class Standing(StrEnum):
    """Where a hit, or several taken together, stand."""

    OPEN = "open"
    DECLARED = "declared"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Alike:
    """The spelling that is most like a name, and how it compares."""

    name: str
    spelling: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, by whom (a name) and when."""

    standing: Standing
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """What someone may do on the two sides of a hit.

    ``sees_asking`` and ``sees_found``: the matter and every identity that the hit is about;
    ``walled``: a wall stands between them and either; ``reviews``: they may review in either.
    """

    sees_asking: bool
    sees_found: bool
    reviews: bool
    walled: bool = False


def best_alike(names: Iterable[str], spellings: Sequence[str]) -> Alike | None:
    """The best of all names against all spellings, None when none reaches ``ALIKE``."""
    every = [Alike(name, each, compare(name, each)) for name in names for each in spellings]
    best = max(every, key=lambda alike: alike.comparison.score, default=None)
    return best if best is not None and best.comparison.score >= ALIKE else None


def may_decide(seat: Seat, *, disclosed: bool) -> bool:
    """Whether someone may decide a hit; ``disclosed``: those who see it were let read the names."""
    if seat.walled or not seat.sees_found or not seat.reviews:
        return False
    return seat.sees_asking or disclosed


def pair_of(asking: str, name: str, party: str, spelling: str) -> str:
    """The digest by which a decision is found again: it holds while both names stay as they are."""
    said = [asking, fold_words(name).split(), party, fold_words(spelling).split()]
    return digest(dumps(said)).sha256


def standing_of(decisions: Iterable[Decided | None]) -> Standing:
    """Of several hits: open while one is, then declared if one is; cleared of none."""
    every = [Standing.OPEN if each is None else each.standing for each in decisions]
    return next(
        (one for one in (Standing.OPEN, Standing.DECLARED) if one in every), Standing.CLEARED
    )
