"""Who hears that identities were sealed or told, and that the name of a party was written.

Search and the finding of names are other floors'.
``amparo.site`` says who hears, as it says which panel stands where.
"""

from __future__ import annotations

from collections.abc import Callable

from amparo.accounts.web.models import User
from amparo.matters.web.models import Matter, Party

__all__ = ["hear", "hear_of_parties", "tell", "tell_of_party"]

Hearer = Callable[[Matter, User], None]
PartyHearer = Callable[[Party], None]

_hearers: dict[str, Hearer] = {}
_party_hearers: dict[str, PartyHearer] = {}


def hear(name: str, hearer: Hearer) -> None:
    """Let ``hearer(matter, acting_user)`` be called when something is sealed; once a ``name``."""
    _hearers[name] = hearer


def tell(matter: Matter, acting_user: User) -> None:
    """Call every hearer, inside the transaction of what happened."""
    for hearer in _hearers.values():
        hearer(matter, acting_user)


def hear_of_parties(name: str, hearer: PartyHearer) -> None:
    """Let ``hearer(party)`` be called when the names of a party are written; once a ``name``."""
    _party_hearers[name] = hearer


def tell_of_party(party: Party) -> None:
    """Call every hearer of parties, inside the transaction that wrote it."""
    for hearer in _party_hearers.values():
        hearer(party)
