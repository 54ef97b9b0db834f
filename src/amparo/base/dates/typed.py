"""Reading the dates that people type, in six languages; what can be read two ways is refused.

"March 2021" is a month and stays one; "03/04/2021" is the third of April to some and the fourth
of March to others, so the answer is a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile

from amparo.base.dates.display import display
from amparo.base.dates.edtf import PartialDate, parse
from amparo.base.dates.tokens import Token, tokens
from amparo.base.errors import UnclearDate

__all__ = ["from_person"]

_SCHOOL_YEAR = re.compile(r"[0-9]{4}-2[1-4]")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")


def from_person(text: str) -> PartialDate:
    """Read a date as people type it: "5 March 2021", "c. 1999", "between May and July 2020".

    EDTF is understood too. Raises :class:`~amparo.base.errors.UnclearDate`, which says what to
    type instead, for what can be read in two ways (its ``readings`` lists them), names no year,
    writes the year in two digits or contains a word that is not known.
    """
    normal = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    normal = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in normal)
    if _SCHOOL_YEAR.fullmatch(normal):
        raise _ask(text, (normal, f"{normal[:4]}/{normal[:2]}{normal[5:]}"))
    try:
        return parse(normal)
    except UnclearDate:
        return _Reading(text, list(tokens(text, normal))).whole()


@dataclass(slots=True)
class _Reading:
    """One typed date being read: its words as typed, and its tokens."""

    said: str
    tokens: list[Token]

    def whole(self) -> PartialDate:
        """The date or interval, with what was said of it.

        What is said before a span, or after one that says "between", is said of both its ends.
        """
        tokens = _tidied(self.tokens)
        opening = _length_of(_is_qualifier, tokens)
        closing = 0
        if any(token.role == "between" for token in tokens):
            closing = _length_of(_is_qualifier, reversed(tokens))
        plain = self._interval_or_single(tokens[opening : len(tokens) - closing])
        return _marked(plain, [*tokens[:opening], *tokens[len(tokens) - closing :]])

    def _interval_or_single(self, tokens: list[Token]) -> PartialDate:
        if not tokens:
            raise self._unclear("has no date in it")
        first, rest = tokens[0].role, tokens[1:]
        if first in ("until", "before", "after"):
            return self._one_sided(first, self._single(rest))
        if first in ("from", "between"):
            tokens = rest
        joints = ("and", "dash") if first == "between" else ("to", "until", "dash")
        places = [at for at, token in enumerate(tokens) if at and token.role in joints]
        if len(places) > 1:
            raise self._unclear("names more than two dates")
        if places:
            return self._span(tokens[: places[0]], tokens[places[0] + 1 :])
        if first == "between":
            raise self._unclear('says "between" but not "and"')
        return (
            self._one_sided("since", self._single(rest))
            if first == "from"
            else self._single(tokens)
        )

    def _span(self, left: list[Token], right: list[Token]) -> PartialDate:
        end = self._single(right)
        start = self._single(_completed(left, end))
        try:
            return parse(f"{start.text}/{end.text}")
        except UnclearDate as error:
            raise self._unclear("ends before it starts: give each end its year") from error

    def _one_sided(self, word: str, known: PartialDate) -> PartialDate:
        if word == "since":
            return parse(f"{known.text}/..")
        if word == "until":
            return parse(f"../{known.text}")
        return parse(f"../{_next(known, -1)}" if word == "before" else f"{_next(known, 1)}/..")

    def _single(self, tokens: list[Token]) -> PartialDate:
        """One date and what is said of it; or two numbers joined by a dash."""
        about = [token for token in tokens if _is_qualifier(token)]
        return _marked(self._bare([one for one in tokens if not _is_qualifier(one)]), about)

    def _bare(self, tokens: list[Token]) -> PartialDate:
        """A day, month, season, year or decade."""
        roles = [token.role for token in tokens]
        numbers = [token.number for token in tokens if token.role == "number"]
        if roles == ["group"]:
            return self._group(tokens[0].text)
        if "group" in roles:
            return self._days_of_month(tokens)
        if "decade" in roles and len(numbers) == 1 and numbers[0] % 10 == 0:
            return self._made(f"{self._year(numbers[0]) // 10:03}X")
        names = [token for token in tokens if token.role in ("month", "season")]
        if len(names) > 1 or set(roles) - {"month", "season", "number"}:
            raise self._unclear("is not a date that Amparo can read")
        if not names and len(numbers) == 1:
            return self._made(f"{self._year(numbers[0]):04}")
        if not names or not numbers:
            raise self._unclear("does not say which year")
        return self._named(names[0], numbers)

    def _named(self, name: Token, numbers: list[int]) -> PartialDate:
        """A month or season by name, its year, and a day before or after it."""
        years = [number for number in numbers if number > 31]
        if len(numbers) > 2 or len(years) > 1:
            raise self._unclear("has more numbers than a date")
        if not years:
            self._year(numbers[-1])
        year, days = self._year(years[0]), [number for number in numbers if number <= 31]
        if name.role == "season":
            if days:
                raise self._unclear("gives a day of a season")
            return self._made(f"{year:04}-{20 + name.number}")
        return self._made(f"{year:04}-{name.number:02}" + "".join(f"-{day:02}" for day in days))

    def _days_of_month(self, tokens: list[Token]) -> PartialDate:
        """ "5-7 May 2020": two days of one month."""
        at = [token.role for token in tokens].index("group")
        ends = tokens[at].text.split("-")
        if len(ends) != 2 or len(tokens) == 1:
            raise self._unclear("is not a date that Amparo can read")
        day = [Token("number", end, int(end)) for end in ends]
        return self._span([*tokens[:at], day[0]], [*tokens[:at], day[1], *tokens[at + 1 :]])

    def _group(self, text: str) -> PartialDate:
        """Numbers alone, as 5.3.2021, 2021/3/5 or 03/2021."""
        parts = re.split(r"[./-]", text)
        numbers = [int(part) for part in parts]
        if len(parts) == 2 and len(parts[0]) == len(parts[1]) == 4:
            return self._span(*([Token("number", part, int(part))] for part in parts))
        if len(parts) > 3 or (len(parts[0]) != 4 and len(parts[-1]) != 4):
            raise self._unclear("does not give the year in four digits")
        if len(parts[0]) == 4:
            return self._made("-".join([parts[0], *(f"{number:02}" for number in numbers[1:])]))
        year = numbers[-1]
        if len(parts) == 2:
            return self._made(f"{year:04}-{numbers[0]:02}")
        return self._day_or_month_first(numbers[0], numbers[1], year, dotted="." in text)

    def _day_or_month_first(self, one: int, two: int, year: int, *, dotted: bool) -> PartialDate:
        """Dots mean that the day is first everywhere; slashes and dashes do not say."""
        day_first, month_first = (f"{year:04}-{b:02}-{a:02}" for a, b in ((one, two), (two, one)))
        if dotted or one > 12 or one == two:
            return self._made(day_first)
        if two > 12:
            return self._made(month_first)
        raise _ask(self.said, (day_first, month_first))

    def _year(self, number: int) -> int:
        if not 1000 <= number <= 9999:
            raise self._unclear("does not give the year in four digits")
        return number

    def _made(self, text: str) -> PartialDate:
        try:
            return parse(text)
        except UnclearDate as error:
            raise self._unclear("names a day or month that the calendar does not have") from error

    def _unclear(self, why: str) -> UnclearDate:
        return UnclearDate(
            f'"{self.said}" {why}.',
            next_step='Write it like "5 March 2021", "March 2021", "2021", "about March 2021" or '
            '"between May and July 2020".',
        )


def _tidied(tokens: Iterable[Token]) -> list[Token]:
    """Without filling words; "آذار/مارس" as the one month that it is, "1990-х" without its dash."""
    kept: list[Token] = []
    for token in tokens:
        if token.role == "drop":
            continue
        roles = [one.role for one in kept[-2:]]
        if roles == ["month", "slash"] and token == replace(kept[-2], text=token.text):
            kept.pop()
            continue
        if roles == ["number", "dash"] and token.role == "decade":
            kept.pop()
        kept.append(token)
    return kept


def _is_qualifier(token: Token) -> bool:
    return token.role in ("about", "uncertain", "sign")


def _length_of(wanted: Callable[[Token], bool], tokens: Iterable[Token]) -> int:
    """How many tokens at the start are wanted."""
    return sum(1 for _ in takewhile(wanted, tokens))


def _completed(left: list[Token], end: PartialDate) -> list[Token]:
    """The first of two dates with the year, and the month, that only the second one gave."""
    numbers = [token.number for token in left if token.role == "number"]
    named = any(token.role in ("month", "season") for token in left)
    if end.year is None or any(token.role == "group" for token in left):
        return left
    if any(number > 31 for number in numbers):
        return left
    year = Token("number", str(end.year), end.year)
    if named or end.month is None:
        return [*left, year]
    return [*left, Token("month", "", end.month), year]


def _next(known: PartialDate, step: int) -> str:
    """The date beside this one, no finer than it is: before 2015 is 2014 at the latest."""
    assert known.year is not None
    mark = known.text[-1] if known.qualified else ""
    if known.kind == "day" and known.earliest:
        return (known.earliest + timedelta(days=step)).isoformat() + mark
    if known.kind == "month" and known.month:
        year, month = divmod(known.year * 12 + known.month - 1 + step, 12)
        return f"{year:04}-{month + 1:02}{mark}"
    if known.kind == "year":
        return f"{known.year + step:04}{mark}"
    raise UnclearDate(
        f'"Before" or "after" {known.text} is not exact enough.',
        next_step='Give a year, a month or a day, for example "before 2015".',
    )


def _marked(plain: PartialDate, said: list[Token]) -> PartialDate:
    """Put what was said on the date, or on each end of an interval."""
    approximate = any(token.role == "about" or token.text in ("~", "%") for token in said)
    uncertain = any(token.role == "uncertain" or token.text in ("?", "%") for token in said)
    ends = [_marked_end(end, approximate, uncertain) for end in plain.text.split("/")]
    return parse("/".join(ends))


def _marked_end(text: str, approximate: bool, uncertain: bool) -> str:
    if text in ("", ".."):
        return text
    bare = text.rstrip("?~%")
    approximate = approximate or text[-1] in "~%"
    uncertain = uncertain or text[-1] in "?%"
    return bare + {(True, True): "%", (True, False): "~", (False, True): "?"}.get(
        (approximate, uncertain), ""
    )


def _ask(said: str, readings: tuple[str, ...]) -> UnclearDate:
    meant = " or ".join(display(parse(reading)) for reading in readings)
    return UnclearDate(
        f'"{said}" can be read in two ways. Do you mean {meant}?',
        readings=readings,
        next_step="Write it with the name of the month or season, or the years in full.",
    )
