"""The one gate: every page, hit, count, export and file asks here before it shows anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.base.errors import AccessDenied
from amparo.base.web.composed import Composed
from amparo.matters.access import Decision, Place, Verb, decide, decide_at
from amparo.matters.web.models import Matter, Party, TeamMember, Wall

__all__ = [
    "OfMatter",
    "can",
    "current_members",
    "explain",
    "knows",
    "place_of",
    "require",
    "require_knowing",
    "sealed_from",
    "verbs_of",
    "visible_matters",
]


class OfMatter(Protocol):
    """Anything that belongs to one matter, the matter itself included."""

    @property
    def matter(self) -> Matter: ...


def place_of(user: User, matter: Matter) -> Place | None:
    """The place that ``user`` has on the matter's team; None without one, and behind a wall."""
    for found in _places(matter.pk, user.pk):
        knows = found.knows or not found.anyone_sealed  # type: ignore[attr-defined]
        return Place(found.role, found.until, knows)
    return None


def explain(user: User, verb: Verb | str, obj: OfMatter) -> Decision:
    """The verdict with its reason."""
    if not (user.is_authenticated and user.is_active):
        return Decision(False, "not signed in")
    return decide_at(user.role, place_of(user, obj.matter), verb, timezone.now())


def can(user: User, verb: Verb | str, obj: OfMatter) -> bool:
    """Whether ``user`` may ``verb`` the object; the matter's team decides."""
    return explain(user, verb, obj).allowed


def verbs_of(user: User, obj: OfMatter) -> frozenset[Verb]:
    """Everything that ``user`` may do to the object: for pages that offer only what will work."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    place, now = place_of(user, obj.matter), timezone.now()
    return frozenset(verb for verb in Verb if decide_at(user.role, place, verb, now))


def require(user: User, verb: Verb | str, obj: OfMatter) -> None:
    """Raise ``AccessDenied`` unless ``user`` may ``verb`` the object."""
    decision = explain(user, verb, obj)
    if not decision:
        raise AccessDenied(
            f"You may not {verb} this: {decision.reason}.",
            next_step="Ask someone who manages the matter.",
        )


def knows(user: User, obj: OfMatter) -> bool:
    """Whether nothing in the object's matter is sealed from ``user``.

    Not ``Verb.IDENTIFY``, which asks who may be trusted with it: in a matter without sealed
    identities everyone knows all that there is.
    """
    place = place_of(user, obj.matter)
    return place is not None and place.knows


def require_knowing(user: User, verb: Verb | str, obj: OfMatter) -> None:
    """``require``, and that nothing in the matter is sealed from ``user``.

    For what leaves as it is: originals, packages, bundles, which no veil can be laid over.
    """
    require(user, verb, obj)
    if not knows(user, obj):
        raise AccessDenied(
            "It may show someone whose identity is sealed from you.",
            next_step="Ask someone who manages the matter.",
        )


def visible_matters(user: User) -> QuerySet[Matter]:
    """The matters that ``user`` may view: what lists, searches, counts and exports start from."""
    if not (user.is_authenticated and user.is_active):
        return Matter.objects.none()
    team_roles = [role for role in User.Role.values if decide(user.role, role, Verb.VIEW)]
    now = timezone.now()
    return Matter.objects.filter(
        Q(team__until=None) | Q(team__until__gt=now), team__user=user, team__role__in=team_roles
    ).exclude(Exists(Wall.objects.filter(matter=OuterRef("pk"), user=user, lifted_at=None)))


def current_members(matter: Matter) -> QuerySet[TeamMember]:
    """The places on the team that have not ended, of people whom no wall keeps away."""
    rows = _standing(TeamMember.objects.filter(matter=matter))
    return rows.filter(Q(until=None) | Q(until__gt=timezone.now()))


def sealed_from(user: User, matters: Iterable[Matter] | None = None) -> QuerySet[Matter]:
    """The matters of ``user`` in which identities are sealed from them."""
    unknowing = TeamMember.objects.filter(user=user, knows=False).values("matter")
    sealed = Party.objects.exclude(pseudonym="").filter(matter__in=unknowing).values("matter")
    rows = visible_matters(user).filter(pk__in=sealed)
    return rows if matters is None else rows.filter(pk__in=[each.pk for each in matters])


def _standing(rows: QuerySet[TeamMember]) -> QuerySet[TeamMember]:
    """Those without a wall before them, each with whether the matter has sealed identities."""
    wall = Wall.objects.filter(matter=OuterRef("matter"), user=OuterRef("user"), lifted_at=None)
    sealed = Party.objects.filter(matter=OuterRef("matter")).exclude(pseudonym="")
    return rows.exclude(Exists(wall)).annotate(anyone_sealed=Exists(sealed))


_places = Composed(
    lambda matter, user: _standing(TeamMember.objects.filter(matter=matter, user=user))
)
