"""What stands before every view of a matter or of what it holds: one shape for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.matters.access import Verb
from amparo.matters.web.access import OfMatter, require, visible_matters
from amparo.matters.web.models import Matter
from amparo.matters.web.veiling import in_view

__all__ = ["View", "of_matter", "of_what"]

View = Callable[..., HttpResponseBase]
Gate = Callable[[User, Verb, Any], None]


def of_what(
    find: Callable[[User, UUID], OfMatter], verb: Verb, gate: Gate = require
) -> Callable[[View], View]:
    """Turn ``view(request, thing, …)`` into ``view(request, pk, …)`` for people who may ``verb``.

    ``find`` gives the thing that this person may see and raises Http404 for any other, so that it
    is "not found" as one that does not exist; who sees it but may not ``verb`` it is told so by
    ``gate``. The answer is said to be about the thing's matter alone.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            thing = find(person(request), pk)
            gate(person(request), verb, thing)
            in_view(request, thing.matter)
            return view(request, thing, *args, **kwargs)

        return guarded

    return guard


def of_matter(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, matter, …)``."""
    return of_what(_matter_for, verb)


def _matter_for(user: User, pk: UUID) -> Matter:
    found: Matter = get_object_or_404(visible_matters(user), pk=pk)
    return found
