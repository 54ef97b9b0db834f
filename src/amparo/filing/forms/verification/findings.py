"""What a check found, and the report of all checks over a filled form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["CHECKS", "Check", "Finding", "Report", "shortened"]

Check = Literal[
    "opens",
    "freed",
    "value",
    "appearance",
    "ink",
    "elsewhere",
    "label",
    "text",
    "barcode",
    "sheet",
]

CHECKS: dict[Check, str] = {
    "opens": "The file opens again and has the pages of the blank, and our sheets behind them.",
    "freed": "Nothing is left in it that hides or redraws the fields: XFA, usage rights, flags.",
    "value": "Each field has the value that was meant, and every other field the blank's.",
    "appearance": "Each filled field has an appearance of its own, each ticked box its tick.",
    "ink": "Each page as drawn shows ink inside each filled field.",
    "elsewhere": "Nothing else on the page differs from the blank as drawn.",
    "label": "Each ticked box stands beside the words that were meant.",
    "text": "The text read back from the page as drawn is the text that was meant.",
    "barcode": "Each barcode is the blank's, bit for bit, in the file and as drawn.",
    "sheet": "Each continuation sheet shows all of what it continues.",
}
"""Every check, and what holds when it passes."""

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be; ``field`` is a field's key, "" for the whole file."""

    check: Check
    field: str
    page: int
    got: str
    expected: str


@dataclass(frozen=True, slots=True)
class Report:
    """How many comparisons each check made, and what was found."""

    compared: dict[str, int]
    findings: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all checks passed."""
        return not self.findings

    def failed(self, key: str) -> tuple[str, ...]:
        """The checks that a field failed."""
        return tuple(each.check for each in self.findings if each.field == key)


class Comparing:
    """Counts comparisons and keeps what did not hold."""

    def __init__(self) -> None:
        self.compared: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def expect(
        self, check: Check, holds: bool, where: tuple[str, int], got: object, expected: object
    ) -> None:
        """Note one comparison; ``where`` is a field's key and page."""
        self.compared[check] += 1
        if not holds:
            key, page = where
            self.findings.append(Finding(check, key, page, shortened(got), shortened(expected)))

    def report(self) -> Report:
        """All of it as a value."""
        return Report(dict(self.compared), tuple(self.findings))


def shortened(value: object) -> str:
    """A value in a line of a report."""
    text = " ".join(str(value).split()) if not isinstance(value, Iterable) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
