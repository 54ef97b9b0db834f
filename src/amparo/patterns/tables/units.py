"""The units of counting, kept apart: an act is not a victim and an event is neither.

After P. Ball, *Who Did What to Whom?* (AAAS 1996): each act has one victim, one perpetrator and one
violation; counts of different units answer different questions and are never added up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from amparo.base.errors import UsageError

__all__ = ["Unit", "unit", "units"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted. ``columns`` tell one from another; with ``rows`` a row may stand for one."""

    name: str
    one: str
    many: str
    columns: tuple[str, ...]
    rows: bool

    def column_in(self, columns: Sequence[str]) -> str | None:
        """The table's column that tells one from another; None where each row is one.

        UsageError when the table cannot say.
        """
        by_name = {name.casefold(): name for name in columns}
        for wanted in self.columns:
            if wanted in by_name:
                return by_name[wanted]
        if self.rows:
            return None
        raise UsageError(
            f"This table cannot count {self.many}: no column tells one {self.one} from another.",
            next_step=f"Name such a column {' or '.join(self.columns[:2])}, or count acts.",
        )


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by name."""
    text = resources.files("amparo.patterns.tables").joinpath("units.toml").read_text("utf-8")
    return {
        name: Unit(name, told["one"], told["many"], tuple(told["columns"]), told["rows"])
        for name, told in tomllib.loads(text).items()
    }


def unit(name: str) -> Unit:
    """The unit of that name. UsageError for any other."""
    try:
        return units()[name]
    except KeyError as error:
        raise UsageError(
            f"{name!r} is not a unit of counting.", next_step=f"Units: {', '.join(units())}."
        ) from error
