"""Who hears of items that were taken in: reading is a higher floor's, and nobody below knows it.

``amparo.site`` says who hears, as it says which panel stands where.
"""

from __future__ import annotations

from collections.abc import Callable

from amparo.accounts.web.models import User
from amparo.evidence.web.models import Item

__all__ = ["hear", "tell"]

Hearer = Callable[[Item, User], None]

_hearers: dict[str, Hearer] = {}


def hear(name: str, hearer: Hearer) -> None:
    """Let ``hearer(item, acting_user)`` be called for each new item; once a ``name``."""
    _hearers[name] = hearer


def tell(item: Item, acting_user: User) -> None:
    """Call every hearer. For uploads: who takes a folder in reads it there and then."""
    for hearer in _hearers.values():
        hearer(item, acting_user)
