"""What was found and done, as plain data for the command line, pages and the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.blank.tooltips import brief, plain
from amparo.filing.forms.filling.planning import Entry
from amparo.filing.forms.maps import Asked, FormMap
from amparo.filing.forms.production import Filled
from amparo.filing.forms.proposing.review import in_order
from amparo.filing.forms.reading import FormRead
from amparo.filing.forms.verification.findings import CHECKS

__all__ = ["filled_as_data", "form_as_data", "questions"]


def form_as_data(form: FormRead) -> dict[str, Any]:
    """A form as inspected: form, edition by page, fields, questions, problems."""
    identity = form.identity
    return {
        "form": identity.form or None,
        "edition": identity.edition or None,
        "pages": form.pages,
        "boxes": [[round(side, 1) for side in box] for box in form.boxes],
        "editions": [
            {"page": each.page, "form": each.form, "edition": each.edition, "by": each.by}
            for each in identity.pages
        ],
        "fingerprint": identity.fingerprint,
        "map": _map(form.map),
        "fields": [_field(field, form.map) for field in form.fields],
        "questions": questions(form.fields, form.map),
        "problems": list(form.problems),
    }


def filled_as_data(filled: Filled) -> dict[str, Any]:
    """A filled form: a line a field, the checks, and what a person must look at."""
    report = filled.report
    return {
        "form": filled.form.identity.form or None,
        "edition": filled.form.identity.edition or None,
        "verified": filled.holds,
        "fields": [_line(entry, filled) for entry in filled.plan.entries],
        "checks": {
            check: {
                "says": says,
                "compared": report.compared.get(check, 0),
                "failed": sum(each.check == check for each in report.findings),
            }
            for check, says in CHECKS.items()
        },
        "findings": [
            {
                "check": f.check,
                "field": f.field,
                "page": f.page,
                "got": f.got,
                "expected": f.expected,
            }
            for f in report.findings
        ],
        "sheets": [
            {"field": each.key, "page": each.page, "place": each.place, "text": each.text}
            for each in filled.plan.sheets
        ],
        "unused": list(filled.plan.unused),
        "problems": [*filled.form.problems, *filled.plan.refused],
    }


def questions(fields: Sequence[Field], known: FormMap | None) -> list[dict[str, Any]]:
    """Each question once, in the order in which the form is read, with the fields that ask it and
    the choices that it is open to."""
    found: dict[str, dict[str, Any]] = {}
    for field, asked in _asked(_read_through(fields), known):
        if asked.hand and asked.hand != "safe address":
            continue
        for question in asked.questions:
            each = found.setdefault(
                question,
                {
                    "id": question,
                    "kind": _kind(field, asked),
                    "says": _says(field, asked),
                    "item": asked.item,
                    "page": field.page,
                    "choices": [],
                    "fields": [],
                },
            )
            each["fields"].append(field.key)
            if asked.tick:
                each["choices"].append(asked.tick)
            if asked.hand:
                each["never_automatic"] = True
    return list(found.values())


def _read_through(fields: Sequence[Field]) -> list[Field]:
    """All fields page after page, each page as people read it."""
    pages: dict[int, list[Field]] = {}
    for field in fields:
        pages.setdefault(field.page, []).append(field)
    return [field for _, page in sorted(pages.items()) for field in in_order(page)]


def _says(field: Field, asked: Asked) -> str:
    """The form's own words for a question, without those that name one of its choices."""
    if asked.says:
        return asked.says
    words = plain(field.tooltip)
    if not asked.tick:
        return asked.label or brief(words)
    before = re.split(r"\s*\b(?:Select|Check)\b (?!only|all|one)", words)[0]
    return brief(before if len(before) > 3 else words)


def _asked(fields: Sequence[Field], known: FormMap | None) -> Iterator[tuple[Field, Asked]]:
    for field in fields:
        asked = known.fields.get(field.key) if known else None
        if asked is not None:
            yield field, asked


def _kind(field: Field, asked: Asked) -> str:
    if field.kind in ("check", "radio"):
        return "choice" if asked.tick not in ("", "yes", "no") else "yes or no"
    return "list" if field.kind == "choice" else asked.format


def _map(known: FormMap | None) -> dict[str, Any] | None:
    if known is None:
        return None
    return {
        "form": known.form,
        "edition": known.edition,
        "title": known.title,
        "checked": known.checked,
        "reviewed": known.reviewed,
        "fields": len(known.fields),
        "waiting": sum(not each.confirmed for each in known.fields.values()),
    }


def _field(field: Field, known: FormMap | None) -> dict[str, Any]:
    asked = known.fields.get(field.key) if known else None
    told: dict[str, Any] = {
        "field": field.key,
        "page": field.page,
        "kind": field.kind,
        "rect": [round(side, 1) for side in field.rect],
        "says": field.tooltip,
        "question": list(asked.questions) if asked else [],
        "item": asked.item if asked else "",
    }
    extra: Mapping[str, Any] = {
        "value": field.value,
        "max_length": field.max_length,
        "comb": field.comb,
        "multiline": field.multiline,
        "states": list(field.states),
        "options": [option.shown.strip() for option in field.options],
        "tick": asked.tick if asked else "",
        "label": asked.label if asked else "",
        "left": asked.hand if asked else "",
    }
    return told | {key: value for key, value in extra.items() if value}


def _line(entry: Entry, filled: Filled) -> dict[str, Any]:
    failed = filled.report.failed(entry.field.key)
    answered = entry.status in ("drawn", "ticked", "elsewhere", "unticked", "refused")
    return {
        "field": entry.field.key,
        "page": entry.field.page,
        "question": list(entry.questions),
        "item": entry.item,
        "status": entry.status,
        "answer": entry.answer or None,
        "drawn": _drawn(entry),
        "overflow": entry.overflow or None,
        "verified": not failed and entry.status != "refused" if answered else not failed,
        "failed": list(failed),
        "says": entry.says,
        "source": list(entry.sources),
    }


def _drawn(entry: Entry) -> str | bool | None:
    if entry.status in ("ticked", "unticked"):
        return entry.status == "ticked"
    return entry.shown or None
