"""Which records are brought together to be compared: rules learned, and their cost known before.

Nobody compares all pairs of a large list. A rule brings together records that share one to three
keys; its cost is the number of pairs that it makes. For every combination of fields the widest
rule that can be afforded is a candidate. A survey then compares what the candidates find, and those
that find likely matches which the others miss are kept, the cheapest first (greedy cover, as in
Michelson and Knoblock 2006, with the model's own opinion in the place of labels).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["Key", "Rule", "affordable", "codes", "found_by", "keys", "learned", "rule_of"]

_SAMPLE = 60_000
_MOST_KEYS = 3
_FREE = 500_000  # pairs that are compared in a second or two: no rule of so few is too dear
_DEAREST = 1_000  # pairs for one more likely match
_LEAST_GAIN = 0.0002  # of the likely matches; a rule that adds less is left out

Codes = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Key:
    """What two records may share: its name, the field it is of, and its SQL over one record."""

    name: str
    field: str
    sql: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Records that share all ``keys`` are compared; ``cost`` is how many pairs that makes."""

    keys: tuple[Key, ...]
    cost: int
    finds: float | None = None

    @property
    def name(self) -> str:
        """The rule in words."""
        return " and ".join(key.name for key in self.keys)

    def sql(self, *, between: bool) -> str:
        """As a condition on two records, ``l`` and ``r``; ``between``: of different sheets only."""
        said = [f"{_side(key.sql, 'l')} = {_side(key.sql, 'r')}" for key in self.keys]
        return " and ".join([*said, "l.sheet <> r.sheet"] if between else said)


@cache
def _known() -> tuple[Key, ...]:
    path = Path(__file__).with_name("blocking.toml")
    table = tomllib.loads(path.read_text("utf-8"))["key"]
    return tuple(Key(each["name"], each["field"], each["is"]) for each in table)


def keys(columns: Collection[str]) -> tuple[Key, ...]:
    """The keys that a prepared table with these columns has."""
    return tuple(key for key in _known() if _columns(key.sql) <= set(columns))


def rule_of(names: Iterable[str], cost: int = 0, finds: float | None = None) -> Rule:
    """The rule of keys by their names, as a model file holds them."""
    known = {key.name: key for key in _known()}
    return Rule(tuple(known[name] for name in names), cost, finds)


def codes(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, made: Sequence[Key]
) -> dict[Key, Codes]:
    """Each key's value of each record as a number.

    Where a record has none, it is a negative number of the record's own, which equals no other's.
    """
    connection.register("prepared", table)
    found: dict[Key, Codes] = {}
    for key in made:
        sql = f"select unique_id, {key.sql} as k from prepared"  # noqa: S608
        rows = connection.sql(sql).to_arrow_table()
        coded = rows.column("k").combine_chunks().dictionary_encode()
        numbers = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        records = rows.column("unique_id").to_numpy()  # DuckDB keeps no order
        found[key] = np.empty(len(numbers), np.int32)
        found[key][records] = np.where(numbers < 0, -1 - records, numbers)
    connection.unregister("prepared")
    return found


def affordable(coded: Mapping[Key, Codes], sheets: Codes | None, *, most: int) -> tuple[Rule, ...]:
    """For each combination of fields the widest rule that makes at most ``most`` pairs.

    ``sheets`` is the sheet of each record where only pairs of different sheets count.
    """
    costs = _Costs(coded, sheets)
    chosen: dict[frozenset[str], Rule] = {}
    wide: list[tuple[Key, ...]] = [(key,) for key in coded]
    for _size in range(_MOST_KEYS):
        too_wide: list[tuple[Key, ...]] = []
        for each in wide:
            cost = costs.of(each)
            if cost > most:
                too_wide.append(each)
            elif cost:
                fields = frozenset(key.field for key in each)
                if fields not in chosen or chosen[fields].cost < cost:
                    chosen[fields] = Rule(each, cost)
        wide = _longer(too_wide, tuple(coded))
    return tuple(sorted(chosen.values(), key=lambda rule: rule.cost))


def _longer(too_wide: Sequence[tuple[Key, ...]], made: Sequence[Key]) -> list[tuple[Key, ...]]:
    """Each rule that is too wide with one more key, where none of its parts can be afforded."""
    known = set(too_wide)
    size = len(too_wide[0]) if too_wide else 0
    longer = []
    for each in combinations(made, size + 1):
        if len({key.field for key in each}) <= size:
            continue
        parts = [part in known for part in combinations(each, size)]
        if all(parts) if size > 1 else any(parts):
            longer.append(each)
    return longer if size else []


class _Costs:
    """How many pairs a rule makes; of many records estimated from a sample, rather too high."""

    def __init__(self, coded: Mapping[Key, Codes], sheets: Codes | None) -> None:
        count = len(next(iter(coded.values()))) if coded else 0
        rows = np.arange(count)
        if count > _SAMPLE:
            rows = np.sort(np.random.default_rng(1).choice(count, _SAMPLE, replace=False))
        self._scale = (count / max(len(rows), 1)) ** 2
        self._coded = {key: _dense(each[rows]) for key, each in coded.items()}
        self._sheets = None if sheets is None else sheets[rows]

    def of(self, made: tuple[Key, ...]) -> int:
        together = _together([self._coded[key] for key in made])
        has = together >= 0
        pairs = _pairs(together[has])
        if self._sheets is not None:
            for sheet in np.unique(self._sheets):
                pairs -= _pairs(together[has & (self._sheets == sheet)])
        if self._scale == 1:
            return pairs
        return int(max(pairs, 1) * self._scale) if has.any() else 0


def _dense(column: Codes) -> Codes:
    """Numbered anew from 0, so that three columns together stay within 64 bits."""
    return np.where(column < 0, -1, np.unique(column, return_inverse=True)[1])


def _together(columns: Sequence[Codes]) -> Codes:
    joined, has = np.zeros(len(columns[0]), np.int64), np.ones(len(columns[0]), bool)
    for column in columns:
        has &= column >= 0
        joined = joined * (int(column.max(initial=0)) + 1) + np.maximum(column, 0)
    return np.where(has, joined, -1)


def _pairs(together: Codes) -> int:
    _, counts = np.unique(together, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def learned(
    rules: Sequence[Rule],
    coded: Mapping[Key, Codes],
    first: Codes,
    second: Codes,
    chance: NDArray[np.float64],
    *,
    budget: int,
    part_of: int = 1,
    kept: Sequence[Rule] = (),
) -> tuple[Rule, ...]:
    """The rules that together find the likely matches for at most ``budget`` pairs.

    ``first``, ``second`` are pairs that the survey found, ``chance`` how likely each is a match;
    the survey was of every ``part_of``-th record. Rules that are ``kept`` already come first, and
    others are only for what those miss. Each comes back with the share of the likely matches that
    it finds.
    """
    likely = chance > 0.5
    weight = chance[likely]
    whole = weight.sum()
    if not whole:
        return tuple(kept or rules)
    agree = {key: _agree(each, first[likely], second[likely]) for key, each in coded.items()}
    every = tuple(dict.fromkeys([*kept, *rules]))
    finds = {rule: np.logical_and.reduce([agree[key] for key in rule.keys]) for rule in every}
    shares = {rule: float(weight[finds[rule]].sum() / whole) for rule in every}
    chosen = [Rule(rule.keys, rule.cost, shares[rule]) for rule in kept]
    missed, spent = np.ones(len(weight), bool), sum(rule.cost for rule in kept)
    for rule in kept:
        missed &= ~finds[rule]
    taken = {rule.keys for rule in kept}
    left = [rule for rule in rules if rule.keys not in taken]
    while left:
        gains = [weight[finds[rule] & missed].sum() for rule in left]
        worth = [gain / (rule.cost + 1000) for gain, rule in zip(gains, left, strict=True)]
        best = int(np.argmax(worth))
        rule = left.pop(best)
        if gains[best] < max(_LEAST_GAIN * whole, 0.5):
            break
        if rule.cost > _FREE and rule.cost > _DEAREST * gains[best] * part_of:
            continue
        if spent + rule.cost <= budget:
            chosen.append(Rule(rule.keys, rule.cost, shares[rule]))
            missed &= ~finds[rule]
            spent += rule.cost
    return tuple(chosen)


def found_by(
    rules: Sequence[Rule], coded: Mapping[Key, Codes], first: Codes, second: Codes
) -> NDArray[np.bool_]:
    """Of each pair whether some rule brings it together."""
    found = np.zeros(len(first), bool)
    for rule in rules:
        found |= np.logical_and.reduce([_agree(coded[key], first, second) for key in rule.keys])
    return found


def _agree(column: Codes, first: Codes, second: Codes) -> NDArray[np.bool_]:
    return np.asarray((column[first] == column[second]) & (column[first] >= 0), bool)


def _columns(sql: str) -> set[str]:
    return set(re.findall(r"[a-z_0-9]+", sql)) - {"substr", "1", "2", "3"}


def _side(sql: str, side: str) -> str:
    return re.sub(r"\b(?!substr\b)([a-z][a-z_0-9]*)\b", rf"{side}.\1", sql)
