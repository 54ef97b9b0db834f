"""Screens as pages show them: what is computed, and an attorney's word over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amparo.interviews.answers import Answers
from amparo.interviews.screening import NAMES, Finding, Screen, load_screen, screened
from amparo.interviews.web.models import Judgement
from amparo.interviews.web.pages import AnswerLine, answer_lines, question_words
from amparo.interviews.web.queries import answers_of
from amparo.interviews.wording import wording
from amparo.matters.web.models import Matter

__all__ = ["CriterionLine", "Summary", "criterion_lines", "judgements_of", "summaries"]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion: its words, what the answers say, on which it rests, what was not answered, and
    the attorney's word. ``moved``: the answers have changed since that word."""

    finding: Finding
    says: str
    rests_on: list[AnswerLine]
    missing: list[tuple[str, str]]
    judgement: Judgement | None
    moved: bool

    @property
    def verdict(self) -> str:
        """What counts: the attorney's word where there is one."""
        return self.judgement.verdict if self.judgement else self.finding.verdict


@dataclass(frozen=True, slots=True)
class Summary:
    """A screen in a list: its title and how many criteria have which verdict."""

    id: str
    title: str
    about: str
    met: int
    not_met: int
    not_known: int


def summaries(matter: Matter, today: date, language: str) -> list[Summary]:
    """Every screen with its count of verdicts."""
    words, answers = wording(language), answers_of(matter)
    found = []
    for name in NAMES:
        lines = criterion_lines(load_screen(name), matter, answers, today, language)
        verdicts = [line.verdict for line in lines]
        counts = (verdicts.count(each) for each in ("met", "not met", "not known"))
        said = words.screens[name]
        found.append(Summary(name, said["title"], said["about"], *counts))
    return found


def criterion_lines(
    screen: Screen, matter: Matter, answers: Answers, today: date, language: str
) -> list[CriterionLine]:
    """The criteria of a screen, in order."""
    judged = judgements_of(matter, screen)
    return [
        _line(each, screen, answers, judged.get(each.criterion.id), language)
        for each in screened(screen, answers, today)
    ]


def judgements_of(matter: Matter, screen: Screen) -> dict[str, Judgement]:
    """The attorney's latest word on each criterion; none where it was taken back."""
    rows = Judgement.objects.filter(matter=matter, screen=screen.id).select_related("by")
    latest = {row.criterion: row for row in rows.order_by("pk")}
    return {criterion: row for criterion, row in latest.items() if row.verdict}


def _line(
    finding: Finding, screen: Screen, answers: Answers, judged: Judgement | None, language: str
) -> CriterionLine:
    return CriterionLine(
        finding=finding,
        says=wording(language).criteria[f"{screen.id}.{finding.criterion.id}"],
        rests_on=answer_lines({q: answers[q] for q in finding.rests_on}, language),
        missing=[(q, question_words(q, language)) for q in finding.missing],
        judgement=judged,
        moved=judged is not None
        and judged.basis != {q: list(answers[q].values) for q in finding.rests_on},
    )
