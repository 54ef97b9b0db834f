"""Continuation sheets: what a form has no room for, each answer with its page, part and item."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from amparo.base.typeset import typeset
from amparo.filing.forms.answers import Answers
from amparo.filing.forms.filling.overflow import Remainder

__all__ = ["set_sheets"]

_WHOSE = ("applicant", "petitioner", "sponsor", "respondent")


def set_sheets(
    remainders: Sequence[Remainder], form: str, edition: str, answers: Answers
) -> bytes | None:
    """The sheets as a PDF; None when nothing is left to say."""
    if not remainders:
        return None
    whose = next((each for each in _WHOSE if f"{each}.name.family" in answers), _WHOSE[0])
    names = (f"{whose}.name.{part}" for part in ("family", "given", "middle"))
    said = [answers[name].text for name in names if name in answers]
    number = answers.get(f"{whose}.a_number")
    template = (resources.files(__package__) / "sheet.typ").read_text("utf-8")
    inputs = {
        "form": form,
        "edition": edition,
        "name": ", ".join([said[0], " ".join(said[1:])] if len(said) > 1 else said),
        "number": number.text if number else "",
        "answers": [
            {"place": _place(each), "text": each.text, "continued": each.continued}
            for each in remainders
        ],
    }
    return typeset(template, inputs=inputs)


def _place(remainder: Remainder) -> str:
    page = f"Page {remainder.page}" if remainder.page else ""
    return ", ".join(dict.fromkeys(word for word in (page, remainder.place) if word))
