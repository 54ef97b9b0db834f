"""One page for every method: choose, read what was found, open a number's rows, take it away."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web.guards import of_item
from amparo.extract.web.queries.tables import tables_of
from amparo.extract.web.queries.withholding import note_reading
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.patterns.findings import Cell, Finding
from amparo.patterns.tables.touching import TOUCHING
from amparo.patterns.web.actions import FORMS, take
from amparo.patterns.web.forms import ChoosingForm
from amparo.patterns.web.methods import METHODS, Method
from amparo.patterns.web.queries import Sheet, sheet_of
from amparo.patterns.web.told.notebook import of_rows

__all__ = ["finding", "rows", "taken"]

ROWS_SHOWN = 100
_OUR_NAMES = ("sheet", "cell", "page")


@require_safe
@of_item(Verb.VIEW)
def finding(request: HttpRequest, item: Item, method: str) -> HttpResponse:
    """A table asked by one method: the choices, and the finding or why there is none."""
    chosen = _method(method)
    context: dict[str, Any] = {
        "matter": item.matter,
        "tab": "patterns",
        "item": item,
        "method": chosen,
        "methods": METHODS.values(),
        "verbs": verbs_of(person(request), item),
        "forms": FORMS,
    }
    try:
        sheet = sheet_of(item, request.GET.get("sheet", ""))
        form = _form(request, chosen, sheet)
        context |= {"sheet": sheet, "form": form, "query": _query(request, form, sheet)}
        context["words_of"] = _words_of(form, sheet)
        context["finding"] = _tell(request, chosen, sheet, form)
    except UsageError as error:
        context["problem"] = error
    return render(
        request, "patterns/finding.html", context, status=422 if "problem" in context else 200
    )


@require_safe
@of_item(Verb.VIEW)
def rows(request: HttpRequest, item: Item, method: str) -> HttpResponse:
    """The rows that a number was counted from, each leading to its place in the file."""
    chosen = _method(method)
    sheet = sheet_of(item, request.GET.get("sheet", ""))
    form = _form(request, chosen, sheet)
    told = _tell(request, chosen, sheet, form, chance=False)
    cell, where = _cell(told, request.GET.get("cell", ""))
    numbers = list(cell.behind()) if cell.behind else []
    page = Paginator(numbers, ROWS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "matter": item.matter,
        "tab": "patterns",
        "item": item,
        "method": chosen,
        "sheet": sheet,
        "finding": told,
        "where": where,
        "number": cell.text,
        "count": len(numbers),
        "query": _query(request, form, sheet),
        "page": page,
        "snippet": of_rows(told.python, numbers),
        "heads": list(sheet.records.columns),
        "lines": [_line(sheet, number) for number in page.object_list],
        "verbs": verbs_of(person(request), item),
    }
    return render(request, "patterns/rows.html", context)


@require_safe
@of_item(Verb.EXPORT)
def taken(request: HttpRequest, item: Item, method: str, form: str) -> HttpResponse:
    """The finding as a file."""
    chosen = _method(method)
    if form not in FORMS:
        raise Http404
    sheet = sheet_of(item, request.GET.get("sheet", ""))
    choice = _form(request, chosen, sheet)
    told = _tell(request, chosen, sheet, choice)
    data = take(item, told, form, method=method, acting_user=person(request))
    answer = HttpResponse(data, content_type=FORMS[form].media_type)
    stem = slugify(told.title) or method
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{form}"'
    return answer


def _method(name: str) -> Method:
    try:
        return METHODS[name]
    except KeyError as error:
        raise Http404 from error


def _form(request: HttpRequest, method: Method, sheet: Sheet) -> ChoosingForm:
    """What can be chosen, with the matter's other tables."""
    here = (sheet.item.pk, sheet.name)
    others = [each for each in tables_of(sheet.item.matter) if (each.item.pk, each.sheet) != here]
    return method.form(_asked(request), records=sheet.records, others=others)


def _asked(request: HttpRequest) -> QueryDict | None:
    """What was chosen; None when the page is opened for the first time."""
    return request.GET if set(request.GET) - set(_OUR_NAMES) else None


def _tell(
    request: HttpRequest, method: Method, sheet: Sheet, form: ChoosingForm, *, chance: bool = True
) -> Finding:
    if not form.is_bound:
        form = method.form(_started(form), records=sheet.records, others=form.others)
    if not form.is_valid():
        raise UsageError(
            _("What was chosen does not fit this table."), next_step=_("Choose again.")
        )
    beside = form.cleaned_data.get("other")
    if beside is not None:
        note_reading(request, beside.item)
    return method.tell(sheet, form.cleaned_data, chance=chance)


def _words_of(form: ChoosingForm, sheet: Sheet) -> str:
    """The query of the page that says what the words of a column mean, where it is counted by what
    they mean; "" otherwise."""
    asked = [form.data.get(name, "").rpartition(":") for name in ("rows", "columns_")]
    column = next((column for column, _colon, part in asked if column and part in TOUCHING), "")
    return urlencode({"sheet": sheet.name, "column": column}) if column else ""


def _started(form: ChoosingForm) -> QueryDict:
    """The first guess as if it had been chosen."""
    made = QueryDict(mutable=True)
    for name, values in form.started().items():
        made.setlist(name, values)
    return made


def _query(request: HttpRequest, form: ChoosingForm, sheet: Sheet) -> str:
    """The address's query that gives this finding again."""
    made = (_asked(request) or _started(form)).copy()
    for name in _OUR_NAMES:
        made.pop(name, None)
    if sheet.name:
        made["sheet"] = sheet.name
    return made.urlencode()


def _cell(told: Finding, address: str) -> tuple[Cell, tuple[str, ...]]:
    """The cell of an address ``grid.line.column`` that opens rows, and its heads; 404 otherwise."""
    if not address:
        raise UsageError(
            "No number was chosen.", next_step="Choose one of those that lead to their rows."
        )
    try:
        grid, line, column = map(int, address.split("."))
        cell = told.cell(grid, line, column)
    except (ValueError, IndexError) as error:
        raise Http404 from error
    if cell.behind is None:
        raise Http404
    found = told.grids[grid]
    return cell, (found.lines[line][0].text, found.heads[column])


def _line(sheet: Sheet, number: int) -> dict[str, Any]:
    cells = sheet.records.row(number)
    return {
        "row": sheet.numbers[number - 1],
        "address": sheet.address(number),
        "cells": [text or "" for text in cells.values()],
    }
