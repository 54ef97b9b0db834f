"""The shape of a questionnaire, checked as it is read; a mistake in it names its place.

A section asks questions. A question may be a group of others (``use: address`` takes a block that
many questions share), or a list of members that are all asked the same (``repeat``). Ids inside a
group or list are put behind that of the group: ``applicant.home`` and ``street``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amparo.base.errors import UsageError
from amparo.interviews.answers import QUESTION_ID
from amparo.interviews.conditions import Condition, parse_condition
from amparo.interviews.kinds import KINDS

__all__ = ["Ask", "Questionnaire", "Section", "parse_blocks", "parse_questionnaire"]

_KEYS = frozenset(
    {"id", "kind", "choices", "when", "ask", "use", "repeat", "paper", "needed", "only", "without"}
)
_HEAD = frozenset({"id", "version", "checked", "sources", "sections"})
MOST_ON_PAPER = 12
Blocks = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, a group of them, or a list (``repeats``) of members who are asked the same.

    ``id`` is relative to what it stands in. ``when`` says for whom it is asked. ``needed``: without
    it what the questionnaire is for cannot be done. ``paper`` is how many members a list has room
    for in print.
    """

    id: str
    kind: str = ""
    choices: tuple[str, ...] = ()
    when: Condition | None = None
    needed: bool = False
    ask: tuple[Ask, ...] = ()
    repeats: bool = False
    paper: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a questionnaire: its id and what it asks."""

    id: str
    ask: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire: its id, version, the day it was checked, its sources and its sections."""

    id: str
    version: int
    checked: str
    sources: tuple[str, ...]
    sections: tuple[Section, ...]


def parse_blocks(data: Any) -> dict[str, Sequence[Any]]:
    """Read the blocks that questions share; each is a list of questions, read where it is used."""
    if not isinstance(data, dict) or not all(isinstance(each, list) for each in data.values()):
        raise _wrong("The blocks", "each is a list of questions")
    return {str(name): each for name, each in data.items()}


def parse_questionnaire(data: Any, blocks: Blocks, where: str) -> Questionnaire:
    """Read a questionnaire from plain data; UsageError names the place that is wrong."""
    if not isinstance(data, dict):
        raise _wrong(where, "it is not a table")
    _no_strangers(data, _HEAD, where)
    for key in _HEAD:
        if key not in data:
            raise _wrong(where, f"{key} is missing")
    sections = tuple(_section(each, blocks, where) for each in data["sections"])
    return Questionnaire(
        id=str(data["id"]),
        version=int(data["version"]),
        checked=str(data["checked"]),
        sources=tuple(map(str, data["sources"])),
        sections=sections,
    )


def _section(data: Any, blocks: Blocks, where: str) -> Section:
    if not isinstance(data, dict) or set(data) != {"id", "ask"}:
        raise _wrong(where, "a section has an id and what it asks")
    where = f"{where}, {data['id']}"
    return Section(str(data["id"]), _asks(data["ask"], blocks, where))


def _asks(data: Any, blocks: Blocks, where: str) -> tuple[Ask, ...]:
    if not isinstance(data, list) or not data:
        raise _wrong(where, "it asks nothing")
    return tuple(_ask(each, blocks, where) for each in data)


def _ask(data: Any, blocks: Blocks, where: str) -> Ask:
    if isinstance(data, str):
        data = {"id": data, "kind": "text"}
    if not isinstance(data, dict):
        raise _wrong(where, "a question is a table, or the id of a short text")
    _no_strangers(data, _KEYS, where)
    own = str(data.get("id") or data.get("repeat") or "")
    if not QUESTION_ID.fullmatch(own):
        raise _wrong(where, f"{own!r} is not a question's name")
    where = f"{where}, {own}"
    inner = _inner(data, blocks, where)
    made = Ask(
        id=own,
        kind=str(data.get("kind", "" if inner else "text")),
        choices=tuple(map(_word, data.get("choices", ()))),
        when=parse_condition(data["when"], where) if "when" in data else None,
        needed=bool(data.get("needed", False)),
        ask=inner,
        repeats="repeat" in data,
        paper=int(data.get("paper", 0)),
    )
    _check(made, where)
    return made


def _inner(data: Mapping[str, Any], blocks: Blocks, where: str) -> tuple[Ask, ...]:
    """What a group or list asks: its own questions, then those of a block, all or some of them."""
    if "use" not in data:
        return _asks(data["ask"], blocks, where) if "ask" in data else ()
    if data["use"] not in blocks:
        raise _wrong(where, f"there is no block {data['use']!r}")
    asked = _asks(blocks[data["use"]], blocks, where)
    known = {each.id for each in asked}
    only, without = set(data.get("only", known)), set(data.get("without", ()))
    if strange := sorted((only | without) - known):
        raise _wrong(where, f"the block has no {', '.join(strange)}")
    more = _asks(data["ask"], blocks, where) if "ask" in data else ()
    return (*more, *(each for each in asked if each.id in only - without))


def _check(made: Ask, where: str) -> None:
    if made.ask:
        if made.kind or made.choices or made.needed:
            raise _wrong(where, "a group is not a question itself")
        if made.repeats and not 1 <= made.paper <= MOST_ON_PAPER:
            raise _wrong(where, f"paper is how many it has room for, from 1 to {MOST_ON_PAPER}")
        return
    if made.repeats:
        raise _wrong(where, "a list asks something of each member")
    if made.kind not in KINDS:
        raise _wrong(where, f"there is no kind {made.kind!r}")
    if bool(made.choices) is not (made.kind in ("choice", "choices")):
        raise _wrong(where, "choices belong to a choice, and a choice has some")


def _no_strangers(data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    if strange := sorted(set(map(str, data)) - known):
        raise _wrong(where, f"it has unknown keys: {', '.join(strange)}")


def _word(said: Any) -> str:
    """YAML reads a bare yes as a truth."""
    return {True: "yes", False: "no"}[said] if isinstance(said, bool) else str(said)


def _wrong(where: str, what: str) -> UsageError:
    return UsageError(f"{where} cannot be used: {what}.")
