"""The job queue: a table and a lease.

A worker claims the oldest due job by writing its name and a time until which it holds it; while it
works it renews the lease. A worker that dies stops renewing, and the job is claimed again: no job
is lost with its worker. After ``MAX_ATTEMPTS`` claims a job fails with what happened, instead of
taking every worker down with it.

Tasks are functions registered by name: ``@task("extract.read")``. They receive a ``Progress`` and
the payload as keywords, and must be safe to run twice. A standing task is queued again by the
workers each time it has ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from amparo.base.errors import AmparoError, Cancelled, UsageError
from amparo.base.web.models import Job

__all__ = ["Progress", "cancel", "claim", "enqueue", "queue_standing", "retry", "run"]
__all__ += ["standing", "task", "work_once"]

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
TaskFunction = Callable[..., None]

_tasks: dict[str, TaskFunction] = {}
_standing: dict[str, timedelta] = {}
_log = logging.getLogger(__name__)


@dataclass
class Progress:
    """What a running task tells the world, and how it hears that it should stop."""

    job: Job

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the work is and renew the lease; raises ``Cancelled`` if a person asked."""
        renewed = Job.objects.filter(pk=self.job.pk, worker=self.job.worker).update(
            done=done, total=total, message=message, lease_until=timezone.now() + LEASE
        )
        self.job.refresh_from_db(fields=["cancel_requested"])
        if not renewed or self.job.cancel_requested:
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
    name: str, *, matter_id: UUID | None = None, user_id: UUID | None = None, **payload: Any
) -> Job:
    """Put a job in the queue; ``payload`` must be plain JSON values."""
    if name not in _tasks:
        raise UsageError(f"There is no task called {name!r}.")
    return Job.objects.create(
        name=name,
        payload=payload,
        matter_id=matter_id,
        user_id=user_id,
        not_before=timezone.now(),
    )


def standing(name: str, every: timedelta) -> None:
    """Let the task ``name`` be done again and again, ``every`` so long after it last ended."""
    _standing[name] = every


def queue_standing() -> None:
    """Queue each standing task that does not wait already, for the time when it is due next."""
    with transaction.atomic():
        for name, every in _standing.items():
            rows = Job.objects.filter(name=name)
            if rows.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
                continue
            last = rows.order_by("-finished_at").values_list("finished_at", flat=True).first()
            now = timezone.now()
            due = last + every if last else now
            Job.objects.create(name=name, payload={}, not_before=max(due, now))


def cancel(job: Job) -> None:
    """Ask a job to stop: at once when it waits, at its next report when it runs."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.CANCELLED, finished_at=timezone.now()):
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)


def retry(job: Job) -> None:
    """Put a failed or cancelled job back in the queue."""
    Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED]).update(
        state=Job.State.QUEUED,
        attempts=0,
        error="",
        cancel_requested=False,
        not_before=timezone.now(),
        finished_at=None,
    )


def claim(worker: str) -> Job | None:
    """Take the oldest due job, or one whose worker stopped renewing its lease."""
    now = timezone.now()
    due = Q(state=Job.State.QUEUED, not_before__lte=now)
    orphaned = Q(state=Job.State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        candidates = Job.objects.select_for_update(skip_locked=True) if _can_skip() else Job.objects
        job = candidates.filter(due | orphaned).order_by("not_before", "pk").first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job, Job.State.FAILED, "Its worker stopped each time it was tried.")
            return None
        job.state, job.worker, job.attempts = Job.State.RUNNING, worker, job.attempts + 1
        job.started_at, job.lease_until = now, now + LEASE
        job.save(update_fields=["state", "worker", "attempts", "started_at", "lease_until"])
    return job


def run(job: Job) -> None:
    """Do a claimed job and write down how it ended."""
    try:
        _tasks[job.name](Progress(job), **job.payload)
    except Cancelled as error:
        _finish(job, Job.State.CANCELLED, str(error))
    except AmparoError as error:
        _finish(job, Job.State.FAILED, str(error))
    except Exception as error:  # noqa: BLE001 the worker's edge: one job's fault stays its own
        _log.exception("job %s (%s) failed", job.pk, job.name)
        _finish(job, Job.State.FAILED, f"An error of the program: {type(error).__name__}.")
    else:
        _finish(job, Job.State.DONE, "")


def work_once(worker: str) -> bool:
    """Claim and do one job; False when none was due."""
    job = claim(worker)
    if job is None:
        return False
    run(job)
    return True


def _finish(job: Job, state: str, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, error=error, finished_at=timezone.now(), lease_until=None
    )


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)
