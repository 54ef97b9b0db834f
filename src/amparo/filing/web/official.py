"""What the pages about official forms show: questions with their answers, fields with their source.

Reads only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.filing.forms.agencies import address_of, agency_of
from amparo.filing.forms.maps import FormMap, known, load
from amparo.filing.web.answers import answers_told
from amparo.filing.web.models import OfficialForm, PreparedForm
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter

__all__ = [
    "FieldLine",
    "FieldPage",
    "Question",
    "QuestionPage",
    "ReadyForm",
    "field_pages",
    "form_for",
    "forms_of",
    "prepared_for",
    "question_pages",
    "ready_forms",
]

_ATTENTION = ("refused", "elsewhere", "left")
_QUIET_LEFT = ("The barcode", "A button", "Left for a person: agency", "Left for a person: a ")


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


@dataclass(frozen=True, slots=True)
class ReadyForm:
    """A form that is mapped: how many of its questions the matter answers, and where it is got.

    ``page`` is the agency's page of forms, "" when none is known; ``can_be_fetched``: it has an
    address that the program may call when that is allowed.
    """

    name: str
    edition: str
    title: str
    answered: int
    asked: int
    page: str
    can_be_fetched: bool


def ready_forms(matter: Matter) -> list[ReadyForm]:
    """The newest edition of each mapped form that the matter's answers begin to fill."""
    answers = answers_told(matter).keys()
    newest = {name: file for (name, _), file in sorted(known().items())}
    brought = {name.upper() for name in matter.official_forms.values_list("name", flat=True)}
    found = [_ready(load(file), answers) for name, file in newest.items() if name not in brought]
    begun = [each for each in found if each.answered]
    return sorted(begun, key=lambda each: (-each.answered / each.asked, each.name))


def _ready(made: FormMap, answers: Collection[str]) -> ReadyForm:
    asked = {
        question
        for field in made.fields.values()
        for question in field.questions
        if not field.hand and ".additional." not in question
    }
    agency = agency_of(made.form)
    return ReadyForm(
        made.form,
        made.edition,
        made.title,
        len(asked.intersection(answers)),
        len(asked),
        agency.page if agency else "",
        bool(address_of(made.form)),
    )


def forms_of(matter: Matter) -> QuerySet[OfficialForm]:
    """The blank forms of a matter with what was made of them, the newest first."""
    return matter.official_forms.select_related("made_by").prefetch_related("prepared")


def form_for(user: User, pk: UUID) -> OfficialForm:
    """A form of a matter that ``user`` may see; not found otherwise."""
    rows = OfficialForm.objects.filter(matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("matter", "blank"), pk=pk)


def prepared_for(user: User, pk: UUID) -> PreparedForm:
    """A filled form of a matter that ``user`` may see; not found otherwise."""
    rows = PreparedForm.objects.filter(form__matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("form__matter", "object", "by"), pk=pk)


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


def _question(
    told: Mapping[str, Any], answer: Mapping[str, Any], long: set[str], decided: set[Any]
) -> Question:
    value = answer.get("value", ())
    source = answer.get("source", {})
    pinpoint = source.get("pinpoint")
    return Question(
        id=told["id"],
        says=told["says"],
        place=_place(told["item"]),
        kind=told["kind"],
        choices=tuple(dict.fromkeys(told["choices"])),
        values=(value,) if isinstance(value, str) else tuple(value),
        pinpoint_id=UUID(pinpoint) if pinpoint else None,
        decided=(told["id"],) in decided,
        never_automatic=bool(told.get("never_automatic")),
        long=any(field in long for field in told["fields"]),
        source=source,
    )


def _line(told: Mapping[str, Any]) -> FieldLine:
    drawn = told["drawn"]
    return FieldLine(
        question=", ".join(told["question"]) or told["field"],
        place=_place(told["item"]),
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


def _place(item: str) -> str:
    """``2:5.b`` as people read it."""
    part, _, number = item.partition(":")
    return " · ".join(each for each in (part, number) if each)
