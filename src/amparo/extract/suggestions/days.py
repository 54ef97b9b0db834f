"""Dates in running text, read by ``base.dates`` as if a person had typed each of them.

What can be read in two ways is suggested in both, each unsure; a month stays a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version

from amparo.base.dates import from_person
from amparo.base.dates.tokens import tokens
from amparo.base.errors import UnclearDate
from amparo.extract.suggestions.values import Certainty, Suggestion

__all__ = ["find"]

_D = r"[\d٠-٩۰-۹]"
_GROUPS = re.compile(
    rf"(?<![\w./-])(?:{_D}{{4}}[./-]{_D}{{1,2}}[./-]{_D}{{1,2}}|{_D}{{1,2}}[./-]{_D}{{1,2}}[./-]{_D}{{4}})(?![\w/-]|\.\d)"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:(?P<day>{_D}{{1,2}})(?:st|nd|rd|th|er|º|°)?(?:\s+(?:de|of|من))?\s+)?"
    rf"(?P<month>[^\W\d_]{{3,10}})\.?(?:\s+(?P<late>{_D}{{1,2}})(?:st|nd|rd|th)?,)?"
    rf"(?:\s+(?:de|del))?\s+(?P<year>{_D}{{4}})(?!\w)"
)
_FIRST_YEAR, _LAST_YEAR = 1850, 2100


def find(text: str) -> Iterator[Suggestion]:
    """Give the dates in a text that name a year of four digits, in the order of the text."""
    spans = [found.span() for found in _GROUPS.finditer(text)]
    spans += [found.span() for found in _NAMED.finditer(text) if _is_month(found["month"])]
    for start, end in sorted(spans):
        for value, certainty, why in _readings(text[start:end]):
            yield Suggestion(
                "date", value, start, end, certainty, why, "amparo dates", version("amparo")
            )


def _readings(written: str) -> Iterator[tuple[str, Certainty, str]]:
    try:
        read = from_person(re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º|°)\b", "", written))
    except UnclearDate as error:
        for reading in error.readings:
            if _in_our_time(reading):
                yield reading, "unsure", "It can be read in two ways."
        return
    if _in_our_time(read.text):
        yield read.text, "likely", "It is written as a date with its year."


@lru_cache(maxsize=4096)
def _is_month(word: str) -> bool:
    try:
        return any(token.role == "month" for token in tokens(word, word))
    except UnclearDate:
        return False


def _in_our_time(edtf: str) -> bool:
    return edtf[:4].isdecimal() and _FIRST_YEAR <= int(edtf[:4]) <= _LAST_YEAR
