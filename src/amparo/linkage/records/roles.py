"""What each column of a table says of a person: its role, told by the heading or by its owner."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from amparo.base.errors import UsageError
from amparo.base.folding import fold_words

__all__ = ["LEFT_OUT", "SAYING_WHO", "guess", "roles", "title", "with_choices"]

LEFT_OUT = "none"
"""Chosen for a column, it keeps the column out of the comparison."""

SAYING_WHO = frozenset(
    {"given", "family", "name", "idno", "phone", "email", "birth", "birth_year", "father", "mother"}
)
"""Roles of which a table needs one, or nothing in it tells one person from another."""


@cache
def _vocabulary() -> Mapping[str, Mapping[str, str | list[str]]]:
    path = Path(__file__).with_name("roles.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def _headings() -> tuple[dict[str, str], dict[str, str]]:
    """Role by whole folded heading, and by a word in it."""
    whole: dict[str, str] = {}
    words: dict[str, str] = {}
    for role, said in _vocabulary().items():
        for heading in said["is"]:
            whole.setdefault(_folded(heading), role)
        for word in said.get("has", ()):
            words.setdefault(_folded(word), role)
    return whole, words


def roles() -> tuple[str, ...]:
    """Every role, in the order in which they take columns."""
    return tuple(_vocabulary())


def title(role: str) -> str:
    """What a role is called, in English."""
    return str(_vocabulary()[role]["title"])


def guess(headings: Iterable[str]) -> dict[str, str]:
    """Column by role for the headings that are known; each role once, the first column first."""
    whole, words = _headings()
    found: dict[str, str] = {}
    for heading in headings:
        folded = _folded(heading)
        role = whole.get(folded)
        if role is None:
            role = next((words[word] for word in folded.split() if word in words), None)
        if role is not None:
            found.setdefault(role, heading)
    return found


def with_choices(
    headings: Iterable[str], chosen: Mapping[str, str] | None = None
) -> dict[str, str]:
    """:func:`guess`, with what a person chose (role by column) in its place.

    UsageError for a column or a role that there is not, and where nothing says who it is.
    """
    headings, chosen = list(headings), dict(chosen or {})
    for column, role in chosen.items():
        _check(column, role, headings)
    taken = {role: column for column, role in chosen.items() if role != LEFT_OUT}
    found = guess(heading for heading in headings if heading not in chosen) | taken
    if not SAYING_WHO & found.keys():
        raise UsageError(
            "No column of the table says who somebody is.",
            next_step=f"Say what a column holds, for example --role {headings[0]}=name.",
        )
    return found


def _check(column: str, role: str, headings: list[str]) -> None:
    if column not in headings:
        raise UsageError(
            f"The table has no column {column!r}.", next_step=f"Columns: {', '.join(headings)}."
        )
    if role not in (*roles(), LEFT_OUT):
        raise UsageError(
            f"There is no role {role!r}.", next_step=f"Roles: {', '.join(roles())}, {LEFT_OUT}."
        )


def _folded(heading: str) -> str:
    return " ".join(fold_words(heading.replace("_", " ")).split())
