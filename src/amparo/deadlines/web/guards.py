"""What stands before every view of a deadline: it exists for this person, and they may do this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from amparo.accounts.web.guards import person
from amparo.deadlines.web.queries import deadline_for
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.veiling import in_view

__all__ = ["of_deadline"]

View = Callable[..., HttpResponseBase]


def of_deadline(verb: Verb) -> Callable[[View], View]:
    """Turn ``view(request, row, …)`` into ``view(request, pk, …)`` for people who may ``verb``.

    Who may not see the deadline's matter gets "not found".
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            row = deadline_for(person(request), pk)
            require(person(request), verb, row)
            in_view(request, row.matter)
            return view(request, row, *args, **kwargs)

        return guarded

    return guard
