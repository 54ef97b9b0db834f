"""Who hears that the identities of a matter were sealed or told: the search is another floor's.

``amparo.site`` says who hears, as it says which panel stands where.
"""

from __future__ import annotations

from collections.abc import Callable

from amparo.accounts.web.models import User
from amparo.matters.web.models import Matter

__all__ = ["hear", "tell"]

Hearer = Callable[[Matter, User], None]

_hearers: dict[str, Hearer] = {}


def hear(name: str, hearer: Hearer) -> None:
    """Let ``hearer(matter, acting_user)`` be called when something is sealed; once a ``name``."""
    _hearers[name] = hearer


def tell(matter: Matter, acting_user: User) -> None:
    """Call every hearer, inside the transaction of what happened."""
    for hearer in _hearers.values():
        hearer(matter, acting_user)
