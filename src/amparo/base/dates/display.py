"""Writing a partial date as a careful person would, in six languages."""

from __future__ import annotations

from typing import Any

from amparo.base.dates.edtf import PartialDate
from amparo.base.dates.words import words

__all__ = ["display"]


def display(made: PartialDate, language: str = "en") -> str:
    """Write a date in words: ``2021-03~`` is "about March 2021".

    ``language`` is one of the six of the interface, or ``en-US`` for the month first; any other
    gives English. Nothing is added that was not said, and nothing said is left out.
    """
    vocabulary = words(language)
    if made.kind == "interval":
        return _interval(made, vocabulary)
    return _qualified(made, vocabulary)


class _Spoken:
    """A date inside a phrase: ``{0:gen}`` in a pattern asks for it in that grammatical case."""

    def __init__(self, made: PartialDate, vocabulary: dict[str, Any], part: str = "") -> None:
        self.made, self.vocabulary, self.part = made, vocabulary, part

    def __format__(self, case: str) -> str:
        return _plain(self.made, self.vocabulary, case or "nom", self.part)


class _Qualified(_Spoken):
    """The same with what its source said of it, for a date that is one end of an interval."""

    def __format__(self, case: str) -> str:
        if _inexact(self.made):
            return _qualified(self.made, self.vocabulary)
        return super().__format__(case)


class _Declined:
    """A month's or season's name, in the case of its phrase unless the pattern asks for one."""

    def __init__(self, names: dict[str, list[str]], index: int, case: str) -> None:
        self.names, self.index, self.case = names, index, case

    def __format__(self, case: str) -> str:
        return self.names.get(case or self.case, self.names["nom"])[self.index]


def _qualified(made: PartialDate, vocabulary: dict[str, Any]) -> str:
    said = f"{_Spoken(made, vocabulary)}"
    if made.approximate:
        said = vocabulary["phrases"]["about"].format(_Spoken(made, vocabulary))
    note = _note(made.text)
    if note:
        said = vocabulary["notes"][note].format(said)
    return vocabulary["uncertain"].format(said) if made.uncertain else said


def _note(text: str) -> str:
    """Which parts the date says are unspecified."""
    text = text.rstrip("?~%")
    if text.endswith("-XX-XX"):
        return "month_and_day"
    if not text.endswith("-XX"):
        return ""
    return "day" if text.count("-") - text.startswith("-") == 2 else "month"


def _plain(made: PartialDate, vocabulary: dict[str, Any], case: str, part: str) -> str:
    """A date without its qualifier; ``part`` leaves out what the other end will say."""
    assert made.year is not None
    if made.kind == "moment":
        day = _pattern(vocabulary, "day", case, made, "")
        zone = "" if made.zone is None else f" UTC{made.zone.replace('Z', '')}"
        return str(vocabulary["dates"]["moment"].format(date=day, clock=made.clock, zone=zone))
    kind = "century" if made.kind == "decade" and made.year < 0 else made.kind
    said = _pattern(vocabulary, kind, case, made, part)
    return str(vocabulary["before_era"].format(said)) if made.year < 1 else said


def _pattern(vocabulary: dict[str, Any], kind: str, case: str, made: PartialDate, part: str) -> str:
    patterns = vocabulary["dates"][kind + part]
    pattern = patterns if isinstance(patterns, str) else patterns.get(case, patterns["nom"])
    assert made.year is not None
    assert made.last is not None
    return str(
        pattern.format(
            year=made.year if made.year > 0 else 1 - made.year,
            last=made.last[0] if made.last[0] > 0 else 1 - made.last[0],
            month=_Declined(vocabulary["months"], (made.month or 1) - 1, case),
            season=_Declined(vocabulary["seasons"], (made.season or 21) - 21, case),
            day=vocabulary.get("first_day", "1") if made.day == 1 else made.day,
        )
    )


def _interval(made: PartialDate, vocabulary: dict[str, Any]) -> str:
    start, end = made.start, made.end
    if start is None or end is None:
        known = start or end
        assert known is not None
        return _one_end(made, known, vocabulary)
    if _inexact(start) or _inexact(end) or _unlike(start, end):
        ends = (_Qualified(start, vocabulary), _Qualified(end, vocabulary))
        key = end if _inexact(end) else start
        return _phrase("from_to", vocabulary, key).format(*ends)
    left = _Spoken(start, vocabulary, _shared(start, end))
    return _phrase("between", vocabulary, start).format(left, _Spoken(end, vocabulary))


def _one_end(made: PartialDate, known: PartialDate, vocabulary: dict[str, Any]) -> str:
    if made.end is None:
        name = "since" if made.open_end else "since_end_unknown"
    else:
        name = "until" if made.open_start else "until_start_unknown"
    return _phrase(name, vocabulary, known).format(_Qualified(known, vocabulary))


def _inexact(made: PartialDate) -> bool:
    """Whether more must be said of it than a date: a qualifier, or parts that are unspecified."""
    return made.qualified or bool(_note(made.text))


def _unlike(start: PartialDate, end: PartialDate) -> bool:
    """Whether one phrase cannot hold both: different kinds, or years on both sides of 1."""
    return start.kind != end.kind or (start.year or 0) < 1


def _shared(start: PartialDate, end: PartialDate) -> str:
    """What the start may leave out because the end will say it."""
    if start.year != end.year:
        return ""
    if start.kind == "day" and start.month == end.month:
        return "_alone"
    return "_without_year" if start.kind in ("day", "month") else ""


def _phrase(name: str, vocabulary: dict[str, Any], made: PartialDate) -> str:
    """The pattern of a phrase, which may depend on the date that follows it."""
    pattern = vocabulary["phrases"][name]
    if isinstance(pattern, str):
        return pattern
    keys = ("inexact",) if _inexact(made) else (f"day {made.day}", made.kind)
    return str(next((pattern[key] for key in keys if key in pattern), pattern["default"]))
