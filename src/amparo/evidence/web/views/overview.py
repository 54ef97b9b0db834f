"""The evidence on a matter's overview."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from amparo.accounts.web.guards import person
from amparo.evidence.web.queries.figures import figures_of
from amparo.matters.web.access import verbs_of
from amparo.matters.web.models import Matter

__all__ = ["matter_panel"]


def matter_panel(request: HttpRequest, matter: Matter) -> SafeString:
    """What came in, and what of it needs someone; for pages that ``of_matter`` guards."""
    context = {
        "matter": matter,
        "verbs": verbs_of(person(request), matter),
        "figures": figures_of(matter),
    }
    return render_to_string("evidence/parts/overview.html", context, request)
