"""Background work: look through items for names, dates and places to suggest."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from uuid import UUID

from amparo.accounts.web.models import User
from amparo.base.errors import UnreadableFile
from amparo.base.web.jobs import Progress, enqueue, task
from amparo.evidence.web.models import Item
from amparo.extract.web.actions.suggesting import look_through
from amparo.extract.web.queries.suggestions import not_looked_through
from amparo.extract.web.room import reading_room
from amparo.extract.web.tasks.asked import item_of, name_of
from amparo.matters.web.models import Matter

__all__ = ["ask_to_look_through", "suggest"]


@task("extract.suggest")
def suggest(progress: Progress, *, matter: str, items: list[str], user: str) -> None:
    """Look through items for suggestions: those named, or all of the matter that were not yet."""
    who = User.objects.get(pk=UUID(user))
    wanted = items or [
        str(pk)
        for pk in not_looked_through(Matter.objects.get(pk=matter)).values_list("pk", flat=True)
    ]
    for done, item in enumerate(wanted):
        progress.report(done, len(wanted), name_of(item))
        with contextlib.suppress(UnreadableFile):  # it stays among those not looked through
            look_through(item_of(item), room=reading_room(), acting_user=who)
    progress.report(len(wanted), len(wanted), "")


def ask_to_look_through(matter: Matter, items: Sequence[Item], *, user: User) -> None:
    """Let items be looked through for suggestions; without items, all that were not yet."""
    enqueue(
        "extract.suggest",
        matter_id=matter.pk,
        user_id=user.pk,
        matter=str(matter.pk),
        items=[str(item.pk) for item in items],
        user=str(user.pk),
    )
