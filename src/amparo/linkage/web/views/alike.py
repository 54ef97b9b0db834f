"""While a party is written down: who of a like name is there already, as a party or on a list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from amparo.accounts.web.guards import person
from amparo.linkage.web.queries.alike import parties_alike, said_names
from amparo.linkage.web.queries.listed import listed_alike
from amparo.matters.access import Verb
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter, Party

__all__ = ["alike", "party_panel"]


@require_safe
@of_matter(Verb.EDIT)
def alike(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Parties of a like name in the matters that this person may see, and people of this matter's
    linked lists; a part of a page."""
    names = said_names(request.GET.get(field, "")[:300] for field in ("name", "original_name"))
    context = {
        "matter": matter,
        "lines": parties_alike(person(request), names, _but(request)),
        "listed": listed_alike(person(request), matter, names),
    }
    return render(request, "linkage/parts/alike.html", context)


def _but(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("but", ""))
    except ValueError:
        return None


def party_panel(request: HttpRequest, subject: Matter | Party) -> SafeString | None:
    """What asks while the name of a new party of a matter, or of this party, is typed."""
    but = subject.pk if isinstance(subject, Party) else ""
    context = {"matter": subject.matter, "but": but}
    return render_to_string("linkage/parts/alike_panel.html", context, request)
