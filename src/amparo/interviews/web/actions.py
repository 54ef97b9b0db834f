"""The only writers of interviews, answers and judgements, each with its line in the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.extract.web.models import Pinpoint
from amparo.interviews.answers import QUESTION_ID, Answers
from amparo.interviews.loading import load
from amparo.interviews.screening import Finding, Screen, Verdict
from amparo.interviews.web.models import GivenAnswer, Interview, Judgement
from amparo.interviews.web.queries import rows_of
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.models import Matter

__all__ = [
    "Said",
    "finish_interview",
    "judge_criterion",
    "keep_answers",
    "note_paper",
    "open_interview",
]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as someone gives it: its texts (none: it is taken back) and where a document says
    so."""

    values: tuple[str, ...]
    pinpoint: Pinpoint | None = None


@transaction.atomic
def open_interview(
    matter: Matter,
    questionnaire: str,
    *,
    who: str,
    acting_user: User,
    language: str = "en",
    others: str = "",
    way: str = Interview.Way.SCREEN,
    held_on: str = "",
) -> Interview:
    """Begin to go through a questionnaire with someone. ``held_on`` is EDTF."""
    require_knowing(acting_user, Verb.EDIT, matter)
    asked = load(questionnaire)
    if not who.strip():
        raise UsageError("Say who answers.")
    made = Interview.objects.create(
        matter=matter,
        questionnaire=asked.id,
        version=asked.version,
        language=language,
        who=who.strip(),
        others=others.strip(),
        way=Interview.Way(way),
        held_on=dates.parse(held_on).text if held_on else "",
        made_by=acting_user,
        made_at=timezone.now(),
    )
    audit("begin interview", acting_user=acting_user, subject=made, matter_id=matter.pk)
    return made


@transaction.atomic
def keep_answers(
    matter: Matter,
    said: Mapping[str, Said],
    *,
    acting_user: User,
    interview: Interview | None = None,
    who: str = "",
) -> int:
    """Write down the answers that are new or changed; gives how many.

    What was answered before stays written. ``who`` said it; in an interview that is known.
    """
    require_knowing(acting_user, Verb.EDIT, matter)
    if interview and interview.matter_id != matter.pk:
        raise UsageError("That interview belongs to another matter.")
    for question, answer in said.items():
        _check(matter, question, answer)
    latest = {row.question: row for row in rows_of(matter)}
    now = timezone.now()
    made = [
        GivenAnswer(
            matter=matter,
            question=question,
            values=list(answer.values),
            interview=interview,
            who=interview.who if interview else who.strip(),
            said_on=interview.held_on if interview else "",
            pinpoint=answer.pinpoint,
            kept_by=acting_user,
            kept_at=now,
        )
        for question, answer in said.items()
        if _is_new(answer, latest.get(question))
    ]
    if made:
        GivenAnswer.objects.bulk_create(made)
        audit("keep answers", acting_user=acting_user, subject=interview, matter_id=matter.pk)
    return len(made)


@transaction.atomic
def finish_interview(interview: Interview, *, acting_user: User) -> None:
    """Say that the questionnaire was gone through to its end."""
    require_knowing(acting_user, Verb.EDIT, interview)
    if interview.finished_at is None:
        interview.finished_at = timezone.now()
        interview.save(update_fields=["finished_at"])
        audit(
            "finish interview",
            acting_user=acting_user,
            subject=interview,
            matter_id=interview.matter_id,
        )


@transaction.atomic
def judge_criterion(
    matter: Matter,
    screen: Screen,
    finding: Finding,
    verdict: Verdict | Literal[""],
    reason: str,
    *,
    answers: Answers,
    acting_user: User,
) -> Judgement:
    """An attorney's word over what the answers say, with its reason; "" takes the last one back."""
    require_knowing(acting_user, Verb.REVIEW, matter)
    if verdict not in ("", "met", "not met", "not known"):
        raise UsageError("A criterion is met, not met or not known.")
    if not reason.strip():
        raise UsageError("A judgement is not kept without its reason.", next_step="Say why.")
    made = Judgement.objects.create(
        matter=matter,
        screen=screen.id,
        criterion=finding.criterion.id,
        verdict=verdict,
        reason=reason.strip(),
        computed=finding.verdict,
        basis={q: list(answers[q].values) for q in finding.rests_on},
        by=acting_user,
        at=timezone.now(),
    )
    audit(
        "judge a criterion",
        acting_user=acting_user,
        subject=made,
        matter_id=matter.pk,
        criterion=f"{screen.id}.{finding.criterion.id}",
        verdict=verdict,
    )
    return made


def note_paper(matter: Matter, questionnaire: str, *, filled: bool, acting_user: User) -> None:
    """Write down that a questionnaire was printed; ``filled``: with the answers of the matter."""
    require_knowing(acting_user, Verb.EXPORT if filled else Verb.VIEW, matter)
    audit(
        "print questionnaire",
        acting_user=acting_user,
        matter_id=matter.pk,
        questionnaire=questionnaire,
        filled=filled,
    )


def _is_new(answer: Said, before: GivenAnswer | None) -> bool:
    """Whether it says something else than what was answered last, or rests on something else."""
    pinpoint_id = answer.pinpoint.pk if answer.pinpoint else None
    last = [before.values, before.pinpoint_id] if before else [[], None]
    return last != [list(answer.values), pinpoint_id]


def _check(matter: Matter, question: str, answer: Said) -> None:
    if not QUESTION_ID.fullmatch(question) or len(question) > 200:
        raise UsageError(f"{question!r} is not a question's name.")
    if any(not value.strip() for value in answer.values):
        raise UsageError("An answer is not blank.")
    if answer.pinpoint and answer.pinpoint.item.matter_id != matter.pk:
        raise UsageError("That passage is of another matter.")
