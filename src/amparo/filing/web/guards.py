"""What stands before every view of a bundle: it exists for this person, and they may do this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from amparo.accounts.web.guards import person
from amparo.filing.web.queries import bundle_for
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.veiling import in_view

__all__ = ["of_bundle"]

View = Callable[..., HttpResponseBase]


def of_bundle(verb: Verb) -> Callable[[View], View]:
    """Turn ``view(request, bundle, …)`` into ``view(request, pk, …)`` for people who may ``verb``.

    Who may not see the bundle's matter gets "not found", as for a bundle that does not exist.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            bundle = bundle_for(person(request), pk)
            require(person(request), verb, bundle)
            in_view(request, bundle.matter)
            return view(request, bundle, *args, **kwargs)

        return guarded

    return guard
