"""Who is asked, and the entries of a list that may be them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from amparo.linkage.names import ALIKE, Comparison, compare, parse
from amparo.linkage.screening.entries import Alias, Entry
from amparo.linkage.screening.facts import Fact, Finding, facts_of
from amparo.linkage.screening.index import Index

__all__ = ["LOOK_AT", "Asked", "Hit", "Screened", "screen"]

LOOK_AT = 2_000
"""So many names of a list, the nearest by their keys, are compared with one that is asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked. ``born`` is EDTF or ""; what is left out is unknown.

    ``spellings``: further names; ``identifiers``: numbers of passports and the like.
    """

    name: str
    spellings: tuple[str, ...] = ()
    born: str = ""
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, each once."""
        return tuple(dict.fromkeys((self.name, *self.spellings)))


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be who is asked: which names are alike, why, and what else is known."""

    asked: str
    entry: Entry
    alias: Alias
    score: float
    reasons: tuple[str, ...]
    facts: tuple[Fact, ...]

    def said(self, finding: Finding) -> tuple[str, ...]:
        """The sentences of what agrees, disagrees or is unknown."""
        return tuple(fact.said for fact in self.facts if fact.finding is finding)

    @property
    def rank(self) -> tuple[bool, int, float]:
        """What to look at first: a shared number, few disagreements, the nearest name."""
        numbered = any(f.about == "identifier" and f.finding is Finding.AGREES for f in self.facts)
        return not numbered, len(self.said(Finding.DISAGREES)), -self.score


@dataclass(frozen=True, slots=True)
class Screened:
    """What a list answered. ``more``: hits left out; ``cut``: not every near name was compared."""

    hits: tuple[Hit, ...]
    more: int = 0
    cut: bool = False


def screen(asked: Asked, index: Index, *, least: float = ALIKE, most: int = 50) -> Screened:
    """The entries whose names are like one of those asked, the likeliest first."""
    best: dict[str, tuple[Comparison, str, Alias, Entry]] = {}
    cut = False
    for name in asked.names:
        parsed = parse(name)
        nearest = list(islice(index.near(parsed), LOOK_AT + 1))
        cut = cut or len(nearest) > LOOK_AT
        for near in nearest[:LOOK_AT]:
            found = compare(parsed, parse(near.alias.name))
            known = best.get(near.entry.number)
            if found.score >= least and (known is None or found.score > known[0].score):
                best[near.entry.number] = (found, name, near.alias, near.entry)
    hits = sorted((_hit(asked, *each) for each in best.values()), key=lambda hit: hit.rank)
    return Screened(tuple(hits[:most]), max(0, len(hits) - most), cut)


def _hit(asked: Asked, found: Comparison, name: str, alias: Alias, entry: Entry) -> Hit:
    reasons = [*found.reasons]
    if alias.is_weak:
        reasons.append("The list itself calls this name weak.")
    if not entry.is_listed:
        reasons.append("This entry is only named beside those that are listed.")
    facts = facts_of(
        entry,
        born=asked.born,
        countries=asked.countries,
        identifiers=asked.identifiers,
        is_body=parse(name).is_body,
    )
    return Hit(name, entry, alias, found.score, tuple(reasons), facts)
