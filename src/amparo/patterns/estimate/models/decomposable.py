"""Averaging over decomposable graphs (Madigan and York 1997), as R's package ``dga`` does it.

Each graph says which lists depend on each other. With a hyper-Dirichlet prior of ``delta`` a cell
the probability of the table given a number of undocumented people is a product over the graph's
cliques divided by one over its separators, and only the cell of nobody and the total change with
that number: so the whole posterior is exact, for every graph and every number up to ``most``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from amparo.base.errors import UsageError
from amparo.patterns.estimate.histories import Table

__all__ = ["Graph", "Posterior", "decomposable_graphs", "posterior"]

Array = npt.NDArray[np.float64]
MOST_LISTS = 5
SLICE = 4096


@dataclass(frozen=True, slots=True)
class Graph:
    """A decomposable graph by its cliques and separators, each a set of lists as bits."""

    cliques: tuple[int, ...]
    separators: tuple[int, ...]

    @property
    def name(self) -> str:
        """``[123][34]``."""
        return "".join(f"[{_digits(clique)}]" for clique in sorted(self.cliques))


@dataclass(frozen=True, slots=True)
class Posterior:
    """The posterior of the total. ``probabilities[i]`` belongs to ``documented + i`` people.

    ``at_the_end`` is the probability of the largest total considered: when it is not tiny, the
    answer depends on where the range was cut.
    """

    documented: int
    probabilities: Array
    graphs: tuple[tuple[Graph, float], ...]
    delta: float

    @property
    def at_the_end(self) -> float:
        return float(self.probabilities[-1])

    @property
    def mean(self) -> float:
        """The posterior mean of the total."""
        unseen = np.arange(len(self.probabilities))
        return float(self.documented + self.probabilities @ unseen)

    def quantile(self, share: float) -> int:
        """The total below which ``share`` of the posterior lies."""
        reached = int(np.searchsorted(np.cumsum(self.probabilities), share))
        return self.documented + min(reached, len(self.probabilities) - 1)


def posterior(table: Table, *, delta: float | None = None, most: int | None = None) -> Posterior:
    """Average over all decomposable graphs of 3 to 5 lists.

    ``delta`` is the prior weight of a cell, ``2**-k`` by default; the prior of a total is its
    inverse. ``most`` bounds the undocumented: ten times the documented by default.
    """
    lists = len(table.lists)
    if not 3 <= lists <= MOST_LISTS:
        raise UsageError(
            f"Graphs are averaged for 3 to {MOST_LISTS} lists, not {lists}.",
            next_step="Join lists that come from one source, or use another method.",
        )
    weight = 2.0**-lists if delta is None else delta
    unseen = np.arange(1 + (most or max(1_000, 10 * table.documented)), dtype=np.float64)
    margins = np.stack([_margin(table, s, weight, unseen) for s in range(2**lists)])
    total = table.documented + unseen
    common = gammaln(total + 1) - gammaln(unseen + 1) - np.log(total)
    graphs = decomposable_graphs(lists)
    by_total, by_graph = _normalised(_incidence(graphs, lists), margins, common)
    ranked = sorted(zip(graphs, by_graph.tolist(), strict=True), key=lambda pair: -pair[1])
    return Posterior(table.documented, by_total, tuple(ranked), weight)


def _incidence(graphs: tuple[Graph, ...], lists: int) -> Array:
    """How often each margin counts in each graph: once a clique, minus once a separator."""
    counts = np.zeros((len(graphs), 2**lists))
    for row, graph in enumerate(graphs):
        for clique in graph.cliques:
            counts[row, clique] += 1
        for separator in graph.separators:
            counts[row, separator] -= 1
    return counts


def _normalised(incidence: Array, margins: Array, common: Array) -> tuple[Array, Array]:
    """Probabilities by total and by graph, over slices so that memory stays flat."""
    slices = []
    for start in range(0, margins.shape[1], SLICE):
        part = slice(start, start + SLICE)
        logs = incidence @ margins[:, part] + common[part]
        peak = float(logs.max())
        weights = np.exp(logs - peak)
        slices.append((peak, weights.sum(axis=0), weights.sum(axis=1)))
    highest = max(peak for peak, _, _ in slices)
    by_total = np.concatenate([part * np.exp(peak - highest) for peak, part, _ in slices])
    by_graph = sum(part * np.exp(peak - highest) for peak, _, part in slices)
    return by_total / by_total.sum(), np.asarray(by_graph) / by_total.sum()


@cache
def decomposable_graphs(lists: int) -> tuple[Graph, ...]:
    """Every decomposable graph on ``lists`` vertices: 8, 61 and 822 for 3, 4 and 5."""
    edges = list(combinations(range(lists), 2))
    found = (
        _decompose([e for i, e in enumerate(edges) if chosen >> i & 1], lists)
        for chosen in range(2 ** len(edges))
    )
    return tuple(graph for graph in found if graph is not None)


def _decompose(edges: list[tuple[int, int]], lists: int) -> Graph | None:
    """Cliques and separators by maximum cardinality search; None when it is not decomposable."""
    neighbours = [0] * lists
    for a, b in edges:
        neighbours[a] |= 1 << b
        neighbours[b] |= 1 << a
    cliques: list[int] = []
    separators: list[int] = []
    for vertex, before in _by_cardinality(neighbours):
        if not _complete(before, neighbours):
            return None
        _grow(cliques, separators, vertex, before)
    return Graph(tuple(cliques), tuple(separators))


def _by_cardinality(neighbours: list[int]) -> Iterator[tuple[int, int]]:
    """Vertices in order of how many neighbours were visited, with those neighbours."""
    visited, left = 0, set(range(len(neighbours)))
    while left:
        vertex = max(left, key=lambda v: ((neighbours[v] & visited).bit_count(), -v))
        yield vertex, neighbours[vertex] & visited
        visited |= 1 << vertex
        left.remove(vertex)


def _complete(members: int, neighbours: list[int]) -> bool:
    bits = [i for i in range(len(neighbours)) if members >> i & 1]
    return all(neighbours[a] >> b & 1 for a, b in combinations(bits, 2))


def _grow(cliques: list[int], separators: list[int], vertex: int, before: int) -> None:
    if cliques and before == cliques[-1]:
        cliques[-1] |= 1 << vertex
        return
    if cliques:
        separators.append(before)
    cliques.append(before | 1 << vertex)


def _margin(table: Table, lists: int, delta: float, unseen: Array) -> Array:
    """Log probability of the margin over ``lists``, for each number of undocumented people."""
    size = 2 ** (len(table.lists) - lists.bit_count())
    prior = delta * size
    cells: dict[int, int] = {}
    for history, count in table.counts.items():
        cells[history & lists] = cells.get(history & lists, 0) + count
    nobody = cells.pop(0, 0)
    known = sum(float(gammaln(prior + count) - gammaln(prior)) for count in cells.values())
    changing = gammaln(prior + nobody + unseen) - gammaln(prior)
    whole = delta * 2 ** len(table.lists)
    total = gammaln(whole + table.documented + unseen) - gammaln(whole)
    answer: Array = known + changing - total
    return answer


def _digits(lists: int) -> str:
    return "".join(str(i + 1) for i in range(lists.bit_length()) if lists >> i & 1)
