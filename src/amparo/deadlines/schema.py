"""Read the rule files: every key checked, every fault named by file, rule and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from amparo.base.errors import UsageError
from amparo.deadlines import calendars
from amparo.deadlines.rules import (
    Band,
    Confidence,
    Count,
    Direction,
    Extension,
    Kind,
    Means,
    Regime,
    Rollover,
    Rule,
    Sequence,
    Source,
    Status,
    Unit,
)

__all__ = ["parse_file", "parse_regimes", "rulebook"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
REGIMES = "regimes.yaml"


class _Fields:
    """A mapping from a rule file that must be used up: a key nobody asked for is a fault."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, Mapping):
            raise UsageError(f"{where}: a mapping was expected, not {value!r}.")
        self.left = dict(value)
        self.where = where

    def take(self, key: str, kind: type[_T], default: _T | None = None) -> _T:
        value = self.left.pop(key, default)
        if value is None or not isinstance(value, kind):
            raise UsageError(f"{self.where}: {key} must be a {kind.__name__}, not {value!r}.")
        return value

    def choose(self, key: str, kind: type[_E], default: _E | None = None) -> _E:
        value = self.left.pop(key, default)
        try:
            return kind(value)
        except ValueError as error:
            choices = ", ".join(kind)
            raise UsageError(
                f"{self.where}: {key} must be one of {choices}, not {value!r}."
            ) from error

    def day(self, key: str) -> date | None:
        value = self.left.pop(key, None)
        if value is not None and not isinstance(value, date):
            raise UsageError(f"{self.where}: {key} must be a day (YYYY-MM-DD), not {value!r}.")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(str(each) for each in self.take(key, list, []))

    def each(self, key: str, read: Callable[[_Fields], _T]) -> tuple[_T, ...]:
        return tuple(self._each(key, read))

    def _each(self, key: str, read: Callable[[_Fields], _T]) -> Iterator[_T]:
        for number, value in enumerate(self.take(key, list, []), 1):
            fields = _Fields(value, f"{self.where}, {key} {number}")
            yield read(fields)
            fields.done()

    def done(self) -> None:
        if self.left:
            raise UsageError(
                f"{self.where}: unknown keys {', '.join(sorted(map(str, self.left)))}."
            )


@cache
def rulebook() -> Mapping[str, Rule]:
    """Every rule that ships, by id, in the order of the files."""
    folder = files("amparo.deadlines").joinpath("rules")
    regimes = parse_regimes(folder.joinpath(REGIMES).read_text("utf-8"))
    book: dict[str, Rule] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".yaml") or file.name == REGIMES:
            continue
        for rule in parse_file(file.name, file.read_text("utf-8"), regimes):
            if rule.id in book:
                raise UsageError(f"{file.name}: {rule.id} is already in {book[rule.id].file}.")
            book[rule.id] = rule
    return book


def parse_regimes(text: str) -> Mapping[str, Regime]:
    """The ways of counting, by code."""
    found: dict[str, Regime] = {}
    for code, value in _load(REGIMES, text).items():
        fields = _Fields(value, f"{REGIMES}, {code}")
        calendar = fields.take("calendar", str, "none")
        if calendar != "member-state" and not calendars.is_known(calendar):
            raise UsageError(f"{REGIMES}, {code}: there is no holiday calendar {calendar!r}.")
        found[code] = Regime(
            code=code,
            says=fields.take("says", str),
            source=fields.take("source", str),
            confidence=fields.choose("confidence", Confidence),
            rollover=fields.choose("rollover", Rollover),
            first_day_counted=fields.take("first_day_counted", bool, False),
            sequence=fields.choose("sequence", Sequence, Sequence.ADD_THEN_ROLL),
            calendar=calendar,
        )
        fields.done()
    return found


def parse_file(name: str, text: str, regimes: Mapping[str, Regime]) -> tuple[Rule, ...]:
    """The rules of one body's file. Raises UsageError with file, rule and key."""
    top = _Fields(_load(name, text), name)
    body, checked = top.take("body", str), _Fields(top.take("checked", dict), f"{name}, checked")
    on, by, again = checked.day("day"), checked.take("by", str), checked.day("again")
    checked.done()
    rules = top.take("rules", dict)
    top.done()
    return tuple(
        _rule(_Fields(value, f"{name}, {id_}"), id_, body, regimes, (on, by, again), name)
        for id_, value in rules.items()
    )


def _rule(
    fields: _Fields,
    id_: str,
    body: str,
    regimes: Mapping[str, Regime],
    checked: tuple[date | None, str, date | None],
    file: str,
) -> Rule:
    def count(inner: _Fields) -> Count:
        return _count(inner, regimes)

    rule = Rule(
        id=id_,
        body=fields.take("body", str, body),
        title=fields.take("title", str),
        trigger=fields.take("trigger", str),
        kind=fields.choose("kind", Kind, Kind.COMPUTED),
        says=fields.take("says", str),
        status=fields.choose("status", Status, Status.IN_FORCE),
        confidence=fields.choose("confidence", Confidence),
        sources=fields.each("sources", _source),
        counts=fields.each("counts", count),
        readings=fields.each("readings", count),
        extensions=fields.each("extensions", _extension),
        bands=fields.each("bands", _band),
        means=fields.choose("means", Means, Means.LAST_DAY),
        earliest_trigger=fields.day("earliest_trigger"),
        exceptions=fields.words("exceptions"),
        warnings=fields.words("warnings"),
        overridden_by=fields.words("overridden_by"),
        do=fields.take("do", str, ""),
        checked_on=checked[0],
        checked_by=checked[1],
        next_check=checked[2],
        file=file,
    )
    fields.done()
    _check(rule, fields.where)
    return rule


def _check(rule: Rule, where: str) -> None:
    if not rule.sources:
        raise UsageError(f"{where}: a rule needs a source.")
    if (rule.kind is Kind.COMPUTED) != bool(rule.counts):
        raise UsageError(f"{where}: counts belong to a computed rule, and only to one.")
    if (rule.kind is Kind.NO_LIMIT) != bool(rule.bands):
        raise UsageError(f"{where}: bands belong to a rule without a limit, and only to one.")


def _count(fields: _Fields, regimes: Mapping[str, Regime]) -> Count:
    code = fields.take("regime", str)
    if code not in regimes:
        raise UsageError(f"{fields.where}: there is no regime {code!r}.")
    return Count(
        amount=fields.take("amount", int),
        unit=fields.choose("unit", Unit),
        direction=fields.choose("direction", Direction, Direction.AFTER),
        regime=regimes[code],
        label=fields.take("label", str, ""),
        status=fields.choose("status", Status, Status.IN_FORCE),
        trigger_from=fields.day("trigger_from"),
        trigger_before=fields.day("trigger_before"),
    )


def _extension(fields: _Fields) -> Extension:
    return Extension(
        by=fields.take("by", str),
        days=fields.take("days", int),
        sequence=fields.choose("sequence", Sequence, Sequence.ADD_THEN_ROLL),
    )


def _band(fields: _Fields) -> Band:
    return Band(
        months=fields.take("months", int),
        risk=fields.take("risk", str),
        says=fields.take("says", str),
    )


def _source(fields: _Fields) -> Source:
    return Source(
        citation=fields.take("citation", str),
        confidence=fields.choose("confidence", Confidence),
        note=fields.take("note", str, ""),
    )


def _load(name: str, text: str) -> dict[str, Any]:
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError(f"{name} is not YAML: {error}.") from error
    if not isinstance(value, dict):
        raise UsageError(f"{name}: a mapping was expected at the top.")
    return value
