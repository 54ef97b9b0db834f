"""Who hears of what: files that are uploaded are read in the background."""

from __future__ import annotations

from amparo.accounts.web.models import User
from amparo.evidence.web import hearers
from amparo.evidence.web.models import Item
from amparo.extract.web.tasks import ask_to_read

__all__ = ["introduce"]


def introduce() -> None:
    """Let everyone hear what concerns them."""
    hearers.hear("read", _read)


def _read(item: Item, acting_user: User) -> None:
    ask_to_read(item, user=acting_user)
