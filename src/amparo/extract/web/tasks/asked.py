"""What a job is asked about and by whom, as the queue keeps it: the ids of an item and a user."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from amparo.accounts.web.models import User
from amparo.base.web.jobs import enqueue
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions import Readers
from amparo.extract.web.room import reading_room

__all__ = ["ask", "item_of", "name_of", "readers_of"]


def ask(task_name: str, item: Item, user: User, **more: Any) -> None:
    """Queue work on an item for somebody."""
    enqueue(
        task_name,
        matter_id=item.matter_id,
        user_id=user.pk,
        item=str(item.pk),
        user=str(user.pk),
        **more,
    )


def readers_of(user: str) -> Readers:
    """What reads for the person with this id, in the thread of the worker that has the job."""
    return Readers(
        room=reading_room(),
        safe=open_safe(),
        acting_user=User.objects.get(pk=UUID(user)),
        at_once=0,
    )


def item_of(item: str) -> Item:
    """The item with this id, with what reading it needs."""
    return Item.objects.select_related("object", "matter", "parent").get(pk=item)


def name_of(item: str) -> str:
    """The name of the item with this id, to tell what the work is at."""
    return Item.objects.values_list("name", flat=True).get(pk=item)
