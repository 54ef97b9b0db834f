"""A column whose different values are each worked on once, however often they stand in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from amparo.linkage.records.sheets import is_missing

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["distinct", "mapped"]


def distinct(column: pa.ChunkedArray | pa.Array) -> tuple[list[str | None], pa.Array]:
    """The different values of a column, and for each row the place of its value."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # of no chunk at all
        column = pa.array(column.to_pylist(), pa.string())
    coded = column.dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices


def mapped(column: pa.ChunkedArray | pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    """What ``change`` makes of each text; null where nothing is said or nothing is left."""
    import pyarrow as pa

    values, places = distinct(column)
    changed = [None if is_missing(text) else change(text or "") or None for text in values]
    return pa.array(changed, pa.string()).take(places)
