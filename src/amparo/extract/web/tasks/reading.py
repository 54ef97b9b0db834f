"""Background work: read an item and what lies in it, read it anew, set it to pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from amparo.accounts.web.models import User
from amparo.base.cores import on_own_core
from amparo.base.web.jobs import Progress, enqueue, task
from amparo.evidence.web.models import Item
from amparo.extract.web.actions import complete, read_item, set_item
from amparo.extract.web.tasks.asked import ask, item_of, name_of, readers_of
from amparo.extract.web.tasks.comparing import ask_to_compare

__all__ = ["ask_to_read", "ask_to_read_several", "ask_to_reread", "ask_to_set"]

COMPARE_AFTER = timedelta(minutes=2)
"""While many files are read by many workers: so long after some are, all that were are compared."""


@task("extract.read")
def read(progress: Progress, *, item: str, user: str) -> None:
    """Read an item, all that lies in it, and recognise its scanned pages, as far as not done."""
    progress.report(0, None, name_of(item))
    row, readers = item_of(item), readers_of(user)
    complete(row, readers, on_step=lambda name: progress.report(0, None, name))
    ask_to_compare(row.matter, user=readers.acting_user)


@task("extract.read_several")
def read_several(progress: Progress, *, items: list[str], user: str) -> None:
    """Read several items of a matter as ``read`` does; cut off, it goes on with the one it had."""
    readers = readers_of(user)
    rows = Item.objects.select_related("object", "matter", "parent").in_bulk(map(UUID, items))
    done = 0

    def next_is(name: str) -> None:
        progress.glance(done, len(items), name)

    with on_own_core():
        for row in rows.values():
            complete(row, readers, on_step=next_is)
            done += 1
    progress.report(len(items), len(items), "")
    if rows:
        ask_to_compare(row.matter, user=readers.acting_user, after=COMPARE_AFTER)


@task("extract.reread")
def reread(progress: Progress, *, item: str, user: str) -> None:
    """Read an item anew, with the tools of today."""
    progress.report(0, 1, name_of(item))
    readers = readers_of(user)
    read_item(item_of(item), room=readers.room, safe=readers.safe, acting_user=readers.acting_user)


@task("extract.set")
def set_to_pages(progress: Progress, *, item: str, user: str) -> None:
    """Set an office file, message or text to pages."""
    progress.report(0, 1, name_of(item))
    readers = readers_of(user)
    set_item(item_of(item), room=readers.room, safe=readers.safe, acting_user=readers.acting_user)


def ask_to_read(item: Item, *, user: User) -> None:
    """Let an item be read in the background."""
    ask("extract.read", item, user)


def ask_to_read_several(items: Sequence[Item], *, user: User) -> None:
    """Let items of one matter be read in the background, by one job."""
    if items:
        matter_id = items[0].matter_id
        enqueue(
            "extract.read_several",
            matter_id=matter_id,
            user_id=user.pk,
            items=[str(item.pk) for item in items],
            user=str(user.pk),
        )


def ask_to_reread(item: Item, *, user: User) -> None:
    """Let an item be read anew in the background."""
    ask("extract.reread", item, user)


def ask_to_set(item: Item, *, user: User) -> None:
    """Let an item be set to pages in the background."""
    ask("extract.set", item, user)
