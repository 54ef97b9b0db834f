"""Lists parted into strata: one table for each word of a column."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.patterns.estimate.histories import Table, from_records
from amparo.patterns.tables import Records

__all__ = ["by_stratum"]


def by_stratum(
    records: Records, lists: Sequence[str], count: str, stratum: str
) -> dict[str, Table]:
    """The lists of each word of the column ``stratum``; ``unknown`` where it says nothing."""
    column, wanted = records.column(stratum), [*lists, *((count,) if count else ())]
    told = {word: column.codes == code for code, word in enumerate(column.words)}
    told["unknown"] = told.get("unknown", False) | (column.codes < 0)
    return {
        word: from_records(records.only(rows, wanted), lists, count)
        for word, rows in sorted(told.items())
        if rows.any()
    }
