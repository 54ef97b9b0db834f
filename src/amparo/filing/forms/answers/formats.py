"""How a field wants an answer written: dates, numbers, telephones, the codes of states.

Each format takes an answer as given and gives the text for the field, or raises ``NotAsAsked`` with
a sentence: the answer is then written elsewhere in full, never bent into a shape that it has not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from amparo.base import dates
from amparo.base.dates import PartialDate
from amparo.base.errors import UnclearDate
from amparo.filing.forms.answers.states import STATES

__all__ = ["FORMATS", "NotAsAsked", "WrongAnswer", "guess", "write"]

_DIGITS = re.compile(r"\D+")
_SEPARATED = re.compile(r"[\s./()\-\u2010-\u2015]+")
_DAY_TIP = re.compile(
    r"2[- ]?\s?digit[- ]month.{0,25}2[- ]?\s?digit[- ]day|m\s?m\s?/\s?d\s?d\s?/\s?y", re.I
)
_MONTH_TIP = re.compile(
    r"2[- ]?\s?digit[- ]month,? and \d[- ]?\s?digit[- ]year|\(?mo/yr\)?|mm/yyyy", re.I
)


class NotAsAsked(Exception):
    """An honest answer that this field has no room for by its kind; ``says`` tells why."""

    def __init__(self, says: str, words: str) -> None:
        super().__init__(says)
        self.says, self.words = says, words


class WrongAnswer(Exception):
    """An answer that cannot be true or cannot be understood; it is written nowhere."""


def write(kind: str, text: str, max_length: int | None = None) -> str:
    """``text`` as a field of this kind shows it. Raises NotAsAsked and WrongAnswer."""
    return FORMATS[kind](text, max_length)


def guess(tooltip: str, script: str = "") -> str:
    """The format that a field's own words ask for; "text" when they ask for none."""
    if _MONTH_TIP.search(tooltip):
        return "month"
    if _DAY_TIP.search(tooltip) or "AFDate" in script:
        return "date"
    return "text"


def _text(text: str, _: int | None) -> str:
    return text.replace("\t", " ")


def _date(text: str, _: int | None) -> str:
    """A full day as month/day/year."""
    made = _made(text)
    first, last = made.earliest, made.latest
    words = dates.display(made, "en")
    if first is None or first != last or made.qualified:
        raise NotAsAsked("The field asks for a day, which is not known exactly.", words)
    return f"{first:%m/%d}/{first.year:04d}"


def _date_or_stay(text: str, _: int | None) -> str:
    """A full day, or D/S: a stay for as long as the status lasts (duration of status)."""
    if text.strip().casefold() in ("d/s", "ds", "duration of status"):
        return "D/S"
    return _date(text, None)


def _date_or_none(text: str, _: int | None) -> str:
    """A full day, or N/A where the form asks for that of whom it does not concern."""
    if text.strip().casefold() in ("n/a", "na", "not applicable"):
        return "N/A"
    return _date(text, None)


def _month(text: str, _: int | None) -> str:
    """Month and year; a bare year stays a year."""
    if text.strip().casefold() in ("present", "now", "current"):
        return "Present"
    made = _made(text)
    first, last = made.earliest, made.latest
    words = dates.display(made, "en")
    if first is None or last is None or made.qualified:
        raise NotAsAsked("The field asks for a month, which is not known exactly.", words)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.month:02d}/{first.year:04d}"
    if first.year == last.year:
        return f"{first.year:04d}"
    raise NotAsAsked("The field asks for a month, which is not known exactly.", words)


def _made(text: str) -> PartialDate:
    try:
        return dates.parse(text)
    except UnclearDate:
        pass
    try:
        return dates.from_person(text)
    except UnclearDate as error:
        raise WrongAnswer(f"{error.message} {error.next_step}".strip()) from error


def _digits(text: str, max_length: int | None) -> str:
    """A number without what separates its digits."""
    found = _SEPARATED.sub("", text)
    if not found.isascii() or not found.isdigit():
        raise NotAsAsked("The field takes digits only.", text)
    return _no_longer(found, max_length)


def _a_number(text: str, max_length: int | None) -> str:
    """An alien registration number: nine digits, older ones with zeros in front."""
    found = _SEPARATED.sub("", text.strip().lstrip("Aa#"))
    if not (found.isascii() and found.isdigit() and 7 <= len(found) <= 9):
        raise WrongAnswer(f"{text!r} is not an A-Number: it has seven to nine digits.")
    return found.zfill(9) if max_length is None or max_length >= 9 else found


def _ssn(text: str, max_length: int | None) -> str:
    found = _SEPARATED.sub("", text)
    if not (found.isascii() and found.isdigit() and len(found) == 9):
        raise WrongAnswer(f"{text!r} is not a Social Security number: it has nine digits.")
    if max_length is not None and max_length < 11:
        return found
    return f"{found[:3]}-{found[3:5]}-{found[5:]}"


def _phone(text: str, max_length: int | None) -> str:
    """A telephone number; ten digits where the field takes no more."""
    if max_length is None or len(text) <= max_length:
        return text
    return _no_longer(_national(text) or _DIGITS.sub("", text), max_length, text)


def _area_code(text: str, _: int | None) -> str:
    national = _national(text)
    if not national:
        raise NotAsAsked("The field takes a number of the United States only.", text)
    return national[:3]


def _local_number(text: str, _: int | None) -> str:
    national = _national(text)
    if not national:
        raise NotAsAsked("The field takes a number of the United States only.", text)
    return f"{national[3:6]}-{national[6:]}"


def _national(text: str) -> str:
    """The ten digits of a number of the United States, "" when it is none."""
    found = _DIGITS.sub("", text)
    if len(found) == 11 and found.startswith("1"):
        found = found[1:]
    return found if len(found) == 10 else ""


def _compact(text: str, max_length: int | None) -> str:
    """A code of letters and digits: without blanks and dashes, in capitals."""
    return _no_longer(_SEPARATED.sub("", text).upper(), max_length, text)


def _zip(text: str, max_length: int | None) -> str:
    found = text.strip()
    if not re.fullmatch(r"\d{5}(-?\d{4})?", found):
        raise WrongAnswer(f"{text!r} is not a ZIP code: it has five digits, or nine.")
    if max_length is not None and len(found) > max_length:
        return found[:5] if max_length == 5 else _DIGITS.sub("", found)
    return found


def _state(text: str, max_length: int | None) -> str:
    """The postal code of a state where there is no room for its name."""
    found = STATES.get(text.strip().casefold(), text.strip())
    return found if max_length == 2 or len(text.strip()) <= 2 else text.strip()


def _no_longer(found: str, max_length: int | None, text: str = "") -> str:
    if max_length is not None and len(found) > max_length:
        raise WrongAnswer(
            f"{text or found!r} has {len(found)} signs; the field has cells for {max_length}."
        )
    return found


FORMATS: Mapping[str, Callable[[str, int | None], str]] = {
    "text": _text,
    "date": _date,
    "date_or_ds": _date_or_stay,
    "date_or_na": _date_or_none,
    "month": _month,
    "digits": _digits,
    "a_number": _a_number,
    "ssn": _ssn,
    "phone": _phone,
    "area_code": _area_code,
    "local_number": _local_number,
    "compact": _compact,
    "zip": _zip,
    "state": _state,
}
