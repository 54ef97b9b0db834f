"""Who hears of items: higher floors read what comes in, object to its end, and forget it then.

They may also add papers of their own to each package that leaves.

Nobody below knows them; ``amparo.site`` says who hears, as it says which panel stands where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from amparo.accounts.web.models import User
from amparo.evidence.packages.records import Contents
from amparo.evidence.web.models import Item

__all__ = [
    "adds",
    "annexes_of",
    "forget",
    "forgets",
    "hear",
    "object_to",
    "objections_to",
    "tell",
]

Hearer = Callable[[Item, User], None]
Objector = Callable[[Item], Iterable[str]]
Forgetter = Callable[[Item], Iterable[str]]
Annex = Callable[[Contents], bytes]

_annexes: dict[str, Annex] = {}
_hearers: dict[str, Hearer] = {}
_objectors: dict[str, Objector] = {}
_forgetters: dict[str, Forgetter] = {}


def hear(name: str, hearer: Hearer) -> None:
    """Let ``hearer(item, acting_user)`` be called for each new item; once a ``name``."""
    _hearers[name] = hearer


def tell(item: Item, acting_user: User) -> None:
    """Call every hearer. For uploads: who takes a folder in reads it there and then."""
    for hearer in _hearers.values():
        hearer(item, acting_user)


def object_to(name: str, objector: Objector) -> None:
    """Let ``objector(item)`` give the sentences that stand against disposing of an item."""
    _objectors[name] = objector


def objections_to(item: Item) -> list[str]:
    """What every floor has against it."""
    return [said for objector in _objectors.values() for said in objector(item)]


def forgets(name: str, forgetter: Forgetter) -> None:
    """Let ``forgetter(item)`` remove what was made from an item that is disposed of.

    It runs in the transaction of the decision and gives the digests of sealed derivatives that it
    let go of; evidence erases them.
    """
    _forgetters[name] = forgetter


def forget(item: Item) -> list[str]:
    """Let every floor remove what it made from the item."""
    return [sha256 for forgetter in _forgetters.values() for sha256 in forgetter(item)]


def adds(path: str, annex: Annex) -> None:
    """Let ``annex(contents)`` write a paper of every package, at ``path`` in it."""
    _annexes[path] = annex


def annexes_of(contents: Contents) -> dict[str, bytes]:
    """The papers that every floor adds to a package of these contents; empty ones are left out."""
    made = {path: annex(contents) for path, annex in _annexes.items()}
    return {path: data for path, data in made.items() if data}
