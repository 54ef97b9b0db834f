"""The pairs that rules bring together, found on the keys' numbers in the place of their texts.

The engine joins small integers here, where the rules' own SQL makes it cut and compare texts; what
it finds is the same, so that a model brings the same pairs together on every engine. A pair is
found once, by the first rule that finds it, and its lesser record stands first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from amparo.linkage.records.blocking import Codes, Key, Rule

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["Candidates", "as_pairs"]


class Candidates:
    """Finds pairs among the records that ``coded`` is of (``blocking.codes``).

    ``sheets`` is the sheet of each record where only pairs of different sheets count.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        coded: Mapping[Key, Codes],
        sheets: Codes | None,
    ) -> None:
        self._connection = connection
        self._coded = coded
        self._sheets = sheets
        self._columns = {key: f"k{number}" for number, key in enumerate(coded)}
        self._between = "" if sheets is None else " and l.sheet <> r.sheet"

    def found_by(self, rules: Sequence[Rule], part_of: int = 1) -> pa.Table:
        """All pairs that some rule finds; of those whose lesser record is in the drawn part.

        ``part_of`` 3 draws a third of the records, the same on every run.
        """
        used = dict.fromkeys(key for rule in rules for key in rule.keys)
        records = self._records(tuple(used))
        self._connection.register("every_one", records)
        self._connection.register("drawn", _drawn(records, part_of))
        sql = " union all ".join(self._sql(rules, place) for place in range(len(rules)))
        found = self._connection.sql(sql).to_arrow_table()
        for name in ("every_one", "drawn"):
            self._connection.unregister(name)
        return found

    def _records(self, used: Sequence[Key]) -> pa.Table:
        import pyarrow as pa

        count = len(next(iter(self._coded.values())))
        columns = {self._columns[key]: pa.array(self._coded[key]) for key in used}
        columns["id"] = pa.array(np.arange(count))
        if self._sheets is not None:
            columns["sheet"] = pa.array(self._sheets)
        return pa.table(columns)

    def _sql(self, rules: Sequence[Rule], place: int) -> str:
        before = "".join(f" and not ({self._shares(rule)})" for rule in rules[:place])
        return (
            f"select '{place}' as match_key, l.id as join_key_l, r.id as join_key_r"  # noqa: S608
            f" from drawn as l join every_one as r on {self._shares(rules[place])}"
            f" where l.id < r.id{self._between}{before}"
        )

    def _shares(self, rule: Rule) -> str:
        columns = (self._columns[key] for key in rule.keys)
        return " and ".join(f"l.{column} = r.{column}" for column in columns)


def as_pairs(first: Codes, second: Codes) -> pa.Table:
    """Pairs that no rule found, in the form of those that one did."""
    import pyarrow as pa

    none = pa.array(["0"] * len(first), pa.string())
    return pa.table({"match_key": none, "join_key_l": first, "join_key_r": second})


def _drawn(records: pa.Table, part_of: int) -> pa.Table:
    if part_of == 1:
        return records
    import pyarrow as pa

    drawn = np.random.default_rng(1).random(records.num_rows) < 1 / part_of
    return records.filter(pa.array(drawn))
