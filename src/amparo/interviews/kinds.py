"""Kinds of answers: how a text that someone typed is understood, or asked back.

Nothing is made more exact than it was said: "March 2021" stays a month, as EDTF.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.interviews.answers import UNKNOWN

__all__ = ["KINDS", "LONGEST", "PRESENT", "understood"]

LONGEST = 200_000
PRESENT = "present"
_PRESENT_WORDS = frozenset(
    {"present", "now", "today", "current", "presente", "actualidad", "ahora", "hoy", "présent"}
    | {"maintenant", "الآن", "зараз", "тепер", "дотепер", "сейчас"}
)
_UNKNOWN_WORDS = frozenset(
    {"unknown", "i don't know", "don't know", "i do not know", "no sé", "no se", "no lo sé"}
    | {"desconocido", "je ne sais pas", "inconnu", "لا أعرف", "لا اعرف", "غير معروف"}
    | {"не знаю", "невідомо", "неизвестно", "does not know", "no lo sabe", "ne sait pas"}
    | {"لا يعرف", "не знає", "не знает"}
)
_YES = frozenset({"yes", "sí", "si", "oui", "نعم", "так", "да"})
_NO = frozenset({"no", "non", "لا", "ні", "нет"})
_SEPARATED = re.compile(r"[\s./()\-\u2010-\u2015]+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def understood(kind: str, given: Sequence[str], choices: Sequence[str] = ()) -> tuple[str, ...]:
    """The answer as it is kept; nothing when nothing was given, ``unknown`` for "I don't know" in
    six languages. UsageError says what to type."""
    texts = tuple(text for each in given if (text := _clean(each)))
    if not texts:
        return ()
    if len(texts) == 1 and texts[0].replace("’", "'").casefold() in _UNKNOWN_WORDS:
        return (UNKNOWN,)
    if len(texts) > 1 and kind != "choices":
        raise UsageError("This question takes one answer.")
    if kind == "choices":
        return tuple(dict.fromkeys(_choice(each, choices) for each in texts))
    if kind == "choice":
        return (_choice(texts[0], choices),)
    return (KINDS[kind](texts[0]),)


def _clean(text: str) -> str:
    """NFC, one kind of line end, no control signs; marks that guide direction stay."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")
    ).strip()
    if len(kept) > LONGEST:
        raise UsageError(f"The answer has {len(kept):,} characters; {LONGEST:,} are taken.")
    return kept


def _choice(text: str, choices: Sequence[str]) -> str:
    if text not in choices:
        raise UsageError("That is none of the choices.")
    return text


def _line(text: str) -> str:
    return " ".join(text.split())


def _long(text: str) -> str:
    return text


def _date(text: str) -> str:
    return dates.from_person(text).text


def _until(text: str) -> str:
    """A date, or "present" for what still goes on."""
    return PRESENT if text.casefold() in _PRESENT_WORDS else _date(text)


def _yes_no(text: str) -> str:
    said = text.casefold()
    if said in _YES:
        return "yes"
    if said in _NO:
        return "no"
    raise UsageError("Answer yes or no.")


def _number(text: str) -> str:
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    if not (digits.isascii() and digits.isdigit()):
        raise UsageError("Write a whole number, in digits.")
    return str(int(digits))


def _a_number(text: str) -> str:
    """An alien registration number: seven to nine digits, kept as nine."""
    found = _SEPARATED.sub("", text.lstrip("Aa#"))
    if not (found.isascii() and found.isdigit() and 7 <= len(found) <= 9):
        raise UsageError("An A-Number has seven to nine digits.")
    return f"A{found.zfill(9)}"


def _ssn(text: str) -> str:
    found = _SEPARATED.sub("", text)
    if not (found.isascii() and found.isdigit() and len(found) == 9):
        raise UsageError("A Social Security number has nine digits.")
    return f"{found[:3]}-{found[3:5]}-{found[5:]}"


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise UsageError("An e-mail address looks like name@example.org.")
    return text


def _phone(text: str) -> str:
    if sum(each.isdigit() for each in text) < 5 or any(each.isalpha() for each in text):
        raise UsageError(
            "A telephone number has digits, with the country's code in front if it is foreign."
        )
    return _line(text)


KINDS: Mapping[str, Callable[[str], str]] = {
    "text": _line,
    "long": _long,
    "date": _date,
    "until": _until,
    "yes_no": _yes_no,
    "number": _number,
    "a_number": _a_number,
    "ssn": _ssn,
    "email": _email,
    "phone": _phone,
    "choice": _line,
    "choices": _line,
}
"""Every kind by its name in questionnaires, with how one text of it is understood."""
