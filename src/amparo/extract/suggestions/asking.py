"""Asking a worker what the text of an item may name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Limits
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from amparo.extract.suggestions import Certainty, Kind, Suggestion

__all__ = ["MOST_CHARACTERS", "Met", "suggest"]

MOST_CHARACTERS = 4_000_000
_LIMITS = Limits(seconds=300, cpu_seconds=300)
_CALL = "amparo.extract.suggestions.looking:look"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Met:
    """A suggestion, the page of its first passage, and how often it was met."""

    suggestion: Suggestion
    page: int
    count: int


def suggest(room: Sandbox, pages: Sequence[tuple[int, str]]) -> tuple[Met, ...]:
    """What ``(number, text)`` pages may name; UnreadableFile says why it could not be looked at.

    Of a very long text only the first ``MOST_CHARACTERS`` are looked through.
    """
    reception = Reception(_LIMITS)
    given = json.dumps({"pages": list(_within(pages))}).encode()
    room.run(_CALL, given, name="pages.json", reception=reception)
    reading = reception.reading()
    made = [child.data for child in reading.children if isinstance(child.data, bytes)]
    if reading.status == "failed" or not made:
        raise UnreadableFile(reading.reason or "It could not be looked through.")
    lengths = {number: len(text) for number, text in pages}
    return tuple(met for row in json.loads(made[0]) if (met := _met(row, lengths)))


def _within(pages: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    left = MOST_CHARACTERS
    kept = []
    for number, text in pages:
        if left <= 0:
            break
        kept.append((number, text[:left]))
        left -= len(text)
    return kept


def _met(row: Any, lengths: dict[int, int]) -> Met | None:
    """A row that a worker sent as a value; None for one that cannot be."""
    try:
        page, start, end, count = (int(row[key]) for key in ("page", "start", "end", "count"))
        words = {key: str(row[key])[:_LONGEST] for key in ("value", "why", "tool", "tool_version")}
        kind, certainty = row["kind"], row["certainty"]
    except (KeyError, TypeError, ValueError):
        return None
    if kind not in get_args(Kind) or certainty not in get_args(Certainty):
        return None
    if not (0 <= start < end <= lengths.get(page, 0) and count > 0 and words["value"].strip()):
        return None
    made = Suggestion(kind=kind, start=start, end=end, certainty=certainty, **words)
    return Met(made, page, count)
