"""Strata: one estimate for each region, year or group, and their sum.

Within a stratum people are more alike in how they come to be listed, so that strata are better
estimated apart, as long as each holds enough people. Models err in the same direction everywhere;
the limits of the sum are therefore the sums of the limits, not a root of squares.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from amparo.base.errors import UsageError
from amparo.patterns.estimate.histories import COUNT_COLUMNS, Table, from_rows
from amparo.patterns.estimate.methods import Estimate, Settings, estimate

__all__ = ["Strata", "estimate_strata", "from_csv"]


@dataclass(frozen=True, slots=True)
class Strata:
    """The estimate of each stratum by name, and the sum over those that bear one.

    ``left_out`` names the strata that were refused; their documented people are in the sum, their
    undocumented are not, so that the sum is then too low.
    """

    each: Mapping[str, Estimate]
    documented: int
    estimate: float
    lower: float
    upper: float
    left_out: tuple[str, ...]


def from_csv(path: Path, column: str) -> dict[str, Table]:
    """Read ``lists.csv`` with one more column that names the stratum of each row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[value.strip() for value in row] for row in csv.reader(file) if row]
    header = rows[0] if rows else []
    if column not in header:
        raise UsageError(
            f"{path.name} has no column {column!r}.",
            next_step=f"Columns: {', '.join(header) or 'none'}.",
        )
    counted = header[-1].casefold() in COUNT_COLUMNS
    lists = [name for name in (header[:-1] if counted else header) if name != column]
    by_name: dict[str, list[tuple[list[int], int]]] = {}
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            raise UsageError(f"Line {number}: it has {len(row)} columns, not {len(header)}.")
        values = dict(zip(header, row, strict=True))
        marks = [_whole(values[name], number) for name in lists]
        count = _whole(row[-1], number) if counted else 1
        by_name.setdefault(values[column] or "unknown", []).append((marks, count))
    return {name: from_rows(lists, found) for name, found in sorted(by_name.items())}


def estimate_strata(
    tables: Mapping[str, Table], method: str = "average", settings: Settings | None = None
) -> Strata:
    """Estimate each stratum by the same method, and add up."""
    each = {name: estimate(table, method, settings) for name, table in tables.items()}
    refused = tuple(name for name, answer in each.items() if answer.refused)

    def added(part: str) -> float:
        return sum(
            answer.documented if answer.refused else getattr(answer, part)
            for answer in each.values()
        )

    documented = sum(answer.documented for answer in each.values())
    return Strata(each, documented, added("estimate"), added("lower"), added("upper"), refused)


def _whole(value: str, line: int) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise UsageError(f"Line {line}: {value!r} is not a whole number.") from error
