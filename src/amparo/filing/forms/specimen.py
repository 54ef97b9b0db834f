"""Specimen answers: one for every question of a form, invented, no two texts alike.

They prove that a copy of a form fills and verifies completely, so that an exchanged field shows,
before anyone's own answers are trusted to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.reading import FormRead
from amparo.filing.forms.told import questions

__all__ = ["specimen_answers"]

_TYPICAL: Mapping[str, str] = {
    "date": "1990-02-28",
    "date_or_ds": "D/S",
    "date_or_na": "N/A",
    "month": "2020-03",
    "a_number": "A012345678",
    "ssn": "123-45-6789",
    "phone": "(202) 555-0123",
    "area_code": "202-555-0123",
    "local_number": "202-555-0123",
    "zip": "20001",
    "state": "MD",
    "compact": "A1",
}
_ROOMY = 99


def specimen_answers(form: FormRead) -> dict[str, dict[str, str]]:
    """An answer for every question of the form's map, as an answers file has them.

    A safe address is decided by the specimen; numbers tell one text from another.
    """
    fields = {field.key: field for field in form.fields}
    return {
        question["id"]: {
            "value": _specimen(question, [fields[key] for key in question["fields"]], number),
            **({"confirmed_by": "the specimen"} if question.get("never_automatic") else {}),
        }
        for number, question in enumerate(questions(form.fields, form.map))
    }


def _specimen(question: Mapping[str, Any], fields: list[Field], number: int) -> str:
    choices, kind = question["choices"], question["kind"]
    if choices:
        return str(choices[number % len(choices)])
    if kind == "list":
        return next(each.shown for each in reversed(fields[0].options) if each.shown.strip())
    room = min(field.max_length or _ROOMY for field in fields)
    if kind == "digits":
        return "7" * min(room, 9)
    return _TYPICAL.get(kind, f"{number} Ñї"[:room])
