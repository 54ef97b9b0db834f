"""Custody reports as PDF: of a matter, and of one item."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amparo.accounts.web.actions import audit
from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.web.downloads import pdf_attachment
from amparo.evidence.web.guards import of_item
from amparo.evidence.web.models import Item
from amparo.evidence.web.reports import item_report, matter_report
from amparo.matters.access import Verb
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter
from amparo.matters.web.veiling import shows_nobody

__all__ = ["of_item_report", "of_matter_report"]


@require_safe
@of_matter(Verb.EXPORT)
@confirmed_lately
def of_matter_report(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The custody report of the whole matter."""
    pdf = matter_report(matter, by=person(request))
    audit("take a custody report", acting_user=person(request), matter_id=matter.pk)
    return _pdf(pdf, f"custody-{matter.number}")


@require_safe
@of_item(Verb.EXPORT)
@confirmed_lately
def of_item_report(request: HttpRequest, item: Item) -> HttpResponse:
    """The custody report of one item."""
    pdf = item_report(item, by=person(request))
    audit(
        "take a custody report", acting_user=person(request), subject=item, matter_id=item.matter_id
    )
    return _pdf(pdf, f"custody-{item.matter.number}-{str(item.pk)[-8:]}")


def _pdf(data: bytes, name: str) -> HttpResponse:
    response = pdf_attachment(data, name)
    shows_nobody(response)
    return response
