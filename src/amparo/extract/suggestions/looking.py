"""All tools over the pages of an item, inside a worker; the result comes back as one JSON child.

``look`` runs by ``Sandbox.run`` over ``{"pages": [[number, text], …]}``. A value that stands in
several places is one suggestion, with its first passage and how often it was met; ``limits`` hold
for the whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

from amparo.extract.reading import Child, Limits, Reading
from amparo.extract.suggestions import days, identity, people, phones, places
from amparo.extract.suggestions.values import Suggestion

__all__ = ["MOST", "gather", "look"]

MOST = 400
"""How many suggestions an item has at most, the surest and most frequent first."""

_TOOLS: tuple[Callable[[str], Iterator[Suggestion]], ...] = (
    phones.find, identity.find, days.find, places.find, people.find,
)  # fmt: skip
_ORDER = {"likely": 0, "unsure": 1}


def look(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Look through pages given as JSON; the reading's one child is a list of suggestions."""
    pages = json.load(file)["pages"]
    found = json.dumps(gather(pages), ensure_ascii=False).encode()
    return Reading(
        children=[Child("suggestions.json", found, "application/json")], tool="amparo suggestions"
    )


def gather(pages: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
    """Give suggestions as JSON objects: those of ``Suggestion``, ``page`` and ``count``."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for number, text in pages:
        for each in _on_page(text):
            known = found.get((each.kind, each.value.casefold()))
            if known is None:
                row = {**asdict(each), "page": number, "count": 1}
                found[each.kind, each.value.casefold()] = row
            else:
                known["count"] += 1
                if _ORDER[each.certainty] < _ORDER[known["certainty"]]:
                    known.update({**asdict(each), "page": number})
    return sorted(found.values(), key=_rank)[:MOST]


def _on_page(text: str) -> Iterator[Suggestion]:
    """What stands on a page; a name that is a place, or holds a date, is not a person too."""
    taken: list[tuple[int, int]] = []
    for tool in _TOOLS:
        new = [
            each
            for each in tool(text)
            if not any(each.start < end and each.end > start for start, end in taken)
        ]
        yield from new
        taken += [(each.start, each.end) for each in new]


def _rank(row: Mapping[str, Any]) -> tuple[int, int, int]:
    return _ORDER[row["certainty"]], -row["count"], row["page"]
