"""What a table of lists can bear, looked at before anything is estimated.

A finding that refuses stops the estimate: a number would look sound and would not be. A finding
that warns travels with the estimate wherever it goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from scipy.special import gammaln

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.models.existence import existence
from amparo.patterns.estimate.models.hierarchical import independence

__all__ = ["LEAST_DOCUMENTED", "LEAST_OVERLAP", "Finding", "check", "ready"]

LEAST_DOCUMENTED = 25
LEAST_OVERLAP = 3
BY_CHANCE = 1e-3
MOST_DECIDED = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen: what it is, whether it stops the estimate, and in which words."""

    code: str
    weight: Literal["refuse", "warn"]
    says: str


def ready(table: Table) -> Table:
    """The table without lists that name nobody."""
    kept = [i for i, name in enumerate(table.lists) if table.list_sizes[name]]
    return table if len(kept) == len(table.lists) else table.only(kept)


def check(table: Table) -> tuple[Finding, ...]:
    """Everything that speaks against estimating from this table, the graver first."""
    found = [*_empty(table)]
    used = ready(table)
    found += [*_too_few(used)]
    if not any(finding.weight == "refuse" for finding in found):
        found += [*_inside(used), *_apart(used), *_thin(used), *_unique(used)]
    return tuple(sorted(found, key=lambda finding: finding.weight != "refuse"))


def _empty(table: Table) -> Iterator[Finding]:
    names = [name for name, size in table.list_sizes.items() if not size]
    if names:
        yield Finding("empty-list", "warn", f"Nobody stands on {_and(names)}; left out.")
    if table.repeated:
        yield Finding(
            "repeated-history",
            "warn",
            f"{table.repeated} rows repeat a combination of lists that an earlier row has; their "
            "counts were added. Check that no row was entered twice.",
        )


def _too_few(table: Table) -> Iterator[Finding]:
    lists, people = len(table.lists), table.documented
    overlap = int(table.captures[2:].sum())
    if lists < 2:
        yield Finding(
            "one-list",
            "refuse",
            "Only one list names anybody. Nothing can be estimated from one list: what it missed "
            "shows only on another.",
        )
    elif people < LEAST_DOCUMENTED:
        yield Finding(
            "too-few-people",
            "refuse",
            f"Only {people} people are documented; fewer than {LEAST_DOCUMENTED} bear no estimate. "
            "Join this stratum with a neighbouring one.",
        )
    elif overlap == 0:
        yield Finding(
            "no-overlap",
            "refuse",
            "No person stands on two lists. Without any overlap the number of those missing could "
            "be anything. Check whether the same people were linked across the lists.",
        )
    elif overlap < LEAST_OVERLAP:
        yield Finding(
            "too-little-overlap",
            "refuse",
            f"{'Only one person stands' if overlap == 1 else 'Only two people stand'} on two lists "
            "or more. Chance meetings bear no estimate; one more or less would change it by half.",
        )
    elif lists == 2:
        yield Finding(
            "two-lists",
            "warn",
            "There are two lists only. Whether standing on one changes the chance of standing on "
            "the other cannot be seen from two lists; the estimate holds only if it does not.",
        )


def _inside(table: Table) -> Iterator[Finding]:
    """A list that lies within another, more than chance allows, is an extract and no source."""
    sizes = list(table.list_sizes.values())
    for a, b in combinations(range(len(table.lists)), 2):
        small, large = (a, b) if sizes[a] <= sizes[b] else (b, a)
        if table.overlap(a, b) < sizes[small]:
            continue
        chance = _by_chance(table.documented, sizes[large], sizes[small])
        inner, outer = table.lists[small], table.lists[large]
        if sizes[small] >= 5 and chance < BY_CHANCE and sizes[large] < table.documented:
            yield Finding(
                "list-inside-another",
                "refuse",
                f"Everybody on {inner} stands on {outer} too: it looks like an extract of it, not "
                f"like a source of its own. Join the two into one list.",
            )
        elif sizes[large] == table.documented:
            yield Finding(
                "list-holds-all",
                "refuse",
                f"{outer} names everybody who is documented, so that the other lists show nobody "
                "whom it missed. Join lists that were made from one another.",
            )
        elif sizes[small] >= 3:
            yield Finding(
                "list-inside-another",
                "warn",
                f"Everybody on {inner} ({sizes[small]}) stands on {outer} too; with so few this "
                "can be chance.",
            )


def _by_chance(people: int, large: int, small: int) -> float:
    """That ``small`` of ``people``, drawn at random, all lie within ``large`` of them."""
    logs = gammaln([large + 1, people - small + 1, large - small + 1, people + 1])
    return float(np.exp(logs[0] + logs[1] - logs[2] - logs[3]))


def _apart(table: Table) -> Iterator[Finding]:
    pairs = [
        f"{table.lists[a]} and {table.lists[b]}"
        for a, b in combinations(range(len(table.lists)), 2)
        if table.overlap(a, b) == 0
    ]
    if pairs:
        yield Finding(
            "lists-apart",
            "warn",
            f"Nobody stands on both of {_and(pairs[:6])}{' and others' if len(pairs) > 6 else ''}.",
        )
    alone = [
        name
        for i, name in enumerate(table.lists)
        if table.counts.get(1 << i, 0) == table.list_sizes[name]
    ]
    if alone:
        yield Finding(
            "list-alone",
            "warn",
            f"Nobody on {_and(alone)} stands on any other list; it tells nothing about those "
            "missing.",
        )


def _thin(table: Table) -> Iterator[Finding]:
    overlap = int(table.captures[2:].sum())
    if overlap < 10:
        yield Finding(
            "thin-overlap",
            "warn",
            f"Only {overlap} people stand on two or more lists; the estimate rests on them.",
        )
    if table.documented < 50:
        yield Finding(
            "few-people", "warn", f"Only {table.documented} people are documented; read with care."
        )


def _unique(table: Table) -> Iterator[Finding]:
    """Independence is the least of models; when even it has no estimate, none has."""
    if 2 <= len(table.lists) <= MOST_DECIDED:
        found = existence(table, independence(len(table.lists)))
        if not found.unique or not found.finite:
            yield Finding(
                "no-estimate",
                "refuse",
                "Not even the simplest model has a single finite estimate on this table "
                "(Fienberg and Rinaldo 2012).",
            )


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
