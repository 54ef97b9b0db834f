"""Reads of interviews: the answers of a matter, each with its source, and what was said before."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.extract.web.models import Pinpoint
from amparo.interviews.answers import Answer, Passage, Source, is_apart
from amparo.interviews.asking import standing
from amparo.interviews.deriving import derived
from amparo.interviews.loading import load_all
from amparo.interviews.web.models import GivenAnswer, Interview
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter

__all__ = [
    "answers_of",
    "given_answers",
    "history_of",
    "interview_for",
    "interviews_of",
    "latest_of",
    "rows_of",
    "said_otherwise",
]


def answers_of(matter: Matter) -> dict[str, Answer]:
    """The answers that forms may use: question id to answer, what follows from answers included.

    Safe addresses and safe ways to make contact are not among them, for no form is ever filled with
    them; nor is what the person does not know, nor answers to what is certainly not asked any more
    (the story of a "yes" that became a "no"). Each answer has ``values`` (texts; several for
    several ticks), ``source`` (who said it, when, from which questionnaire, or the passage) and
    ``follows`` (the questions it rests on when nobody said it in so many words); ``as_data()`` is
    the shape of an answers file.
    """
    today = timezone.localdate()
    given = standing(load_all(), given_answers(matter), today)
    usable = {q: each for q, each in given.items() if not is_apart(q) and not each.is_unknown}
    return derived(usable, today)


def given_answers(matter: Matter) -> dict[str, Answer]:
    """What was said, what is kept apart included: for the team's own pages."""
    return latest_of(rows_of(matter))


def latest_of(rows: Iterable[GivenAnswer]) -> dict[str, Answer]:
    """Of answers in order, the latest to each question that was not taken back."""
    current = {row.question: row for row in rows}
    return {q: _answer(row) for q, row in sorted(current.items()) if row.values}


def rows_of(matter: Matter) -> QuerySet[GivenAnswer]:
    """All that was ever answered in a matter, in order."""
    rows = GivenAnswer.objects.filter(matter=matter)
    return rows.select_related("interview", "pinpoint__item", "kept_by").order_by("pk")


def history_of(matter: Matter, question: str) -> list[GivenAnswer]:
    """What was answered to one question, the latest first."""
    return list(rows_of(matter).filter(question=question).order_by("-pk"))


def said_otherwise(rows: Iterable[GivenAnswer]) -> dict[str, list[GivenAnswer]]:
    """Questions to which different answers were given, and never taken back: the rows with an
    answer other than the latest, the first of each kind."""
    said: dict[str, list[GivenAnswer]] = {}
    for row in rows:
        if not row.values:
            said.pop(row.question, None)
            continue
        said.setdefault(row.question, []).append(row)
    found = {}
    for question, given in said.items():
        others = {tuple(each.values): each for each in reversed(given)}
        others.pop(tuple(given[-1].values))
        if others:
            found[question] = sorted(others.values(), key=lambda each: each.pk)
    return found


def interviews_of(matter: Matter) -> QuerySet[Interview]:
    """The interviews of a matter, the latest first."""
    return Interview.objects.filter(matter=matter).select_related("made_by")


def interview_for(user: User, pk: UUID) -> Interview:
    """An interview of a matter that ``user`` may see; not found otherwise."""
    rows = Interview.objects.filter(matter__in=visible_matters(user))
    found: Interview = get_object_or_404(rows.select_related("matter"), pk=pk)
    return found


def _answer(row: GivenAnswer) -> Answer:
    interview = row.interview
    return Answer(
        question=row.question,
        values=tuple(row.values),
        source=Source(
            who=row.who,
            when=row.said_on,
            questionnaire=interview.questionnaire if interview else "",
            way=interview.way if interview else "",
            kept_by=str(row.kept_by),
            kept_at=row.kept_at.isoformat(),
            passage=_passage(row.pinpoint) if row.pinpoint else None,
        ),
    )


def _passage(pinpoint: Pinpoint) -> Passage:
    return Passage(
        pinpoint=str(pinpoint.pk),
        item=str(pinpoint.item_id),
        name=str(pinpoint.item),
        page=pinpoint.page,
        quote=pinpoint.quote[:300],
    )
