"""The bundles on a matter's overview."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from amparo.filing.web.queries.bundles import bundles_of
from amparo.matters.web.models import Matter

__all__ = ["matter_panel"]

SHOWN = 4


def matter_panel(request: HttpRequest, matter: Matter) -> SafeString | None:
    """The bundles that were worked on last; nothing when there are none."""
    bundles = list(bundles_of(matter)[:SHOWN])
    if not bundles:
        return None
    context = {"matter": matter, "bundles": bundles}
    return render_to_string("filing/parts/overview.html", context, request)
