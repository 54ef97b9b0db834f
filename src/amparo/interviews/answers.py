"""Answers: what was said to each question, and where it comes from.

A question's id is a word of the vocabulary that official forms ask in (``applicant.name.family``,
``children.2.birth.date``); the members of a list count from 1. An answer is one text or several
(several ticks); truths are "yes" and "no", dates are EDTF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "QUESTION_ID",
    "Answer",
    "Answers",
    "Passage",
    "Source",
    "is_apart",
    "key_of",
    "members_of",
]

QUESTION_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
APART = "safe"
"""The first word of what is kept apart: safe addresses and safe ways to make contact."""


UNKNOWN = "unknown"
"""The answer of someone who was asked and does not know; it is no fact, and no form is filled with
it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a file: its pinpoint and item (ids), the file's name, page from 1 (None when the
    file has none), and the words themselves."""

    pinpoint: str
    item: str
    name: str
    page: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from.

    ``who`` said it and ``when`` (EDTF, "" when nobody wrote that down), in which ``questionnaire``
    and in what ``way``; ``kept_by`` wrote it down at ``kept_at`` (ISO 8601). ``passage`` is where a
    document says so.
    """

    who: str = ""
    when: str = ""
    questionnaire: str = ""
    way: str = ""
    kept_by: str = ""
    kept_at: str = ""
    passage: Passage | None = None

    def as_data(self) -> dict[str, Any]:
        """What stands beside a field that shows the answer; without what is not known."""
        told: dict[str, Any] = {
            "who": self.who,
            "when": self.when,
            "questionnaire": self.questionnaire,
            "way": self.way,
            "kept_by": self.kept_by,
            "kept_at": self.kept_at,
        }
        if self.passage:
            told |= {
                "pinpoint": self.passage.pinpoint,
                "item": self.passage.item,
                "name": self.passage.name,
                "page": self.passage.page,
                "quote": self.passage.quote,
            }
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its source. ``follows`` names the questions whose answers it follows from,
    when nobody said it in so many words; its source is then theirs."""

    question: str
    values: tuple[str, ...]
    source: Source | None = None
    follows: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The answer in words."""
        return ", ".join(self.values)

    @property
    def is_unknown(self) -> bool:
        """Whether the person was asked and does not know."""
        return self.values == (UNKNOWN,)

    def as_data(self) -> dict[str, Any]:
        """As an answers file of official forms takes it: ``{"value": …, "source": …}``."""
        told: dict[str, Any] = {
            "value": list(self.values) if len(self.values) > 1 else self.values[0]
        }
        if self.source:
            told["source"] = self.source.as_data()
        return told


Answers = Mapping[str, Answer]


def is_apart(question: str) -> bool:
    """Whether an answer is for the team alone: no form and no derived answer ever takes it."""
    return question.split(".")[0] == APART


def key_of(question: str) -> str:
    """A question's id without the numbers of members: ``children.2.sex`` is ``children.#.sex``."""
    return ".".join("#" if part.isdigit() else part for part in question.split("."))


def members_of(answers: Answers, stem: str) -> tuple[int, ...]:
    """The numbers under which a list has any answer, in order."""
    start = f"{stem}."
    found = {
        int(number)
        for question in answers
        if question.startswith(start) and (number := question[len(start) :].split(".")[0]).isdigit()
    }
    return tuple(sorted(found))
