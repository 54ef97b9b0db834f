"""What stands before every view of interviews: they name people, so they are for who knows them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.interviews.web.queries import interview_for
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing, visible_matters
from amparo.matters.web.guards import View, of_what
from amparo.matters.web.models import Matter

__all__ = ["of_interview", "of_known_matter"]


def of_interview(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, interview, …)``."""
    return of_what(interview_for, verb, require_knowing)


def of_known_matter(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, matter, …)`` where answers are shown as they were given."""
    return of_what(_matter_for, verb, require_knowing)


def _matter_for(user: User, pk: UUID) -> Matter:
    found: Matter = get_object_or_404(visible_matters(user), pk=pk)
    return found
