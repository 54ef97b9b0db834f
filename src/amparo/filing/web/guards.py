"""What stands before every view of a bundle or form: it is there for them, and they may."""

from __future__ import annotations

from collections.abc import Callable

from amparo.filing.web.queries.bundles import bundle_for
from amparo.filing.web.queries.official import form_for, prepared_for
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.guards import View, of_what

__all__ = ["of_bundle", "of_form", "of_prepared"]


def of_bundle(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, bundle, …)``."""
    return of_what(bundle_for, verb)


def of_form(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, form, …)``.

    An official form names people, so it is for those from whom nothing in the matter is sealed.
    """
    return of_what(form_for, verb, require_knowing)


def of_prepared(verb: Verb) -> Callable[[View], View]:
    """The same for ``view(request, prepared, …)``, a form that was filled."""
    return of_what(prepared_for, verb, require_knowing)
