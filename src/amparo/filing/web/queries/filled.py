"""The fields of a filled form, page by page: what each shows, and what that rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amparo.filing.web.models import PreparedForm
from amparo.filing.web.queries.questions import place_of

__all__ = ["FieldLine", "FieldPage", "field_pages"]

_ATTENTION = ("refused", "elsewhere", "left")
_QUIET_LEFT = ("The barcode", "A button", "Left for a person: agency", "Left for a person: a ")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a filled form: what it shows, where its answer comes from, what is to do."""

    question: str
    place: str
    status: str
    answer: str
    drawn: str
    overflow: str
    says: str
    failed: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...]

    @property
    def needs_a_person(self) -> bool:
        """Whether someone must look at it."""
        return bool(self.failed) or self.status in _ATTENTION

    @property
    def passages(self) -> tuple[Mapping[str, Any], ...]:
        """The passages of files that say so."""
        return tuple(each for each in self.sources if each.get("item"))

    @property
    def tellers(self) -> tuple[Mapping[str, Any], ...]:
        """Who said so, or what it follows from, where no passage says so."""
        return tuple(each for each in self.sources if not each.get("item"))

    @property
    def rests_on_nothing(self) -> bool:
        """Whether it shows an answer for which no passage was named."""
        return bool(self.answer) and not self.passages


@dataclass(frozen=True, slots=True)
class FieldPage:
    """The fields of one page that show something or need a person."""

    number: int
    lines: tuple[FieldLine, ...]


def field_pages(prepared: PreparedForm) -> list[FieldPage]:
    """What each page of a filled form shows, field by field, in the order of its items."""
    shown = [told for told in prepared.facts["fields"] if _is_shown(told)]
    pages: dict[int, list[FieldLine]] = {}
    for told in sorted(shown, key=lambda told: _order(told["item"])):
        pages.setdefault(told["page"], []).append(_line(told))
    return [FieldPage(number, tuple(lines)) for number, lines in sorted(pages.items())]


def _order(item: str) -> tuple[bool, list[tuple[int, str]]]:
    """``2:5.b`` before ``2:10``; what has no item comes last."""
    parts = re.findall(r"\d+|[^\W\d_]+", item)
    return not item, [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def _line(told: Mapping[str, Any]) -> FieldLine:
    drawn = told["drawn"]
    return FieldLine(
        question=", ".join(told["question"]) or told["field"],
        place=place_of(told["item"]),
        status=told["status"],
        answer=told["answer"] or "",
        drawn=drawn if isinstance(drawn, str) else "",
        overflow=told["overflow"] or "",
        says=told["says"],
        failed=tuple(told["failed"]),
        sources=tuple(_sources(told["source"])),
    )


def _sources(found: list[Any]) -> Iterator[Mapping[str, Any]]:
    for source in found:
        if isinstance(source, dict) and any(source.values()):
            yield source


def _is_shown(told: Mapping[str, Any]) -> bool:
    if told["status"] == "left":
        return not told["says"].startswith(_QUIET_LEFT)
    return told["status"] not in ("empty", "unticked") or bool(told["failed"])
