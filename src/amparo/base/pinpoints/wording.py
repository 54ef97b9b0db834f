"""Pinpoints in words, as a citation would put them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from amparo.base.pinpoints.selectors import (
    PageSelector,
    Pinpoint,
    QuoteSelector,
    RowSelector,
    SecondsSelector,
    WarcSelector,
)

__all__ = ["describe"]

_LONGEST_QUOTE = 80


def describe(pinpoint: Pinpoint, language: str = "en") -> str:
    """Say where it points: "page 3, “they came at night”", "from 0:01:05 to 0:01:20".

    ``language`` is one of the six of the interface; any other gives English.
    """
    say = _wording().get(language.partition("-")[0], _wording()["en"])
    match pinpoint.selector:
        case None:
            return say["file"]
        case PageSelector(page, rectangles, words):
            said = say["page"].format(page)
            if words:
                return say["joined"].format(said, _quoted(words, say))
            return say["joined"].format(said, say["marked"]) if rectangles else said
        case QuoteSelector() as words:
            return _quoted(words, say)
        case SecondsSelector(start, None):
            return say["onward"].format(_clock(start))
        case SecondsSelector(start, end):
            return say["seconds"].format(_clock(start), _clock(end or 0))
        case RowSelector("", row):
            return say["row"].format(row)
        case RowSelector(sheet, row):
            return say["sheet_row"].format(row, sheet)
        case WarcSelector(record):
            return say["record"].format(record)


def _quoted(words: QuoteSelector, say: dict[str, str]) -> str:
    exact = " ".join(words.exact.split())
    if len(exact) > _LONGEST_QUOTE:
        exact = exact[:_LONGEST_QUOTE].rpartition(" ")[0] + "…"
    return say["quote"].format(exact)


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds; a fraction only where there is one."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    fraction = f".{thousandths:03}".rstrip("0") if thousandths else ""
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}{fraction}"


@cache
def _wording() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "wording.toml").read_text("utf-8"))
