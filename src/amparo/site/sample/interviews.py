"""The sample client's intake: conversations, answers with their passages, an attorney's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.extract.web.models import Pinpoint
from amparo.interviews.screening import load_screen, screened
from amparo.interviews.web.actions import (
    Said,
    finish_interview,
    judge_criterion,
    keep_answers,
    open_interview,
)
from amparo.interviews.web.queries import answers_of
from amparo.matters.web.models import Matter

__all__ = ["Passage", "hold_interviews", "said_in_sample"]

Passage = Callable[[str, str], Pinpoint | None]
"""The passage of a file of the sample, by its path, that has these words; None without one."""


def said_in_sample() -> Mapping[str, Any]:
    """What the sample's intake consists of, as it stands in its file."""
    found: Mapping[str, Any] = yaml.safe_load(
        (files("amparo.site.sample") / "intake.yaml").read_text("utf-8")
    )
    return found


@transaction.atomic
def hold_interviews(matter: Matter, *, paralegal: User, attorney: User, passage: Passage) -> None:
    """Go through the questionnaires as the sample's paralegal did; once for a matter."""
    if matter.interviews.exists():
        return
    said = said_in_sample()
    for held in said["interviews"]:
        facts = {key: held[key] for key in ("who", "others", "language", "way", "held_on")}
        interview = open_interview(matter, held["questionnaire"], acting_user=paralegal, **facts)
        answers = {
            question: Said(_values(value), _passage(question, said["passages"], passage))
            for question, value in held["answers"].items()
        }
        keep_answers(matter, answers, interview=interview, acting_user=paralegal)
        if held.get("finished"):
            finish_interview(interview, acting_user=paralegal)
    office = {question: Said(_values(v)) for question, v in said["office"]["answers"].items()}
    keep_answers(matter, office, who=said["office"]["who"], acting_user=attorney)
    for word in said["judgements"]:
        _judge(matter, word, timezone.localdate(), attorney)


def _judge(matter: Matter, word: Mapping[str, Any], today: date, attorney: User) -> None:
    screen, answers = load_screen(word["screen"]), answers_of(matter)
    findings = {each.criterion.id: each for each in screened(screen, answers, today)}
    judge_criterion(
        matter,
        screen,
        findings[word["criterion"]],
        word["verdict"],
        word["reason"],
        answers=answers,
        acting_user=attorney,
    )


def _values(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (str(value),)


def _passage(question: str, passages: Mapping[str, Any], passage: Passage) -> Pinpoint | None:
    place = passages.get(question)
    return passage(place["at"], place["quote"]) if place else None
