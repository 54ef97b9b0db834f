"""A linkage model as a file: the same on a laptop and on Spark, readable, and Splink's own too.

The file is JSON. ``splink`` in it is a complete settings file of Splink; the rest says in words and
numbers what was learned from which records, so that somebody else can check it or use it again.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from amparo.base.errors import UsageError
from amparo.linkage.records.blocking import Rule, rule_of
from amparo.linkage.records.comparing import Comparison, comparisons
from amparo.linkage.records.training import Chances

__all__ = ["Model", "from_json", "to_json"]

KIND = "amparo linkage model"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: how to compare, what agreement is worth, and what to bring together.

    ``columns`` are the prepared columns that it speaks of; ``between`` says that only records of
    different sheets are compared; ``records`` and ``possible`` are what it was learned from.
    """

    columns: tuple[str, ...]
    made: tuple[Comparison, ...]
    chances: Chances
    rules: tuple[Rule, ...]
    between: bool
    records: int
    possible: int

    def settings(self) -> dict[str, Any]:
        """Splink's settings, complete."""
        described = [
            each.as_splink((list(m), list(u)))
            for each, m, u in zip(self.made, self.chances.m, self.chances.u, strict=True)
        ]
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "unique_id",
            "probability_two_random_records_match": self.chances.prior,
            "comparisons": described,
            "blocking_rules_to_generate_predictions": [
                rule.sql(between=self.between) for rule in self.rules
            ],
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": False,
        }

    def must_fit(self, columns: Collection[str]) -> None:
        """UsageError where a table lacks what the model compares."""
        missing = sorted(set(self.columns) - set(columns))
        if missing:
            raise UsageError(
                f"The model compares what these records do not have: {', '.join(missing)}.",
                next_step="Learn a model from these records: leave --model out.",
            )


def to_json(model: Model) -> str:
    """The model as the text of its file."""
    told = {
        "kind": KIND,
        "version": VERSION,
        "columns": list(model.columns),
        "between": model.between,
        "learned_from": {"records": model.records, "possible_pairs": model.possible},
        "prior": model.chances.prior,
        "comparisons": [
            {
                "name": each.name,
                "title": each.title,
                "values": [
                    {"says": each.say(value), "m": m, "u": u}
                    for value, (m, u) in enumerate(zip(ms, us, strict=True))
                ],
            }
            for each, ms, us in zip(model.made, model.chances.m, model.chances.u, strict=True)
        ],
        "rules": [
            {"keys": [key.name for key in rule.keys], "pairs": rule.cost, "finds": rule.finds}
            for rule in model.rules
        ],
        "splink": model.settings(),
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Model:
    """Read a model's file; UsageError when it is none, or was made for other comparisons."""
    try:
        told = json.loads(text)
        if (told["kind"], told["version"]) != (KIND, VERSION):
            raise KeyError(KIND)
        columns = tuple(told["columns"])
        made = comparisons(columns)
        chances = _chances(told, made)
        rules = tuple(rule_of(each["keys"], each["pairs"], each["finds"]) for each in told["rules"])
        learned = told["learned_from"]
        return Model(
            columns, made, chances, rules, bool(told["between"]),
            int(learned["records"]), int(learned["possible_pairs"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "This is not a linkage model that can be used here.",
            next_step="Learn it again from the records: leave --model out.",
        ) from error


def _chances(told: dict[str, Any], made: tuple[Comparison, ...]) -> Chances:
    said = [[value["says"] for value in each["values"]] for each in told["comparisons"]]
    ours = [[each.say(value) for value in range(len(each.levels) + 1)] for each in made]
    if said != ours:
        raise ValueError("other comparisons")
    chances = [
        tuple(
            tuple(float(value[which]) for value in each["values"]) for each in told["comparisons"]
        )
        for which in ("m", "u")
    ]
    if not all(0 < chance <= 1 for each in chances for row in each for chance in row):
        raise ValueError("chances are between 0 and 1")
    return Chances(chances[0], chances[1], float(told["prior"]))
