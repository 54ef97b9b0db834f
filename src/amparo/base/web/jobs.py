"""Background jobs: what is to be done, by whom it is being done, and what came of it.

A worker claims the oldest due job and says again and again that it lives. The job of a worker that
fell silent is claimed again (``queues``), at once where its death was seen (``crew``): no job is
lost with its worker. So is one during which the database went away. After ``MAX_ATTEMPTS`` claims
a job fails with what happened, instead of taking every worker down with it.

Tasks are functions registered by name: ``@task("extract.read")``. They receive a ``Progress`` and
the payload as keywords, and must be safe to run twice. A standing task is queued again by the
workers each time it has ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from amparo.base.errors import AmparoError, Cancelled, StorageError, StorageFull, UsageError
from amparo.base.web.models import Job
from amparo.base.web.queues import queue

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["Progress", "cancel", "claim", "enqueue", "give_back", "give_back_all", "queue_again"]
__all__ += ["queue_standing", "retry", "run", "standing", "take_from", "task", "work_once"]

MAX_ATTEMPTS = 3
GLANCE_SECONDS = 0.5
STORE_AWAY = timedelta(seconds=20)
"""How long a job rests whose store did not answer; times its attempts."""
TaskFunction = Callable[..., None]

_tasks: dict[str, TaskFunction] = {}
_standing: dict[str, timedelta] = {}
_log = logging.getLogger(__name__)


@dataclass
class Progress:
    """What a running task tells the world, and how it hears that it should stop."""

    job: Job
    told_at: float = 0.0

    def glance(self, done: int, total: int | None = None, message: str = "") -> None:
        """``report``, but no more than twice a second: for many small steps."""
        if monotonic() - self.told_at >= GLANCE_SECONDS:
            self.report(done, total, message)

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the work is; raises ``Cancelled`` if a person asked or another has it now."""
        self.told_at = monotonic()
        told = _held(self.job).update(done=done, total=total, message=message)
        self.job.refresh_from_db(fields=["cancel_requested"])
        if not told or self.job.cancel_requested:
            raise Cancelled("The work was stopped.")


def task(name: str) -> Callable[[TaskFunction], TaskFunction]:
    """Register a function as the task called ``name`` (``slice.verb``)."""

    def register(function: TaskFunction) -> TaskFunction:
        if name in _tasks and _tasks[name] is not function:
            raise ValueError(f"two tasks are called {name}")
        _tasks[name] = function
        return function

    return register


def enqueue(
    name: str,
    *,
    matter_id: UUID | None = None,
    user_id: UUID | None = None,
    after: timedelta = timedelta(0),
    **payload: Any,
) -> Job:
    """Put a job in the queue, to be taken ``after`` so long; ``payload``: plain JSON values."""
    if name not in _tasks:
        raise UsageError(f"There is no task called {name!r}.")
    return _put(
        Job(
            name=name,
            payload=payload,
            matter_id=matter_id,
            user_id=user_id,
            not_before=timezone.now() + after,
        )
    )


def standing(name: str, every: timedelta) -> None:
    """Let the task ``name`` be done again and again, ``every`` so long after it last ended."""
    _standing[name] = every


def queue_standing() -> None:
    """Queue each standing task that does not wait already, for the time when it is due next."""
    with transaction.atomic():
        queue().only_one()
        for name, every in _standing.items():
            rows = Job.objects.filter(name=name)
            if rows.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
                continue
            last = rows.order_by("-finished_at").values_list("finished_at", flat=True).first()
            now = timezone.now()
            due = last + every if last else now
            _put(Job(name=name, payload={}, not_before=max(due, now)))


def cancel(job: Job) -> None:
    """Ask a job to stop: at once when it waits, at its next report when it runs."""
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
        if waiting.update(state=Job.State.CANCELLED, finished_at=timezone.now()):
            queue().drop(job)
        else:
            Job.objects.filter(pk=job.pk).update(cancel_requested=True)


def retry(job: Job) -> None:
    """Put a failed or cancelled job back in the queue."""
    with transaction.atomic():
        over = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED])
        if over.update(
            state=Job.State.QUEUED,
            attempts=0,
            error="",
            cancel_requested=False,
            not_before=timezone.now(),
            finished_at=None,
        ):
            job.refresh_from_db()
            queue().put(job)


def claim(worker: str) -> Job | None:
    """Take the oldest due job, or one whose worker fell silent."""
    with transaction.atomic():
        job = queue().take(worker)
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _end(job, Job.State.FAILED, "Its worker stopped each time it was tried.")
            return None
        job.state, job.worker, job.attempts = Job.State.RUNNING, worker, job.attempts + 1
        job.started_at = timezone.now()
        job.save(update_fields=["state", "worker", "attempts", "started_at"])
    return job


def run(job: Job) -> None:
    """Do a claimed job and write down how it ended.

    A job whose store did not answer is given back to be tried again. Raises the database's
    OperationalError or InterfaceError when it went away meanwhile: then ``give_back_all`` once it
    answers again.
    """
    try:
        _tasks[job.name](Progress(job), **job.payload)
    except Cancelled as error:
        _finish(job, Job.State.CANCELLED, str(error))
    except StorageError as error:
        if isinstance(error, StorageFull) or job.attempts >= MAX_ATTEMPTS:
            _finish(job, Job.State.FAILED, str(error))
        else:
            give_back(job, after=STORE_AWAY * job.attempts)
    except AmparoError as error:
        _finish(job, Job.State.FAILED, str(error))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 the worker's edge: one job's fault stays its own
        _log.exception("job %s (%s) failed", job.pk, job.name)
        _finish(job, Job.State.FAILED, f"An error of the program: {type(error).__name__}.")
    else:
        _finish(job, Job.State.DONE, "")


def give_back(job: Job, *, after: timedelta = timedelta(0), blameless: bool = False) -> None:
    """Let a job be claimed again, ``after`` so long, that this worker could not end.

    Its last attempt fails it; one for which the job is ``blameless`` does not count.
    """
    attempts = max(0, job.attempts - blameless)
    with transaction.atomic():
        if attempts >= MAX_ATTEMPTS:
            _finish(job, Job.State.FAILED, "The database went away each time it was tried.")
        elif _held(job).update(
            state=Job.State.QUEUED,
            worker="",
            attempts=attempts,
            not_before=timezone.now() + after,
        ):
            job.refresh_from_db(fields=["not_before"])
            queue().drop(job)
            queue().put(job)


def give_back_all(worker: str, *, blameless: bool) -> None:
    """Give back whatever ``worker`` holds, as the rows say: it does not know what was written."""
    for job in Job.objects.filter(state=Job.State.RUNNING, worker=worker):
        give_back(job, blameless=blameless)


def take_from(worker: str) -> None:
    """Let what a dead ``worker`` held be claimed at once; its claim counts."""
    with transaction.atomic():
        for job in Job.objects.filter(state=Job.State.RUNNING, worker=worker):
            if _held(job).update(state=Job.State.QUEUED, worker=""):
                queue().drop(job)
                queue().put(job)


def queue_again() -> int:
    """Put every job that was not over into this database's queue, after a move; gives how many."""
    unfinished = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    with transaction.atomic():
        Job.objects.update(ticket=None)
        unfinished.update(state=Job.State.QUEUED, worker="", lease_until=None)
        jobs = list(unfinished.order_by("not_before", "pk"))
        for job in jobs:
            queue().put(job)
    return len(jobs)


def work_once(worker: str) -> bool:
    """Claim and do one job; False when none was due."""
    job = claim(worker)
    if job is None:
        return False
    run(job)
    return True


def _put(job: Job) -> Job:
    with transaction.atomic():
        job.save(force_insert=True)
        queue().put(job)
    return job


def _held(job: Job) -> QuerySet[Job]:
    """The job's row, if its worker still has it."""
    return Job.objects.filter(pk=job.pk, worker=job.worker, state=Job.State.RUNNING)


def _finish(job: Job, state: str, error: str) -> None:
    """Write down how a job ended, unless another worker has it by now."""
    with transaction.atomic():
        if _held(job).exists():
            _end(job, state, error)


def _end(job: Job, state: str, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=timezone.now())
    queue().drop(job)
