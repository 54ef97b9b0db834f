"""An estimate in words: its assumptions, what would break it, and a paragraph for a report.

The paragraph never gives a bare number: the interval, the documented, the method and the warnings
stand in the same breath.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from amparo.patterns.estimate.answers import Estimate

__all__ = ["Words", "paragraph", "rounded", "words_for"]


@dataclass(frozen=True, slots=True)
class Words:
    """What a method is called, takes for granted, and what breaks it."""

    name: str
    assumes: tuple[str, ...]
    breaks: tuple[str, ...]


@cache
def words_for(method: str) -> Words:
    """The words of one method, the common ones first. KeyError for an unknown method."""
    every = _read()
    own, common = every[method], every["common"]
    return Words(
        name=own["name"],
        assumes=(*common["assumes"], *own["assumes"]),
        breaks=(*common["breaks"], *own["breaks"]),
    )


def rounded(value: float) -> str:
    """``10400``: as many figures as an interval lets stand, grouped by thousands."""
    digits = 3 if value >= 1000 else 2
    step = 10 ** max(0, len(str(int(abs(value)))) - digits)
    return f"{int(round(value / step) * step):,}"


def paragraph(answer: Estimate, *, group: str = "people") -> str:
    """One paragraph; ``group`` says who is counted, such as "people killed in Rivera in 1999"."""
    lists = ", ".join(f"{name} ({size:,})" for name, size in answer.diagnostics["lists"].items())
    start = f"{answer.documented:,} {group} are documented on {_count(answer)} lists: {lists}."
    if answer.refused or answer.estimate is None or answer.lower is None or answer.upper is None:
        return f"{start} No total was estimated. {' '.join(answer.reasons[:2])}"
    return " ".join([start, _total(answer), _spread(answer), *answer.reasons, _ground(answer)])


def _count(answer: Estimate) -> str:
    return str(sum(1 for size in answer.diagnostics["lists"].values() if size))


def _total(answer: Estimate) -> str:
    assert answer.estimate is not None
    assert answer.lower is not None
    assert answer.upper is not None
    missed = answer.estimate - answer.documented
    share = "90 %" if answer.method == "average" else "95 %"
    bound = " at least" if answer.method == "chao" else ""
    return (
        f"With those whom no list names the total is estimated at{bound} about "
        f"{rounded(answer.estimate)} ({share} interval {rounded(answer.lower)} to "
        f"{rounded(answer.upper)}; {words_for(answer.method).name}), so that about "
        f"{rounded(missed)} were never documented."
    )


def _spread(answer: Estimate) -> str:
    told: Any = answer.diagnostics.get("spread")
    if not told:
        return ""
    return (
        f"Other methods on the same lists give between {rounded(told[0])} and {rounded(told[1])}; "
        "that spread is part of the uncertainty."
    )


def _ground(answer: Estimate) -> str:
    own = words_for(answer.method).assumes[-1]
    return (
        "It holds only if the lists count one fixed group, if each person on several lists was "
        f"recognised as one, if everybody could have been listed, and under this: {own}"
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
