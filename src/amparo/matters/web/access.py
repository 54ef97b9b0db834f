"""The one gate: every page, hit, count, export and file asks here before it shows anything."""

from __future__ import annotations

from typing import Protocol

from django.db.models import QuerySet

from amparo.accounts.web.models import User
from amparo.base.errors import AccessDenied
from amparo.matters.access import Decision, Verb, decide
from amparo.matters.web.models import Matter, TeamMember

__all__ = ["OfMatter", "can", "explain", "require", "verbs_of", "visible_matters"]


class OfMatter(Protocol):
    """Anything that belongs to one matter, the matter itself included."""

    @property
    def matter(self) -> Matter: ...


def explain(user: User, verb: Verb | str, obj: OfMatter) -> Decision:
    """The verdict with its reason."""
    if not (user.is_authenticated and user.is_active):
        return Decision(False, "not signed in")
    places = TeamMember.objects.filter(matter=obj.matter, user=user)
    return decide(user.role, places.values_list("role", flat=True).first(), verb)


def can(user: User, verb: Verb | str, obj: OfMatter) -> bool:
    """Whether ``user`` may ``verb`` the object; the matter's team decides."""
    return explain(user, verb, obj).allowed


def verbs_of(user: User, obj: OfMatter) -> frozenset[Verb]:
    """Everything that ``user`` may do to the object: for pages that offer only what will work."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    places = TeamMember.objects.filter(matter=obj.matter, user=user)
    place = places.values_list("role", flat=True).first()
    return frozenset(verb for verb in Verb if decide(user.role, place, verb))


def require(user: User, verb: Verb | str, obj: OfMatter) -> None:
    """Raise ``AccessDenied`` unless ``user`` may ``verb`` the object."""
    decision = explain(user, verb, obj)
    if not decision:
        raise AccessDenied(
            f"You may not {verb} this: {decision.reason}.",
            next_step="Ask someone who manages the matter.",
        )


def visible_matters(user: User) -> QuerySet[Matter]:
    """The matters that ``user`` may view: what lists, searches, counts and exports start from."""
    if not (user.is_authenticated and user.is_active):
        return Matter.objects.none()
    team_roles = [role for role in User.Role.values if decide(user.role, role, Verb.VIEW)]
    return Matter.objects.filter(team__user=user, team__role__in=team_roles)
