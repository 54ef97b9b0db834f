"""What was found of a file's proofs: questions, answers with their reason, and claims.

A finding never says that something is fake. It asks whether the file is as it was signed
(``file``), who signed it (``signer``) and when (``time``), and answers each with ``holds``,
``fails`` or ``unknown`` and a sentence that says why.

Findings come out of a confined worker, so ``from_json`` takes nothing on trust.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args

__all__ = [
    "Check",
    "Claim",
    "Finding",
    "Kind",
    "Question",
    "Verdict",
    "from_json",
    "to_json",
    "worst",
]

Verdict = Literal["holds", "fails", "unknown"]
Question = Literal["file", "signer", "time"]
Kind = Literal["c2pa", "proofmode", "tella", "wacz", "warc", "pgp", "minisign"]

_LONGEST = 2000
_MOST = 200


@dataclass(frozen=True, slots=True)
class Check:
    """One answer: to which question, what, and why, as an English sentence."""

    question: Question
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A time or a place that somebody or something states for the file.

    ``source`` is a key of ``sources.toml``. ``stated`` is the value as it stands there; ``time`` is
    the same as EDTF, "" where it cannot be told; ``place`` is latitude and longitude in degrees
    (WGS 84) and ``accuracy`` metres, None where it is not stated.
    """

    source: str
    stated: str
    time: str = ""
    place: tuple[float, float] | None = None
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One proof of a file. ``beside`` names the file that it lies in, "" for the file itself.

    ``facts`` are pairs of what it says of itself; ``tool`` is what checked it, with its version.
    """

    kind: Kind
    checks: tuple[Check, ...]
    beside: str = ""
    claims: tuple[Claim, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    tool: str = ""

    def answer(self, question: Question) -> Verdict:
        """The one answer to a question: unknown when nothing was found out."""
        return worst(check.verdict for check in self.checks if check.question == question)

    def asks(self, question: Question) -> bool:
        """Whether the proof has anything to say to a question."""
        return any(check.question == question for check in self.checks)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """``fails`` if one fails, else ``holds`` if one holds and none is unknown, else ``unknown``."""
    found = set(verdicts)
    if "fails" in found:
        return "fails"
    return "holds" if found == {"holds"} else "unknown"


def to_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON values."""
    return [_plain(asdict(finding)) for finding in findings]


def from_json(value: object) -> tuple[Finding, ...]:
    """Findings from what ``to_json`` gives, cut to sane lengths; ValueError for another shape."""
    if not isinstance(value, list):
        raise ValueError("findings are a list")
    return tuple(_finding(each) for each in value[:_MOST])


def _plain(value: Any) -> Any:
    """Tuples as lists, as JSON has them."""
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _finding(value: object) -> Finding:
    given = _mapping(value)
    return Finding(
        kind=cast(Kind, _one_of(given.get("kind"), get_args(Kind))),
        checks=tuple(_check(each) for each in _list(given.get("checks"))),
        beside=_text(given.get("beside")),
        claims=tuple(_claim(each) for each in _list(given.get("claims"))),
        facts=tuple((_text(one[0]), _text(one[1])) for one in map(_list, _list(given["facts"]))),
        tool=_text(given.get("tool")),
    )


def _check(value: object) -> Check:
    given = _mapping(value)
    return Check(
        cast(Question, _one_of(given.get("question"), get_args(Question))),
        cast(Verdict, _one_of(given.get("verdict"), get_args(Verdict))),
        _text(given.get("sentence")),
    )


def _claim(value: object) -> Claim:
    given = _mapping(value)
    place = given.get("place")
    numbers = _pair(place) if place is not None else None
    accuracy = given.get("accuracy")
    return Claim(
        source=_text(given.get("source")),
        stated=_text(given.get("stated")),
        time=_text(given.get("time")),
        place=numbers,
        accuracy=None if accuracy is None else _number(accuracy),
    )


def _pair(value: object) -> tuple[float, float]:
    numbers = [_number(each) for each in _list(value)]
    if len(numbers) != 2:
        raise ValueError("a place is a latitude and a longitude")
    return numbers[0], numbers[1]


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("an object was expected")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list was expected")
    return list(value)[:_MOST]


def _text(value: object) -> str:
    return "" if value is None else str(value)[:_LONGEST].replace("\x00", "\ufffd")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("a number was expected")
    return float(value)


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"got {value!r}, expected one of {', '.join(allowed)}")
    return str(value)
