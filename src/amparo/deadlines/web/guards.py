"""What stands before every view of a deadline: it exists for this person, and they may do this."""

from __future__ import annotations

from collections.abc import Callable

from amparo.deadlines.web.queries import deadline_for
from amparo.matters.access import Verb
from amparo.matters.web.access import require, require_knowing
from amparo.matters.web.guards import View, of_what

__all__ = ["of_deadline"]


def of_deadline(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, row, …)``.

    Who does not know the matter's sealed identities only looks: they would write a pseudonym over
    a name, since the form shows them the veiled words.
    """
    return of_what(deadline_for, verb, require if verb is Verb.VIEW else require_knowing)
