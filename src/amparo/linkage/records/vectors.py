"""Pairs of records as comparison vectors, counted by Splink.

The linker here weighs nothing yet: each level's weight is set to its own number, so that the
intermediate columns which Splink keeps are the levels themselves, and the adjustment for rare
values is kept apart from the chances that are still to be learned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amparo.linkage.records.comparing import Comparison

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Pairs", "Vectors", "given", "linker"]

_UNIT = 2.0**-20  # the chance given to every level while nothing is learned; exact in binary
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of records with what their comparison says.

    ``first`` and ``second`` are rows of the prepared table, ``values`` one column a comparison
    (-1 nothing said, 0 different), ``rarity`` the bits that the value's rarity adds beyond its
    level's own chance, with that chance still to be added ``share`` times.
    """

    first: Integers
    second: Integers
    values: NDArray[np.int8]
    rarity: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.first)

    def part(self, rows: NDArray[np.bool_]) -> Pairs:
        """The pairs of these rows."""
        return Pairs(self.first[rows], self.second[rows], self.values[rows], self.rarity[rows])


class Vectors:
    """Compares pairs of the prepared table that ``frame`` is for Splink, on DuckDB."""

    def __init__(self, api: Any, frame: Any, made: Sequence[Comparison]) -> None:
        self._api = api
        self.made = made
        self._frame = frame

    def of(self, pairs: pa.Table) -> Pairs:
        """The vectors of these pairs (``candidates``), in the order of their records."""
        own = linker(self._frame, _settings(self.made))
        with given(self._api, own, pairs):
            return self._read(own.inference.predict(warning_mode="never"))

    def _read(self, found: Any) -> Pairs:
        names = [each.name for each in self.made]
        rare = [any(level.rare for level in each.levels) for each in self.made]
        columns = [f"cast(round(mw_{name}) as tinyint) as v_{name}" for name in names]
        columns += [
            f"cast(mw_tf_adj_{name} as float) as r_{name}"
            for name, is_rare in zip(names, rare, strict=True)
            if is_rare
        ]
        what = ", ".join(["unique_id_l", "unique_id_r", *columns])
        # in one order, whichever thread was first: sums of floats, and so the model, hang on it
        sql = f"select {what} from {found.physical_name} order by 1, 2"  # noqa: S608
        got = self._api.duckdb_con.sql(sql).fetchnumpy()
        none = np.zeros(len(got["unique_id_l"]), np.float32)
        raw = np.stack([np.asarray(got[f"v_{name}"]) for name in names], axis=1)
        rarity = [np.nan_to_num(np.asarray(got.get(f"r_{name}", none))) for name in names]
        return Pairs(
            np.asarray(got["unique_id_l"], np.int64),
            np.asarray(got["unique_id_r"], np.int64),
            (raw - 1).astype(np.int8),
            np.stack(rarity, axis=1).astype(np.float32),
        )


def linker(frame: Any, settings: dict[str, Any]) -> Any:
    """A Splink linker that says nothing of itself."""
    from splink import Linker

    return Linker(frame, settings, log_level=None, validate_settings=False)


def _settings(made: Sequence[Comparison]) -> dict[str, Any]:
    """Splink's settings in which the weight of value v is v + 1, so that 0 is "nothing said"."""
    described = []
    for each in made:
        count = len(each.levels) + 1
        m = [_UNIT * 2.0 ** (value + 1) for value in range(count)]
        described.append(each.as_splink((m, [_UNIT] * count)))
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "comparisons": described,
        "blocking_rules_to_generate_predictions": ["1 = 1"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": [],
    }


@contextmanager
def given(api: Any, own: Any, pairs: pa.Table, *, few: bool = True) -> Iterator[None]:
    """Let a linker compare these pairs on DuckDB and no others; what it made is dropped after.

    How often each value occurs is kept: others share it. Of ``few`` pairs Splink copies the records
    first, which costs more than it saves where most records are in some pair.
    """
    frame = api.register(pairs)
    blocked = own.table_management.register_blocked_pairs_for_predict(frame)
    blocked.metadata["registered_for_predict"] = few
    try:
        yield
    finally:
        _forget(own)
        api.duckdb_con.unregister(frame.physical_name)


def _forget(own: Any) -> None:
    cache = own._intermediate_table_cache
    for key, made in list(cache.items()):
        if not key.startswith("__splink__df_tf_"):
            del cache[key]
            if made.physical_name in own._db_api._created_tables:
                own._db_api.delete_table_from_database(made.physical_name)
                own._db_api._created_tables.discard(made.physical_name)


UNIT_BITS = 20.0
"""Bits of the chance that stands for every level's own until it is learned."""
