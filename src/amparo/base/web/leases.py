"""The queue of a laptop: a column of the job's row says until when its worker holds it.

One writer at a time, as SQLite has it, so that nobody else can take what was just taken.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from amparo.base.web.models import Job

__all__ = ["LEASE", "Leases"]

LEASE = timedelta(seconds=60)


class Leases:
    """A ``Queue``."""

    def put(self, job: Job) -> None:
        """The row is all that there is to it."""

    def take(self, worker: str) -> Job | None:  # noqa: ARG002 the port's
        now = timezone.now()
        due = Q(state=Job.State.QUEUED, not_before__lte=now)
        orphaned = Q(state=Job.State.RUNNING, lease_until__lt=now)
        job = Job.objects.filter(due | orphaned).order_by("not_before", "pk").first()
        if job is not None:
            Job.objects.filter(pk=job.pk).update(lease_until=now + LEASE)
        return job

    def drop(self, job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(lease_until=None)

    def beat(self, worker: str) -> None:
        held = Job.objects.filter(state=Job.State.RUNNING, worker=worker)
        held.update(lease_until=timezone.now() + LEASE)

    def leave(self, worker: str) -> None:
        """What it held is taken up when its lease ends."""

    def only_one(self) -> None:
        """A transaction of SQLite lets nobody else in."""
