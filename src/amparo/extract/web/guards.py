"""What stands before every view of an item: it exists for this person, and they may do this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web.queries import item_for
from amparo.extract.web.queries.withholding import note_reading
from amparo.matters.access import Verb
from amparo.matters.web.access import require, require_knowing
from amparo.matters.web.veiling import in_view

__all__ = ["of_item"]

View = Callable[..., HttpResponseBase]


def of_item(verb: Verb) -> Callable[[View], View]:
    """Turn ``view(request, item, …)`` into ``view(request, pk, …)`` for people who may ``verb``.

    Who may not see the item's matter gets "not found", as for an item that does not exist. Who
    does not know the matter's sealed identities only looks: they would mark and correct the words
    as veiled, which stand elsewhere.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            item = item_for(person(request), pk)
            allow = require if verb is Verb.VIEW else require_knowing
            allow(person(request), verb, item)
            _refuse_disposed(item, verb)
            in_view(request, item.matter)
            note_reading(request, item)
            return view(request, item, *args, **kwargs)

        return guarded

    return guard


def _refuse_disposed(item: Item, verb: Verb) -> None:
    """Of a file whose bytes were destroyed only the record is left to look at."""
    if item.status == Item.Status.DISPOSED and verb is not Verb.VIEW:
        raise UsageError("This file was disposed of; there is nothing left to read or copy.")
