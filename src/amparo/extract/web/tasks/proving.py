"""Background work: look at proofs that came with files again, against what is trusted now."""

from __future__ import annotations

from uuid import UUID

from amparo.accounts.web.models import User
from amparo.base.web.jobs import Progress, enqueue, task
from amparo.evidence.web.models import Item
from amparo.extract.web.actions import prove_item, prove_matter
from amparo.extract.web.tasks.asked import ask, item_of, name_of, readers_of
from amparo.matters.web.models import Matter

__all__ = ["ask_to_prove", "ask_to_prove_matter"]


@task("extract.prove")
def prove(progress: Progress, *, item: str, user: str) -> None:
    """Look at an item's proofs again, against what is trusted now."""
    progress.report(0, 1, name_of(item))
    readers = readers_of(user)
    prove_item(item_of(item), room=readers.room, safe=readers.safe, acting_user=readers.acting_user)


@task("extract.prove_matter")
def prove_again(progress: Progress, *, matter: str, user: str) -> None:
    """Look again at a matter's proofs that were looked at while others were trusted."""
    readers = readers_of(user)
    prove_matter(
        Matter.objects.get(pk=UUID(matter)),
        room=readers.room,
        safe=readers.safe,
        acting_user=readers.acting_user,
        on_item=progress.report,
    )


def ask_to_prove(item: Item, *, user: User) -> None:
    """Let an item's proofs be looked at again in the background."""
    ask("extract.prove", item, user)


def ask_to_prove_matter(matter: Matter, *, user: User) -> None:
    """Let all of a matter's proofs be looked at again in the background."""
    enqueue(
        "extract.prove_matter",
        matter_id=matter.pk,
        user_id=user.pk,
        matter=str(matter.pk),
        user=str(user.pk),
    )
