"""What the words of a table mean: as the vocabulary has them, and as people say."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web.guards import of_item
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing, verbs_of
from amparo.patterns.web.actions import say_what_words_mean
from amparo.patterns.web.forms import MeaningForm, columns_of_acts
from amparo.patterns.web.queries import Sheet, sheet_of, words_said
from amparo.patterns.web.told.notebook import of_words

__all__ = ["words"]


@require_http_methods(["GET", "HEAD", "POST"])
@of_item(Verb.VIEW)
def words(request: HttpRequest, item: Item) -> HttpResponse:
    """Each word of a column with the type of act that it is taken for; who may, says otherwise."""
    if request.method == "POST":
        require_knowing(person(request), Verb.ANNOTATE, item)
    sheet = sheet_of(item, request.GET.get("sheet", ""))
    column = _column(sheet, request.GET.get("column", ""))
    form = MeaningForm(
        request.POST or None,
        records=sheet.records,
        column=column,
        said=words_said(item.pk, sheet.name),
    )
    if form.is_valid():
        kept = say_what_words_mean(
            item,
            sheet.name,
            words=form.changed_words(),
            facts=form.changed_needs(),
            acting_user=person(request),
        )
        messages.success(request, _("What the words mean is kept.") if kept else _("No change."))
        here = {"sheet": sheet.name, "column": column}
        return redirect(f"{reverse('patterns:words', args=[item.pk])}?{urlencode(here)}")
    context = {
        "matter": item.matter,
        "tab": "patterns",
        "item": item,
        "sheet": sheet,
        "column": column,
        "columns": columns_of_acts(sheet.records),
        "form": form,
        "snippet": of_words(sheet, column),
        "verbs": verbs_of(person(request), item),
    }
    return render(request, "patterns/words.html", context, status=422 if form.is_bound else 200)


def _column(sheet: Sheet, name: str) -> str:
    """The column that is asked about, or the first that says of which type an act was."""
    found = columns_of_acts(sheet.records)
    if name in sheet.records.columns:
        return name
    if not found:
        raise UsageError(
            "No column is known to say of which type each act is.",
            next_step="Choose the column on the page of counts.",
        )
    return found[0]
