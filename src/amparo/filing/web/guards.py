"""What stands before every view of a bundle or form: it is there for them, and they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from amparo.accounts.web.guards import person
from amparo.filing.web.official import form_for, prepared_for
from amparo.filing.web.queries import bundle_for
from amparo.matters.access import Verb
from amparo.matters.web.access import require, require_knowing
from amparo.matters.web.veiling import in_view

__all__ = ["of_bundle", "of_form", "of_prepared"]

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


def of_form(verb: Verb) -> Callable[[View], View]:
    """Turn ``view(request, form, …)`` into ``view(request, pk, …)`` for people who may ``verb``.

    An official form names people, so it is for those from whom nothing in the matter is sealed.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            form = form_for(person(request), pk)
            require_knowing(person(request), verb, form)
            in_view(request, form.matter)
            return view(request, form, *args, **kwargs)

        return guarded

    return guard


def of_prepared(verb: Verb) -> Callable[[View], View]:
    """The same for ``view(request, prepared, …)``, a form that was filled."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            prepared = prepared_for(person(request), pk)
            require_knowing(person(request), verb, prepared)
            in_view(request, prepared.matter)
            return view(request, prepared, *args, **kwargs)

        return guarded

    return guard
