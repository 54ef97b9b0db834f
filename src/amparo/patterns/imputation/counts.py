"""Counts of a table whose silent cells were filled in, combined by Rubin's rules.

All that was documented is in the table, so that a count has no error of sampling: its interval says
what the filling leaves open, and nothing else. The fraction of missing information is that of the
group's share, as if the records were a sample of their like.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.estimate.pooling import pooled
from amparo.patterns.imputation.imputed import Imputed
from amparo.patterns.tables import CrossTable, cross
from amparo.patterns.tables.crossing import NOT_STATED
from amparo.patterns.tables.units import Unit

__all__ = ["PooledCount", "PooledCounts", "counts"]


@dataclass(frozen=True, slots=True)
class PooledCount:
    """A count of a group: ``stated`` as the records say it, ``value`` with what was filled in and
    its 95 % limits, which never lie below what is stated. ``missing`` is from 0 to 1."""

    row: str
    column: str
    stated: int
    value: float
    lower: float
    upper: float
    missing: float


@dataclass(frozen=True, slots=True)
class PooledCounts:
    """Counts of ``unit`` by ``rows`` (and ``columns``): ``cells`` in the order of the labels.

    ``total`` is how many there are in all, ``table`` the table as the records say it.
    """

    unit: Unit
    rows: str
    columns: str
    cells: tuple[PooledCount, ...]
    total: int
    table: CrossTable

    @property
    def not_stated(self) -> int:
        """How many are in no group by what the records say themselves."""
        labels, totals = self.table.row_labels, self.table.row_totals
        return dict(zip(labels, totals, strict=True)).get(NOT_STATED) or 0


def counts(made: Imputed, *, rows: str, columns: str = "", unit: str = "act") -> PooledCounts:
    """Count ``unit`` in every replicate and combine. UsageError as ``tables.cross`` has it, and
    where neither side was filled in."""
    if not {rows, columns} & set(made.columns):
        raise UsageError(
            f"Neither side of this table was filled in: {', '.join(made.columns)} was.",
            next_step="Count by a column that was filled in.",
        )
    table = cross(made.records, rows=rows, columns=columns, unit=unit)
    each = [cross(one, rows=rows, columns=columns, unit=unit) for one in made.replicates()]
    stated = _told(table)
    told = [_told(one) for one in each]
    labels = dict.fromkeys(place for one in told for place in one)
    totals = np.array([one.total or 0 for one in each], dtype=float)
    cells = tuple(
        _pooled(place, stated.get(place, 0), [one.get(place, 0) for one in told], totals)
        for place in labels
    )
    return PooledCounts(table.unit, rows, columns, cells, table.total or 0, table)


def _told(table: CrossTable) -> dict[tuple[str, str], int]:
    return {
        (row, column): count or 0
        for row, line in zip(table.row_labels, table.counts, strict=True)
        for column, count in zip(table.column_labels, line, strict=True)
    }


def _pooled(
    place: tuple[str, str], stated: int, counted: list[int], totals: np.ndarray
) -> PooledCount:
    among = pooled(counted, [0.0] * len(counted))
    shares = np.array(counted) / totals
    as_sample = pooled(list(map(float, shares)), list(map(float, shares * (1 - shares) / totals)))
    return PooledCount(
        row=place[0],
        column=place[1],
        stated=stated,
        value=among.value,
        lower=max(float(min(stated, *counted)), among.lower),
        upper=min(float(totals.max()), among.upper),
        missing=as_sample.missing,
    )
