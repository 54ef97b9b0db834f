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
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.base.errors import UsageError
from amparo.linkage.records import blocking, engines, roles, scoring, training
from amparo.linkage.records.blocking import Rule
from amparo.linkage.records.candidates import Candidates, as_pairs
from amparo.linkage.records.clusters import grouped
from amparo.linkage.records.comparing import comparisons
from amparo.linkage.records.labels import Labels, Weighed, answers, heard
from amparo.linkage.records.model import Model
from amparo.linkage.records.preparing import prepare
from amparo.linkage.records.results import Pair, Result
from amparo.linkage.records.sheets import Sheet
from amparo.linkage.records.together import often, within
from amparo.linkage.records.training import Chances
from amparo.linkage.records.vectors import Pairs, Vectors
from amparo.linkage.records.waterfall import Waterfall, waterfall

__all__ = ["Linking"]

Floats = NDArray[np.float64]

_RANDOM_PAIRS = 400_000
_MANY = 200_000  # records from which on half of that is enough: rarity is counted on all of them
_SURVEYED = 700_000  # pairs at most that are compared to learn
_SECONDS = 2_000_000  # pairs that are compared in a few seconds: a short list can afford them
_HEARD = 5_000_000  # pairs at most that are compared once more, to learn from groups
_TOGETHER = 0.99  # how likely a match two records of one group are at least
UNSEEN = -2.0
"""Bits of a pair that no rule brought together: mild evidence against, for rules find most."""

Progress = Callable[[str, float], None]


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
        apart = self._sheet if self.between else None
        self._candidates = Candidates(self._api.duckdb_con, self._coded, apart)

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
        """The rules that may be learned, the cheapest first, each with the pairs it would make."""
        return tuple(sorted({*self._rules, *self._wide}, key=lambda rule: (rule.cost, rule.name)))

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        """Narrow rules first, which a large file can afford, then the wide ones."""
        narrow = self._affordable(max(self.count // 2, 10_000))
        return tuple(dict.fromkeys([*narrow, *self._middle]))

    @cached_property
    def _middle(self) -> tuple[Rule, ...]:
        """Those to learn from: of what wider ones find too little is a match to tell by."""
        return self._affordable(max(5 * self.count, 100_000))

    @cached_property
    def _wide(self) -> tuple[Rule, ...]:
        return self._affordable(max(5 * self.count, _SECONDS))

    def _affordable(self, most: int) -> tuple[Rule, ...]:
        sheets = self._sheet if self.between else None
        return blocking.affordable(self._coded, sheets, most=most)

    def learn(self, *, labels: Labels | None = None, seed: int = 1) -> Model:
        """A model from these records alone; ``labels`` are pairs that a person has judged."""
        columns = tuple(_filled(self.table))
        made = comparisons(columns)
        vectors = Vectors(self._api, self._frame, made)
        self.progress("comparing random pairs", 0.1)
        random = training.shares_of_random(vectors.of(as_pairs(*self._random(seed))), made)
        self.progress("comparing what the rules find", 0.25)
        survey, parts = self._surveyed(vectors, self._middle)
        self.progress("learning what agreement is worth", 0.4)
        chances = training.learn(
            survey,
            made,
            random,
            possible=self.possible / parts,
            prior=min(self.count / 2 / self.possible, 0.3),
            labels=answers(survey, labels or {}),
        )
        kept = self._kept(chances, vectors, survey, parts)
        model = Model(columns, made, chances, kept, self.between, self.count, self.possible)
        if not often(survey.first, training.likely(training.weights(survey, made, chances))):
            return model
        return self._with_groups(model, vectors, random, labels or {})

    def _kept(
        self, chances: Chances, vectors: Vectors, survey: Pairs, parts: int
    ) -> tuple[Rule, ...]:
        """The rules worth their cost; ``survey`` is of one in ``parts`` of the middle ones' pairs.

        A short list can afford wider ones for what those miss.
        """
        kept: tuple[Rule, ...] = ()
        rules = self._rules
        for wide in dict.fromkeys([self._middle, self._wide]):
            if kept:
                survey, parts = self._surveyed(vectors, wide, _SURVEYED // 2)
                rules = wide
            kept = blocking.learned(
                rules,
                self._coded,
                survey.first,
                survey.second,
                training.likely(training.weights(survey, vectors.made, chances)),
                budget=20 * self.count + 2 * _SECONDS,
                part_of=parts,
                kept=kept,
            )
        return kept

    def _with_groups(
        self, model: Model, vectors: Vectors, random: Sequence[Floats], labels: Labels
    ) -> Model:
        """The model learned again from its own groups of three records and more.

        That two records are each like a third says of both what their own comparison does not: how
        the records of one person differ where little is the same, and what no rule finds.
        """
        if self.count > _MANY or sum(rule.cost for rule in model.rules) > _HEARD:
            return model
        self.progress("learning from groups", 0.5)
        found = vectors.of(self._candidates.found_by(model.rules))
        bits = training.weights(found, model.made, model.chances)
        near = bits >= scoring.LEAST_BITS
        found, bits = found.part(near), bits[near]
        weighed = heard((found.first, found.second, bits), labels)
        groups = grouped(*weighed, threshold=0.0, unseen=UNSEEN)
        pairs, inside = within(found, groups, vectors, self._sheet if self.between else None)
        if not inside.any():
            return model
        chances = training.learn(
            pairs,
            model.made,
            random,
            possible=self.possible,
            prior=model.chances.prior,
            labels=answers(pairs, labels),
            begin=model.chances,
            least=np.where(inside, _TOGETHER, 0.0),
        )
        return replace(model, chances=chances)

    def run(
        self,
        model: Model,
        *,
        engine: str = "duckdb",
        chance: float = 0.5,
        labels: Labels | None = None,
        session: Any = None,
    ) -> Result:
        """Score every pair that the model's rules find, and group the records.

        A pair that a person has judged (``labels``) is what they said, whatever it weighs.
        """
        model.must_fit(self.table.column_names)
        self.progress("scoring pairs", 0.6)
        scored = self._scored(model, engine, session)
        self.progress("grouping records", 0.9)
        threshold = float(np.log2(chance / (1 - chance)))
        found = grouped(*heard(scored, labels or {}), threshold=threshold, unseen=UNSEEN)
        self.progress("done", 1.0)
        return Result(*scored, found, threshold)

    def _scored(self, model: Model, engine: str, session: Any) -> Weighed:
        if engine == "duckdb":
            found = self._candidates.found_by(model.rules)
            return scoring.score_found(self._api, self._frame, model, found)
        api = engines.api(engine, session=session)
        return scoring.score(api, api.register(engines.spread(api.spark, self.table)), model)

    def _surveyed(
        self, vectors: Vectors, rules: tuple[Rule, ...], most: int = _SURVEYED
    ) -> tuple[Pairs, int]:
        """What some of these rules' pairs say, and that it is one pair in how many."""
        parts = max(1, round(sum(rule.cost for rule in rules) / (most // self._half)))
        found = self._candidates.found_by(rules, parts) if rules else None
        if not found:
            raise UsageError("No two records have anything in common by which to compare them.")
        return vectors.of(found), parts

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
        said = vectors.of(as_pairs(first, second))
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


def _filled(table: Any) -> list[str]:
    """The columns in which something is said at all."""
    return [name for name in table.column_names if table.column(name).null_count < table.num_rows]
