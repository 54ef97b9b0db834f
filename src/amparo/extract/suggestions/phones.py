"""Phone numbers, by the numbering plans in Google's libphonenumber (phonenumbers, Apache 2.0).

Only numbers with their country are found ("+380 …", "00380 …"): which country a national number
belongs to, a text does not say. A number is suggested when the plan of its country has such
numbers; that someone has it, nobody can know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from amparo.extract.suggestions.values import Suggestion

__all__ = ["find"]

_DIGITS = {ord(digit): str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
_DIGITS |= {ord(digit): str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")}
_DIGITS |= dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2011\u200e\u200f\u202a\u202c"), " ")
_CANDIDATE = re.compile(r"(?:(?<![\w.])\+|(?<![\w.+])00)\s?[(\d][\d\s().\-/]{5,24}\d(?!\w)")


def find(text: str) -> Iterator[Suggestion]:
    """Give every number that a country's plan knows, in international form."""
    plain = text.translate(_DIGITS)  # one character for one, so that places stay
    for found in _CANDIDATE.finditer(plain):
        number = _parsed(found[0])
        if number is None:
            continue
        yield Suggestion(
            kind="phone",
            value=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
            start=found.start(),
            end=found.end(),
            certainty="likely",
            why="The numbering plan of the country that it names has such numbers.",
            tool="phonenumbers",
            tool_version=phonenumbers.__version__,
        )


def _parsed(written: str) -> phonenumbers.PhoneNumber | None:
    digits = re.sub(r"[^\d+]", "", written)
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    try:
        number = phonenumbers.parse(digits, None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
