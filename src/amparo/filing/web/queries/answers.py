"""The matter's one set of answers, as official forms take it: each answer with what it rests on.

Answers are those of ``interviews``, what follows from them included. What no form may fill in by
itself, a safe address, is kept here, and only with the name of the person who decided it.
"""

from __future__ import annotations

from typing import Any

from amparo.filing.web.models import FormAnswer
from amparo.interviews.answers import Answer
from amparo.interviews.web.queries import answers_of
from amparo.matters.web.models import Matter

__all__ = ["answers_told"]


def answers_told(matter: Matter) -> dict[str, dict[str, Any]]:
    """Each question with its answer as an answers file has it: value, source, confirmed_by."""
    told = {question: _said(answer) for question, answer in answers_of(matter).items()}
    rows = matter.form_answers.select_related("pinpoint__item", "decided_by")
    return told | {row.question: _decided(row) for row in rows}


def _said(answer: Answer) -> dict[str, Any]:
    told = answer.as_data()
    if answer.follows:
        told["source"] = {**told.get("source", {}), "follows": list(answer.follows)}
    return told


def _decided(row: FormAnswer) -> dict[str, Any]:
    told: dict[str, Any] = {"value": row.values if len(row.values) > 1 else row.values[0]}
    told["source"] = {"kept_by": str(row.changed_by), "kept_at": row.changed_at.isoformat()}
    if row.pinpoint:
        told["source"] |= {
            "pinpoint": str(row.pinpoint_id),
            "item": str(row.pinpoint.item_id),
            "name": str(row.pinpoint.item),
            "page": row.pinpoint.page,
            "quote": row.pinpoint.quote[:300],
        }
    if row.decided_by:
        told["confirmed_by"] = str(row.decided_by)
    return told
