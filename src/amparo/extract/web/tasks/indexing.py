"""Background work: put a matter into the search anew."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from amparo.accounts.web.models import User
from amparo.base.web.jobs import Progress, enqueue, task
from amparo.evidence.web.models import Item
from amparo.extract.web.actions.indexing import index
from amparo.matters.web.models import Matter

__all__ = ["ask_to_index"]


@task("extract.index")
def index_anew(progress: Progress, *, matter: str) -> None:
    """Put all items of a matter into the search anew."""
    rows = Item.objects.filter(matter=UUID(matter)).order_by("pk")
    total = rows.count()
    for done, item in enumerate(rows.iterator(chunk_size=200)):
        progress.report(done, total, item.name)
        with transaction.atomic():
            index(item)


def ask_to_index(matter: Matter, *, user: User) -> None:
    """Let a matter be put into the search anew in the background."""
    enqueue("extract.index", matter_id=matter.pk, user_id=user.pk, matter=str(matter.pk))
