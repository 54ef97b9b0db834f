"""Sequences of acts by person, in the order that their dates certainly have.

An act in "March 2021" and one on 12 March 2021 have no order, and none is made up: such pairs are
counted apart. Whether one kind precedes another more often than it follows is asked by the sign
test (W. Dixon and A. Mood, *Journal of the American Statistical Association* 41, 1946, 557–566).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.patterns.tables import Records

__all__ = ["Flows", "Path", "Step", "flows"]

MOST_KINDS = 40
MOST_PATHS = 25


@dataclass(frozen=True, slots=True)
class Step:
    """``after`` came next after ``before`` for ``people`` persons. ``days`` is the median number of
    days between, of those whose days are known (``dated``); ``p`` asks whether the order could as
    well be the other way round."""

    before: str
    after: str
    people: int
    days: float | None
    dated: int
    p: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A whole sequence and the persons who went through it; only where every order is known."""

    kinds: tuple[str, ...]
    people: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flows:
    """Steps and paths, the most frequent first. ``unordered`` are the rows whose order to the next
    is not known, ``undated`` those without a date that can be read, ``nobody`` those that name no
    person or no kind."""

    who: str
    what: str
    when: str
    people: int
    steps: tuple[Step, ...]
    paths: tuple[Path, ...]
    once: int
    unordered: tuple[int, ...]
    undated: tuple[int, ...]
    nobody: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Act:
    """An act of a person: its record, its kind, its date."""

    row: int
    kind: str
    date: dates.PartialDate


def flows(records: Records, *, who: str, what: str, when: str) -> Flows:
    """Put each person's acts in order. UsageError for too many kinds, or where nobody has two."""
    kinds = records.column(what)
    if len(kinds.words) > MOST_KINDS:
        raise UsageError(
            f"{what} has {len(kinds.words)} different values; {MOST_KINDS} can be followed.",
            next_step="Group them first.",
        )
    by_person, undated, nobody = _acts(records, who, what, when)
    if not any(len(acts) > 1 for acts in by_person.values()):
        raise UsageError(
            f"Nobody in {who} has two dated acts, so nothing follows anything.",
            next_step="Choose the column that tells persons apart.",
        )
    told = {person: _ordered(acts) for person, acts in by_person.items()}
    pairs, unordered = _pairs(told)
    return Flows(
        who=who,
        what=what,
        when=when,
        people=len(told),
        steps=_steps(pairs),
        paths=_paths(told),
        once=sum(1 for acts in told.values() if len(acts) == 1),
        unordered=tuple(sorted(unordered)),
        undated=tuple(undated),
        nobody=tuple(nobody),
    )


def _acts(
    records: Records, who: str, what: str, when: str
) -> tuple[dict[str, list[_Act]], list[int], list[int]]:
    people, kinds, days = (records.column(name) for name in (who, what, when))
    read = [_read(word) for word in days.words]
    found: dict[str, list[_Act]] = defaultdict(list)
    undated, nobody = [], []
    for row in range(len(records)):
        person, kind, code = people.word(row), kinds.word(row), int(days.codes[row])
        date = read[code] if code >= 0 else None
        if person is None or kind is None:
            nobody.append(row + 1)
        elif date is None:
            undated.append(row + 1)
        else:
            found[person].append(_Act(row + 1, kind, date))
    return dict(found), undated, nobody


def _read(word: str) -> dates.PartialDate | None:
    try:
        told = dates.from_person(word)
    except UsageError:
        return None
    return told if told.earliest is not None and told.latest is not None else None


def _ordered(acts: Sequence[_Act]) -> list[_Act]:
    return sorted(acts, key=lambda act: (act.date.earliest, act.date.latest, act.row))


def _pairs(
    told: Mapping[str, Sequence[_Act]],
) -> tuple[dict[tuple[str, str], list[tuple[str, _Act, _Act]]], set[int]]:
    """Acts that certainly follow each other, by their kinds; the rows whose order is not known."""
    found: dict[tuple[str, str], list[tuple[str, _Act, _Act]]] = defaultdict(list)
    unordered: set[int] = set()
    for person, acts in told.items():
        for one, other in itertools.pairwise(acts):
            if dates.certainly_before(one.date, other.date):
                found[one.kind, other.kind].append((person, one, other))
            else:
                unordered |= {one.row, other.row}
    return found, unordered


def _steps(pairs: Mapping[tuple[str, str], list[tuple[str, _Act, _Act]]]) -> tuple[Step, ...]:
    people = {kinds: {person for person, _, _ in found} for kinds, found in pairs.items()}
    made = []
    for (before, after), found in pairs.items():
        gaps = list(_gaps(found))
        made.append(
            Step(
                before=before,
                after=after,
                people=len(people[before, after]),
                days=median(gaps) if gaps else None,
                dated=len(gaps),
                p=_sign_test(people[before, after], people.get((after, before), set())),
                rows=tuple(sorted({act.row for _, one, other in found for act in (one, other)})),
            )
        )
    return tuple(sorted(made, key=lambda step: (-step.people, step.before, step.after)))


def _gaps(found: Sequence[tuple[str, _Act, _Act]]) -> Iterator[int]:
    """Days between acts whose days are both known exactly."""
    for _, one, other in found:
        first, second = one.date, other.date
        exact = first.earliest == first.latest and second.earliest == second.latest
        if exact and first.earliest and second.earliest:
            yield (second.earliest - first.earliest).days


def _sign_test(there: set[str], back: set[str]) -> float:
    """The chance of so uneven a split between the two orders, of those who went one way only."""
    from scipy.stats import binomtest

    one, other = len(there - back), len(back - there)
    return float(binomtest(one, one + other).pvalue) if one + other else 1.0


def _paths(told: Mapping[str, Sequence[_Act]]) -> tuple[Path, ...]:
    found: dict[tuple[str, ...], list[tuple[str, Sequence[_Act]]]] = defaultdict(list)
    for person, acts in told.items():
        certain = all(
            dates.certainly_before(one.date, other.date) for one, other in itertools.pairwise(acts)
        )
        if len(acts) > 1 and certain:
            found[tuple(act.kind for act in acts)].append((person, acts))
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:MOST_PATHS]
    return tuple(
        Path(
            kinds,
            tuple(person for person, _ in them),
            tuple(sorted(act.row for _, acts in them for act in acts)),
        )
        for kinds, them in ordered
    )
