"""Parties of a like name that someone may see, for who writes down another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from amparo.accounts.web.models import User
from amparo.linkage.web.queries.named import parties_like
from amparo.matters.web.access import sealed_from, visible_matters
from amparo.matters.web.models import Party
from amparo.matters.web.veils import veil_for

__all__ = ["AlikeLine", "parties_alike", "said_names"]

MOST = 5
_LEAST = 3


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A party, the title of its matter as this person reads it, and why it is shown."""

    party: Party
    title: str
    reasons: tuple[str, ...]


def said_names(names: Iterable[str]) -> list[str]:
    """The names that are long enough to be looked for."""
    return [name.strip() for name in names if len(name.strip()) >= _LEAST]


def parties_alike(user: User, names: Sequence[str], but: UUID | None = None) -> list[AlikeLine]:
    """The parties like ``names``, best first, at most five; none whose identity is sealed."""
    said = said_names(names)
    if not said:
        return []
    seen = Party.objects.filter(matter__in=visible_matters(user).values("pk"))
    if but is not None:
        seen = seen.exclude(pk=but)
    sealed = Q(matter__in=sealed_from(user).values("pk")) & ~Q(pseudonym="")
    seen = seen.exclude(sealed)  # asked of the few that are alike, never of all parties
    return [
        AlikeLine(
            each.party,
            veil_for(user, each.party.matter).over(each.party.matter.title),
            each.alike.comparison.reasons,
        )
        for each in parties_like(said, seen, most=MOST)
    ]
