"""The passages of a matter on which something can rest: those that somebody marked."""

from __future__ import annotations

from django.db.models import QuerySet

from amparo.extract.web.models import Pinpoint
from amparo.matters.web.models import Matter

__all__ = ["marked_passages"]


def marked_passages(matter: Matter) -> QuerySet[Pinpoint]:
    """The passages that were marked in the matter's files, by file and page."""
    rows = Pinpoint.objects.filter(item__matter=matter, withdrawn_at=None)
    return rows.select_related("item").order_by("item__name", "page")
