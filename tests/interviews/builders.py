"""Answers made the short way."""

from __future__ import annotations

from amparo.interviews.answers import Answer, Source

__all__ = ["said"]


def said(**answers: str | tuple[str, ...]) -> dict[str, Answer]:
    """``said(applicant__sex="female")``: two underscores are a point."""
    found = {}
    for name, value in answers.items():
        question = name.replace("__", ".")
        values = value if isinstance(value, tuple) else (value,)
        found[question] = Answer(question, values, Source(who="Amal"))
    return found
