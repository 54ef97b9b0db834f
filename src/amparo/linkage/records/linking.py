"""Link the records of one table or several: learn, score, group, with the reasons at hand.

sheets = [read(Path("people.csv"))]
plan = Linking(sheets)
plan.costs()                        # what each candidate rule would cost, before anything runs
model = plan.learn()                # without labels; the same data give the same model
result = plan.run(model)            # pairs and clusters; engine="spark" gives the same
plan.reasons(model, result.pairs[0])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.base.errors import UsageError
from amparo.linkage.records import blocking, clusters, engines, roles, training
from amparo.linkage.records.blocking import Rule
from amparo.linkage.records.comparing import comparisons
from amparo.linkage.records.model import Model
from amparo.linkage.records.preparing import prepare
from amparo.linkage.records.sheets import Sheet
from amparo.linkage.records.vectors import Pairs, Vectors, forget, linker
from amparo.linkage.records.waterfall import Waterfall, waterfall

__all__ = ["Linking", "Pair", "Result"]

_RANDOM_PAIRS = 400_000
_MANY = 200_000  # records from which on half of that is enough: rarity is counted on all of them
_SURVEYED = 700_000  # pairs at most that are compared to learn
_LEAST_BITS = -10.0  # pairs below weigh so little that groups need not hear of them
_CERTAIN = 1000.0  # bits of what a person said
UNSEEN = -2.0
"""Bits of a pair that no rule brought together: mild evidence against, for rules find most."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, by their rows in all sheets together, and how likely they are one person's."""

    first: int
    second: int
    bits: float

    @property
    def chance(self) -> float:
        """From 0 to 1."""
        return float(1 / (1 + 2.0 ** -min(max(self.bits, -60.0), 60.0)))


@dataclass(frozen=True, slots=True)
class Result:
    """All scored pairs that may matter (strongest first), and the groups they make."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    bits: NDArray[np.float64]
    clusters: tuple[clusters.Cluster, ...]
    threshold: float

    @property
    def pairs(self) -> list[Pair]:
        """The pairs at or above the threshold."""
        return self.above(self.threshold)

    def above(self, bits: float) -> list[Pair]:
        """The pairs that weigh at least ``bits``, strongest first."""
        count = int((self.bits >= bits).sum())
        rows = (self.first[:count], self.second[:count], self.bits[:count])
        return [Pair(*row) for row in zip(*(each.tolist() for each in rows), strict=True)]


def _silent(_what: str, _part: float) -> None:
    pass


class Linking:
    """Records of sheets made comparable, to be linked.

    ``chosen`` gives for each sheet the roles that a person chose, by column. With several sheets
    only records of different sheets are compared, unless ``within``. ``progress`` is told what is
    done and how far, from 0 to 1.
    """

    def __init__(
        self,
        sheets: Sequence[Sheet],
        chosen: Sequence[Mapping[str, str]] | None = None,
        *,
        within: bool = False,
        threads: int | None = None,
        progress: Progress = _silent,
    ) -> None:
        if sum(len(sheet) for sheet in sheets) < 2:
            raise UsageError("There are fewer than two records to link.")
        self.sheets = tuple(sheets)
        chosen = chosen or [{} for _ in sheets]
        self.roles = tuple(
            roles.with_choices(sheet.headings, own)
            for sheet, own in zip(sheets, chosen, strict=True)
        )
        self.between = len(sheets) > 1 and not within
        self.progress = progress
        progress("reading names, dates and places", 0.0)
        self.table = prepare(self.sheets, self.roles)
        self._threads = threads
        self._api = engines.api("duckdb", threads=threads)
        self._frame = self._api.register(self.table)
        self._keys = blocking.keys(_filled(self.table))
        self._coded = blocking.codes(self._api.duckdb_con, self.table, self._keys)
        self._sheet = self.table.column("sheet").to_numpy()

    @property
    def count(self) -> int:
        """How many records there are in all sheets."""
        return int(self.table.num_rows)

    @property
    def _half(self) -> int:
        return 2 if self.count > _MANY else 1

    @property
    def possible(self) -> int:
        """How many pairs there are that could be compared."""
        whole = self.count * (self.count - 1) // 2
        if not self.between:
            return whole
        return whole - sum(len(sheet) * (len(sheet) - 1) // 2 for sheet in self.sheets)

    def left_out(self) -> list[list[str]]:
        """For each sheet the columns that are not compared."""
        return [
            [heading for heading in sheet.headings if heading not in meant.values()]
            for sheet, meant in zip(self.sheets, self.roles, strict=True)
        ]

    def costs(self) -> tuple[Rule, ...]:
        """The candidate rules, the cheapest first, each with the pairs that it would make."""
        return tuple(sorted(self._candidates(), key=lambda rule: rule.cost))

    def _candidates(self) -> tuple[Rule, ...]:
        """Narrow rules first, which a large file can afford, then the wide ones."""
        narrow = self._affordable(max(self.count // 2, 10_000))
        return tuple(dict.fromkeys([*narrow, *self._wide()]))

    def _wide(self) -> tuple[Rule, ...]:
        return self._affordable(max(5 * self.count, 100_000))

    def _affordable(self, most: int) -> tuple[Rule, ...]:
        sheets = self._sheet if self.between else None
        return blocking.affordable(self._coded, sheets, most=most)

    def learn(
        self, *, labels: Mapping[tuple[int, int], bool] | None = None, seed: int = 1
    ) -> Model:
        """A model from these records alone; ``labels`` are pairs that a person has judged."""
        made = comparisons(_filled(self.table))
        rules = self._wide()
        if not rules:
            raise UsageError("No two records have anything in common by which to compare them.")
        self.progress("comparing random pairs", 0.1)
        vectors = Vectors(self._api, self._frame, made)
        random = training.shares_of_random(vectors.of(*self._random(seed)), made)
        self.progress("comparing what the rules find", 0.25)
        parts = max(1, round(sum(rule.cost for rule in rules) / (_SURVEYED // self._half)))
        survey = vectors.found_by([rule.sql(between=self.between) for rule in rules], parts)
        if not len(survey):
            raise UsageError("No two records have anything in common by which to compare them.")
        self.progress("learning what agreement is worth", 0.5)
        chances = training.learn(
            survey,
            made,
            random,
            possible=self.possible / parts,
            prior=min(self.count / 2 / self.possible, 0.3),
            labels=_judged(survey, labels or {}),
        )
        bits = training.weights(survey, made, chances)
        chance = 1 / (1 + np.exp2(-np.clip(bits, -60, 60)))
        budget = 20 * self.count + 1_000_000
        kept = blocking.learned(
            self._candidates(),
            self._coded,
            survey.first,
            survey.second,
            chance,
            budget=budget,
            part_of=parts,
        )
        columns = tuple(_filled(self.table))
        return Model(columns, made, chances, kept, self.between, self.count, self.possible)

    def run(
        self,
        model: Model,
        *,
        engine: str = "duckdb",
        chance: float = 0.5,
        labels: Mapping[tuple[int, int], bool] | None = None,
        session: Any = None,
    ) -> Result:
        """Score every pair that the model's rules find, and group the records.

        A pair that a person has judged (``labels``) is what they said, whatever it weighs.
        """
        model.must_fit(self.table.column_names)
        api, frame = self._api, self._frame
        if engine != "duckdb":
            api = engines.api(engine, session=session)
            frame = api.register(self.table)
        self.progress("scoring pairs", 0.6)
        own = linker(frame, model.settings())
        scored = own.inference.predict(threshold_match_weight=_LEAST_BITS, warning_mode="never")
        first, second, bits = _columns(api, engine, scored.physical_name)
        forget(own)
        self.progress("grouping records", 0.9)
        threshold = float(np.log2(chance / (1 - chance)))
        heard = _heard(first, second, bits, labels or {})
        found = self._groups(*heard, threshold)
        self.progress("done", 1.0)
        return Result(first, second, bits, found, threshold)

    def reasons(self, model: Model, pair: Pair) -> Waterfall:
        """Why the two are or are not taken for one person, step by step."""
        return self.reasons_of(model, [pair])[0]

    def reasons_of(self, model: Model, pairs: Sequence[Pair]) -> list[Waterfall]:
        """The reasons of many pairs at once, in their order."""
        if not pairs:
            return []
        vectors = Vectors(self._api, self._frame, model.made)
        first = np.array([pair.first for pair in pairs], np.int64)
        second = np.array([pair.second for pair in pairs], np.int64)
        said = vectors.of(first, second)
        place = {
            each: row
            for row, each in enumerate(zip(said.first.tolist(), said.second.tolist(), strict=True))
        }
        return [waterfall(model, said, place[pair.first, pair.second]) for pair in pairs]

    def finds(
        self, rules: Sequence[Rule], first: NDArray[np.int64], second: NDArray[np.int64]
    ) -> float:
        """Which share of these pairs the rules bring together: of true ones, blocking's recall."""
        return float(np.mean(blocking.found_by(rules, self._coded, first, second)))

    def where(self, record: int) -> tuple[int, int]:
        """The sheet of a record, from 0, and its row there, from 1."""
        sheet = int(self._sheet[record])
        return sheet, record - sum(len(each) for each in self.sheets[:sheet]) + 1

    def _random(self, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rng = np.random.default_rng(seed)
        first = rng.integers(0, self.count, _RANDOM_PAIRS // self._half)
        second = rng.integers(0, self.count, _RANDOM_PAIRS // self._half)
        kept = first != second
        if self.between:
            kept &= self._sheet[first] != self._sheet[second]
        return first[kept], second[kept]

    def _groups(
        self,
        first: NDArray[np.int64],
        second: NDArray[np.int64],
        bits: NDArray[np.float64],
        threshold: float,
    ) -> tuple[clusters.Cluster, ...]:
        groups = clusters.cluster(first, second, bits, threshold=threshold, unseen=UNSEEN)
        return clusters.with_weakest(groups, first, second, bits, self.count)


def _filled(table: Any) -> list[str]:
    """The columns in which something is said at all."""
    return [name for name in table.column_names if table.column(name).null_count < table.num_rows]


def _heard(
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    bits: NDArray[np.float64],
    labels: Mapping[tuple[int, int], bool],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The pairs with what people said of them in the place of what they weigh."""
    if not labels:
        return first, second, bits
    judged = {(min(pair), max(pair)): is_match for pair, is_match in labels.items()}
    both = zip(first.tolist(), second.tolist(), strict=True)
    kept = np.array([pair not in judged for pair in both], bool)
    said = np.array([_CERTAIN if is_match else -_CERTAIN for is_match in judged.values()])
    named = np.array(list(judged), np.int64)
    return (
        np.concatenate([first[kept], named[:, 0]]),
        np.concatenate([second[kept], named[:, 1]]),
        np.concatenate([bits[kept], said]),
    )


def _judged(pairs: Pairs, labels: Mapping[tuple[int, int], bool]) -> NDArray[np.float64] | None:
    if not labels:
        return None
    judged = {(min(pair), max(pair)): float(is_match) for pair, is_match in labels.items()}
    both = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return np.array([judged.get((min(p), max(p)), np.nan) for p in both])


def _columns(
    api: Any, engine: str, name: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The scored pairs, strongest first; equal weights in the order of their records."""
    sql = f"select unique_id_l, unique_id_r, match_weight from {name}"  # noqa: S608
    if engine == "duckdb":
        got = api.duckdb_con.sql(sql).fetchnumpy()
    else:
        got = api.spark.sql(sql).toPandas()
    one, other = (np.asarray(got[f"unique_id_{side}"], np.int64) for side in "lr")
    bits = np.asarray(got["match_weight"], np.float64)
    first, second = np.minimum(one, other), np.maximum(one, other)
    bits = np.round(bits, 9)  # the engines add in different orders
    order = np.lexsort((second, first, -bits))
    return first[order], second[order], bits[order]
