"""Cases whose truth is known, made of a table of lists.

Among the people whom one list names, the other lists are lists of their own, and the total that
they should find is the size of the first. A method that finds it again and again has earned trust
on lists like these; one whose intervals miss it has not. The people of a list are no random sample,
so that this is a hard test, but it is the only one that real lists allow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from amparo.patterns.estimate.checks import check, ready
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.models.averaging import headline

__all__ = ["Case", "Score", "Trial", "cases", "on_own_lists", "score"]


@dataclass(frozen=True, slots=True)
class Case:
    """Within list ``given`` of table ``name``; ``truth`` is how many people it names."""

    name: str
    given: str
    table: Table
    truth: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a method said of a case."""

    case: Case
    total: float
    lower: float
    upper: float

    @property
    def holds(self) -> bool:
        """Whether the interval holds the truth."""
        return self.lower <= self.case.truth <= self.upper

    @property
    def log_error(self) -> float:
        """The logarithm of the estimate over the truth."""
        return math.log(self.total / self.case.truth)


@dataclass(frozen=True, slots=True)
class Score:
    """``coverage``: the share of intervals that hold. ``width``: the median of upper to lower."""

    trials: tuple[Trial, ...]

    @property
    def coverage(self) -> float:
        return sum(trial.holds for trial in self.trials) / len(self.trials)

    @property
    def log_error(self) -> float:
        """Root mean square of the log errors."""
        return math.sqrt(sum(trial.log_error**2 for trial in self.trials) / len(self.trials))

    @property
    def width(self) -> float:
        ratios = sorted(trial.upper / trial.lower for trial in self.trials)
        return ratios[len(ratios) // 2]


def cases(name: str, table: Table, *, least_lists: int = 3, pairs: bool = False) -> Iterator[Case]:
    """One case a list (and, with ``pairs``, one for every two lists read as one), when enough lists
    remain and the checks refuse nothing."""
    lists = range(len(table.lists))
    chosen = [*combinations(lists, 1), *(combinations(lists, 2) if pairs else ())]
    for given in chosen:
        wanted = sum(1 << i for i in given)
        people = {h: count for h, count in table.counts.items() if h & wanted}
        others = [i for i in lists if i not in given]
        inside = ready(Table(table.lists, people).only(others))
        if len(inside.lists) < least_lists:
            continue
        if not any(finding.weight == "refuse" for finding in check(inside)):
            names = " or ".join(table.lists[i] for i in given)
            yield Case(name, names, inside, sum(people.values()))


def on_own_lists(table: Table) -> list[Trial]:
    """The headline tried on each of the table's own lists."""
    known = cases("", table)
    found = [(case, headline(case.table)) for case in known]
    return [Trial(case, answer.total, *answer.interval) for case, answer in found]


Method = Callable[[Table], tuple[float, float, float]]


def score(method: Method, known: Iterable[Case]) -> Score:
    """Try ``method``, which gives total, lower and upper, on every case."""
    return Score(tuple(Trial(case, *method(case.table)) for case in known))
