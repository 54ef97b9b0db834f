"""Background work: mark what was read, so that near-duplicates are found."""

from __future__ import annotations

from datetime import timedelta

from amparo.accounts.web.models import User
from amparo.base.web.jobs import Progress, enqueue, task
from amparo.base.web.models import Job
from amparo.extract.web.actions.comparing import compare_item, waiting
from amparo.extract.web.tasks.asked import item_of, readers_of
from amparo.matters.web.models import Matter

__all__ = ["ask_to_compare", "compare"]


@task("extract.compare")
def compare(progress: Progress, *, matter: str, user: str) -> None:
    """Mark what was read and not compared yet, so that near-duplicates are found."""
    wanted = list(waiting(Matter.objects.get(pk=matter)).values_list("pk", flat=True))
    readers = readers_of(user)
    for done, item in enumerate(wanted):
        row = item_of(str(item))
        progress.report(done, len(wanted), row.name)
        compare_item(row, room=readers.room, safe=readers.safe)


def ask_to_compare(matter: Matter, *, user: User, after: timedelta = timedelta(0)) -> None:
    """Let a matter's files be compared in the background, once however often it is asked."""
    waits = Job.objects.filter(name="extract.compare", state=Job.State.QUEUED, matter_id=matter.pk)
    if not waits.exists():
        enqueue(
            "extract.compare",
            matter_id=matter.pk,
            user_id=user.pk,
            after=after,
            matter=str(matter.pk),
            user=str(user.pk),
        )
