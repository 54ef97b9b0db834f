"""The official forms of a matter, those that are ready to be filled, and one by its address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.filing.forms.blank.agencies import address_of, agency_of
from amparo.filing.forms.maps import FormMap, known, load
from amparo.filing.web.models import OfficialForm, PreparedForm
from amparo.filing.web.queries.answers import answers_told
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter

__all__ = ["ReadyForm", "form_for", "forms_of", "prepared_for", "ready_forms"]


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
