"""The tables of a matter, and what can be asked of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from amparo.accounts.web.guards import person
from amparo.extract.web.queries.tables import tables_of
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter
from amparo.patterns.web.methods import METHODS
from amparo.patterns.web.queries import estimations_in
from amparo.patterns.web.told.notebook import of_tables

__all__ = ["matter_panel", "tables"]

SHOWN = 4
ASKED_MOST = ("quality", "counts", "trend")
"""What the list offers at once; a table's own page offers everything."""


@require_safe
@of_matter(Verb.VIEW)
def tables(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Every table among the matter's files."""
    found = tables_of(matter)
    context = {
        "matter": matter,
        "tab": "patterns",
        "verbs": verbs_of(person(request), matter),
        "tables": found,
        "estimations": estimations_in(matter, SHOWN),
        "snippet": of_tables(list(dict.fromkeys(each.item.name for each in found))),
        "methods": [METHODS[name] for name in ASKED_MOST],
    }
    return render(request, "patterns/tables.html", context)


def matter_panel(request: HttpRequest, matter: Matter) -> SafeString | None:
    """The first tables of a matter; nothing when there are none."""
    found = tables_of(matter)
    if not found:
        return None
    context = {"matter": matter, "tables": found[:SHOWN], "more": len(found) - SHOWN}
    return render_to_string("patterns/parts/overview.html", context, request)
