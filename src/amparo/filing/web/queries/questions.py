"""The questions of an official form, page by page, each with the matter's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from amparo.filing.web.models import OfficialForm
from amparo.filing.web.queries.answers import answers_told

__all__ = ["Question", "QuestionPage", "place_of", "question_pages"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form as its page asks it, with the matter's answer."""

    id: str
    says: str
    place: str
    kind: str
    choices: tuple[str, ...]
    values: tuple[str, ...]
    pinpoint_id: UUID | None
    decided: bool
    never_automatic: bool
    long: bool
    source: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The answer in one text."""
        return ", ".join(self.values)

    @property
    def anchor(self) -> str:
        """An id for its input."""
        return self.id.replace(".", "-")

    @property
    def is_known(self) -> bool:
        """Whether it is known who said it, or what it follows from."""
        return any(self.source.get(each) for each in ("who", "follows", "kept_by"))


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The questions that stand on one page of the form."""

    number: int
    questions: tuple[Question, ...]

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return sum(bool(question.values) for question in self.questions)


def question_pages(form: OfficialForm) -> list[QuestionPage]:
    """The questions of a form, page by page, with the answers of its matter."""
    answers = answers_told(form.matter)
    decided = set(form.matter.form_answers.exclude(decided_by=None).values_list("question"))
    long = {field["field"] for field in form.read["fields"] if field.get("multiline")}
    pages: dict[int, list[Question]] = {}
    for question in form.read["questions"]:
        pages.setdefault(question["page"], []).append(
            _question(question, answers.get(question["id"], {}), long, decided)
        )
    return [QuestionPage(number, tuple(found)) for number, found in sorted(pages.items())]


def _question(
    told: Mapping[str, Any], answer: Mapping[str, Any], long: set[str], decided: set[Any]
) -> Question:
    value = answer.get("value", ())
    source = answer.get("source", {})
    pinpoint = source.get("pinpoint")
    return Question(
        id=told["id"],
        says=told["says"],
        place=place_of(told["item"]),
        kind=told["kind"],
        choices=tuple(dict.fromkeys(told["choices"])),
        values=(value,) if isinstance(value, str) else tuple(value),
        pinpoint_id=UUID(pinpoint) if pinpoint else None,
        decided=(told["id"],) in decided,
        never_automatic=bool(told.get("never_automatic")),
        long=any(field in long for field in told["fields"]),
        source=source,
    )


def place_of(item: str) -> str:
    """``2:5.b`` as people read it."""
    part, _, number = item.partition(":")
    return " · ".join(each for each in (part, number) if each)
