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

AT_ONCE = 500
"""How many files one job compares before another goes on: one that is cut off loses little."""
IS_BUSY = timedelta(minutes=1)


@task("extract.compare")
def compare(progress: Progress, *, matter: str, user: str) -> None:
    """Mark what was read and not compared yet, so that near-duplicates are found.

    One job of a matter at a time: who finds another at it comes back later. One that leaves some
    asks for the next.
    """
    row, readers = Matter.objects.get(pk=matter), readers_of(user)
    if _another_is_at_it(progress.job):
        ask_to_compare(row, user=readers.acting_user, after=IS_BUSY)
        return
    left = waiting(row)
    total, some = left.count(), list(left.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for done, pk in enumerate(some):
        item = item_of(str(pk))
        progress.report(done, total, item.name)
        compare_item(item, room=readers.room, safe=readers.safe)
    if total > len(some):
        ask_to_compare(row, user=readers.acting_user)


def _another_is_at_it(job: Job) -> bool:
    """Whether an earlier job compares the same matter now."""
    running = Job.objects.filter(
        name=job.name,
        state=Job.State.RUNNING,
        matter_id=job.matter_id,
        created_at__lt=job.created_at,
    )
    return running.exists()


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
