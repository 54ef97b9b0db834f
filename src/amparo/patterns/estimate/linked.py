"""Linkage uncertainty, carried into the estimate.

Lists are linked record by record, and a link is a probability, not a fact. Each draw decides every
uncertain pair by a coin of its probability, joins what is linked, and makes a table; the estimates
of all draws are combined by Rubin's rules (``replicates``). A missed link makes two people of one
and pushes the total up; this is how far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.methods import Settings, estimate
from amparo.patterns.estimate.replicates import Combined, rubin

__all__ = ["Link", "estimate_over_draws", "tables"]


@dataclass(frozen=True, slots=True)
class Link:
    """Records ``first`` and ``second``, by position, are one person with ``probability``."""

    first: int
    second: int
    probability: float


def tables(
    lists: Sequence[str], sources: Sequence[int], links: Sequence[Link], draws: int, seed: int
) -> Iterator[Table]:
    """One table a draw. ``sources[r]`` is the position in ``lists`` of record ``r``'s list."""
    for link in links:
        if not 0 <= link.probability <= 1:
            raise UsageError(f"A link's probability is {link.probability}, not from 0 to 1.")
        if not (0 <= link.first < len(sources) and 0 <= link.second < len(sources)):
            raise UsageError(f"A link names record {max(link.first, link.second)}; there is none.")
    rng = np.random.default_rng(seed)
    chances = np.array([link.probability for link in links])
    for _ in range(draws):
        drawn = rng.random(len(links)) < chances
        yield _table(lists, sources, [link for link, on in zip(links, drawn, strict=True) if on])


def estimate_over_draws(
    lists: Sequence[str],
    sources: Sequence[int],
    links: Sequence[Link],
    *,
    method: str = "average",
    draws: int = 20,
    settings: Settings | None = None,
) -> Combined:
    """Estimate every draw and combine by Rubin's rules."""
    settings = replace(settings or Settings(), beside=False)
    drawn = tables(lists, sources, links, draws, settings.seed)
    return rubin([estimate(table, method, settings) for table in drawn])


def _table(lists: Sequence[str], sources: Sequence[int], links: Sequence[Link]) -> Table:
    parent = list(range(len(sources)))

    def root(record: int) -> int:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for link in links:
        parent[root(link.first)] = root(link.second)
    people: dict[int, int] = {}
    for record, source in enumerate(sources):
        person = root(record)
        people[person] = people.get(person, 0) | 1 << source
    counts: dict[int, int] = {}
    for history in people.values():
        counts[history] = counts.get(history, 0) + 1
    return Table(tuple(lists), counts)
