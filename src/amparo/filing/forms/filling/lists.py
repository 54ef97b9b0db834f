"""Lists that are longer than a form's rows: a fifth child, a sixth address.

Each further member is written whole where there is room, in the form's own way of writing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amparo.filing.forms.answers import Answer, Answers
from amparo.filing.forms.answers.formats import NotAsAsked, WrongAnswer, write
from amparo.filing.forms.filling.overflow import Remainder
from amparo.filing.forms.maps import Asked

__all__ = ["beyond"]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The last row that a form has for a list: its number, page and item."""

    last: int
    page: int
    item: str


def beyond(
    asked: Mapping[str, Asked], answers: Answers, first_only: Sequence[str]
) -> tuple[list[Remainder], tuple[str, ...]]:
    """Members for which the form has no more rows, and sentences about those that cannot be true.

    Lists of ``first_only`` are asked for their first member alone and have none.
    """
    rows, kinds = _rows(asked)
    found: dict[tuple[str, int], list[str]] = {}
    for question in answers:
        stem, number, _ = _numbered(question)
        if stem in rows and stem not in first_only and number > rows[stem].last:
            found.setdefault((stem, number), []).append(question)
    remainders, refused = [], []
    for (stem, number), questions in sorted(found.items()):
        lines = []
        for question in questions:
            kind = kinds.get((stem, _numbered(question)[2]), "text")
            try:
                lines.append(f"{_member(question)}: {_written(kind, answers[question])}")
            except WrongAnswer as error:
                refused.append(f"{question}: {error}")
        title = f"{stem.rpartition('.')[2].replace('_', ' ').capitalize()}, number {number}"
        text = "\n".join([title, *lines])
        row = rows[stem]
        remainders.append(Remainder("", row.page, row.item, text, tuple(questions)))
    return remainders, tuple(refused)


def _rows(
    asked: Mapping[str, Asked],
) -> tuple[dict[str, _Rows], dict[tuple[str, str], str]]:
    """The last row of each list, and how each column of a list is written."""
    rows: dict[str, _Rows] = {}
    kinds: dict[tuple[str, str], str] = {}
    for key, each in asked.items():
        for question in each.questions:
            stem, number, member = _numbered(question)
            if not number:
                continue
            kinds.setdefault((stem, member), "text" if each.tick else each.format)
            if stem not in rows or number > rows[stem].last:
                page = key.partition(":")[0]
                rows[stem] = _Rows(number, int(page) if page.isdigit() else 0, each.item)
    return rows, kinds


def _written(kind: str, answer: Answer) -> str:
    """An answer as a field of its kind would show it; in words where no field could."""
    try:
        return ", ".join(write(kind, value) for value in answer.values)
    except NotAsAsked as error:
        return error.words


def _member(question: str) -> str:
    """What a question of a list's member asks, in words."""
    return _numbered(question)[2].replace(".", ", ").replace("_", " ")


def _numbered(question: str) -> tuple[str, int, str]:
    """The list, the number of the member, and what is asked of it; 0 where there is no list."""
    parts = question.split(".")
    for index, part in enumerate(parts):
        if part.isdigit() and index:
            return ".".join(parts[:index]), int(part), ".".join(parts[index + 1 :])
    return question, 0, ""
