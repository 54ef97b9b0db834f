"""The file itself, to take away: asked for with a purpose, never shown in the browser."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions import copy_original
from amparo.extract.web.guards import of_item
from amparo.matters.access import Verb

__all__ = ["take"]

_LONGEST_PURPOSE = 300


@require_POST
@of_item(Verb.EXPORT)
@confirmed_lately
def take(request: HttpRequest, item: Item) -> HttpResponseBase:
    """Hand over the original as a download, whatever it is."""
    opened = copy_original(
        item,
        purpose=request.POST.get("purpose", "")[:_LONGEST_PURPOSE],
        safe=open_safe(),
        acting_user=person(request),
    )
    response = FileResponse(
        opened,
        as_attachment=True,
        filename=item.name,
        content_type="application/octet-stream",
    )
    response["Content-Length"] = str(item.object.size)
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
