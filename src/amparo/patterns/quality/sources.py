"""Coverage: what the sources reach, what rests on one of them alone, and where there is silence.

A place or period without records may have been quiet or unreached; no count can tell which. So it
is named, and never filled with zero in words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amparo.patterns.tables import CrossTable, Records, cross, rows_of

__all__ = ["Coverage", "coverage"]


@dataclass(frozen=True, slots=True)
class Group:
    """A place or period: its records, how many sources it has, and the largest one's share."""

    label: str
    rows: int
    sources: int
    largest: str
    share: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sources by the groups of a column. ``silent`` are the pairs of source and group without any
    record; ``alone`` the groups that one source tells of."""

    table: CrossTable
    groups: tuple[Group, ...]
    alone: tuple[str, ...]
    silent: tuple[tuple[str, str], ...]
    leans_on: str
    lean: float

    def rows(self, records: Records, group: str, source: str = "") -> list[int]:
        """The numbers of the records behind a count."""
        return rows_of(records, self.table, group, source)


def coverage(records: Records, *, source: str, by: str) -> Coverage:
    """Count rows by ``by`` and ``source``. UsageError for a column that is not there."""
    table = cross(records, rows=by, columns=source, unit="row")
    counts = np.array([[count or 0 for count in line] for line in table.counts])
    groups = tuple(
        _group(label, line, table.column_labels)
        for label, line in zip(table.row_labels, counts, strict=True)
    )
    totals = counts.sum(axis=0)
    most = int(totals.argmax())
    return Coverage(
        table=table,
        groups=groups,
        alone=tuple(group.label for group in groups if group.sources == 1),
        silent=tuple(
            (table.column_labels[j], table.row_labels[i])
            for i, j in zip(*np.nonzero(counts == 0), strict=True)
        ),
        leans_on=table.column_labels[most],
        lean=float(totals[most] / totals.sum()),
    )


def _group(label: str, line: np.ndarray, sources: tuple[str, ...]) -> Group:
    most = int(line.argmax())
    return Group(
        label=label,
        rows=int(line.sum()),
        sources=int(np.count_nonzero(line)),
        largest=sources[most],
        share=float(line[most] / line.sum()),
    )
