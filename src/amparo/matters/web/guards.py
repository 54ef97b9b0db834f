"""What stands before every view of a matter: it exists for this person, and they may do this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from amparo.accounts.web.guards import person
from amparo.matters.access import Verb
from amparo.matters.web.access import require, visible_matters
from amparo.matters.web.veiling import in_view

__all__ = ["of_matter"]

View = Callable[..., HttpResponseBase]


def of_matter(verb: Verb) -> Callable[[View], View]:
    """Turn ``view(request, matter, …)`` into ``view(request, pk, …)`` for people who may ``verb``.

    Who may not even see the matter gets "not found", as for one that does not exist; who sees it
    but may not ``verb`` it is told so.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            matter = get_object_or_404(visible_matters(person(request)), pk=pk)
            require(person(request), verb, matter)
            in_view(request, matter)
            return view(request, matter, *args, **kwargs)

        return guarded

    return guard
