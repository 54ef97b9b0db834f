"""The comparisons of ``comparisons.toml`` for the columns that there are, as Splink takes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Comparison", "Level", "comparisons"]

_COLUMN = re.compile(r"\b([a-z0-9_]+)_[lr]\b")


@dataclass(frozen=True, slots=True)
class Level:
    """One way to agree: its condition, what it says, and by what column rarity counts."""

    when: str
    say: str
    rare: str | None = None
    share: float = 1.0
    own: bool = False

    def is_answerable(self, columns: Collection[str]) -> bool:
        """Whether the table has all columns that the condition speaks of."""
        return set(_COLUMN.findall(self.when)) <= set(columns)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison with the levels that the columns at hand can answer, the strongest first.

    Its value for two records is ``len(levels)`` at the first level, 1 at the last, 0 where they
    differ and -1 where nothing can be said.
    """

    name: str
    title: str
    of: tuple[str, ...]
    levels: tuple[Level, ...]
    otherwise: str
    absent: str

    def say(self, value: int) -> str:
        """The value in words; an empty string where nothing can be said."""
        if value < 0:
            return ""
        return self.levels[len(self.levels) - value].say if value else self.otherwise

    def as_splink(self, chances: tuple[list[float], list[float]] | None = None) -> dict[str, Any]:
        """As a Splink comparison; ``chances`` are m and u by value, 0 (different) first."""
        levels: list[dict[str, Any]] = [
            {"sql_condition": self.absent, "label_for_charts": "not said", "is_null_level": True}
        ]
        for level in self.levels:
            made: dict[str, Any] = {"sql_condition": level.when, "label_for_charts": level.say}
            if level.rare:
                made["tf_adjustment_column"] = level.rare
                made["tf_adjustment_weight"] = level.share
                made["disable_tf_exact_match_detection"] = level.own
            levels.append(made)
        levels.append({"sql_condition": "ELSE", "label_for_charts": self.otherwise})
        if chances:
            for made, m, u in zip(levels[1:], *map(reversed, chances), strict=True):
                made["m_probability"], made["u_probability"] = m, u
        return {"output_column_name": self.name, "comparison_levels": levels}


@cache
def _known() -> tuple[dict[str, Any], ...]:
    path = Path(__file__).with_name("comparisons.toml")
    return tuple(tomllib.loads(path.read_text("utf-8"))["comparison"])


def comparisons(columns: Collection[str]) -> tuple[Comparison, ...]:
    """Every comparison that these prepared columns can answer."""
    made = []
    for known in _known():
        of = tuple(column for column in known["of"] if column in columns)
        if of:
            made.append(_comparison(known, of, columns))
    return tuple(made)


def _comparison(known: dict[str, Any], of: tuple[str, ...], columns: Collection[str]) -> Comparison:
    levels = tuple(Level(**level) for level in known["levels"])
    absent = " and ".join(f"({column}_l is null or {column}_r is null)" for column in of)
    unless = known.get("unless", "")
    if unless and set(_COLUMN.findall(unless)) <= set(columns):
        absent = f"({absent}) or ({unless})"
    kept = tuple(level for level in levels if level.is_answerable(columns))
    return Comparison(known["name"], known["title"], of, kept, known["otherwise"], absent)
