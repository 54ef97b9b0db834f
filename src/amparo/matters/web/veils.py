"""The veil over a matter: what is sealed in it, and for whom."""

from __future__ import annotations

from uuid import UUID

from amparo.accounts.web.models import User
from amparo.matters.sealing import CLEAR, Sealed, Veil
from amparo.matters.web.access import OfMatter, knows, sealed_from
from amparo.matters.web.models import Party

__all__ = ["veil_for", "veil_of", "veils_for"]


def veil_for(user: User, obj: OfMatter) -> Veil:
    """What lies over the object's matter for ``user``; ``CLEAR`` for who knows."""
    return CLEAR if knows(user, obj) else veil_of(obj.matter.pk)


def veil_of(*matters: UUID) -> Veil:
    """What lies over these matters for who does not know their identities."""
    rows = Party.objects.filter(matter__in=matters).exclude(pseudonym="")
    return Veil(_sealed(row) for row in rows)


def veils_for(user: User) -> dict[UUID, Veil]:
    """The veil of each matter in which identities are sealed from ``user``."""
    return {pk: veil_of(pk) for pk in sealed_from(user).values_list("pk", flat=True)}


def _sealed(party: Party) -> Sealed:
    spellings = [party.name, party.original_name, *party.spellings.splitlines()]
    return Sealed(party.pseudonym, tuple(each for each in spellings if each.strip()))
