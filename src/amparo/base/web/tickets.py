"""The queue of an organisation: procrastinate on PostgreSQL (https://procrastinate.readthedocs.io).

Each job that waits has a ticket there, and knows its number; the ticket says nothing else. A worker
takes the next one and beats while it works; the ticket of a worker that stopped beating is handed
out again. Tickets go in and out in the same transactions as the rows of the jobs, on Django's own
connection, so that neither can be there without the other.

When the database goes away, procrastinate says so in its own way; here it is told as by every other
statement, with Django's OperationalError.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from asgiref.sync import async_to_sync
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from amparo.base.web.models import Job

if TYPE_CHECKING:
    from procrastinate.manager import JobManager

__all__ = ["STILL_SECONDS", "Tickets"]

STILL_SECONDS = 45
"""A worker that has not said so for as long is taken for dead."""
LOOK_SECONDS = 10
FORGET = timedelta(days=1)
TASK = "amparo.job"
STANDING_LOCK = 0x416D7061726F4A  # "AmparoJ"


@contextmanager
def _answered() -> Iterator[None]:
    """Let it be heard as such when the database does not answer."""
    import psycopg
    from procrastinate.exceptions import ConnectorException

    try:
        yield
    except ConnectorException as error:
        if isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
            raise OperationalError(str(error.__cause__)) from error
        raise


class Tickets:
    """A ``Queue``."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._looked: dict[str, float] = {}
        self._beaten: dict[str, float] = {}

    @_answered()
    def put(self, job: Job) -> None:
        from procrastinate.contrib.django import app

        later = job.not_before if job.not_before > timezone.now() else None
        task = app.configure_task(TASK, schedule_at=later)
        job.ticket = task.defer()
        Job.objects.filter(pk=job.pk).update(ticket=job.ticket)

    @_answered()
    def take(self, worker: str) -> Job | None:
        self._hand_out_again(worker)
        fetch = async_to_sync(_manager().fetch_job)
        while ticket := fetch(None, self._number(worker)):
            job = Job.objects.filter(ticket=ticket.id).first()
            if job is not None and not job.is_over:
                return job
            _finish(ticket.id)  # its job is gone, over, or waits under another ticket
        return None

    @_answered()
    def drop(self, job: Job) -> None:
        if job.ticket is None:
            return
        if not _manager().cancel_job_by_id(job.ticket, delete_job=True):
            _finish(job.ticket)

    @_answered()
    def beat(self, worker: str) -> None:
        async_to_sync(_manager().update_heartbeat)(self._number(worker))
        self._beaten[worker] = monotonic()

    @_answered()
    def leave(self, worker: str) -> None:
        if worker in self._numbers:
            async_to_sync(_manager().unregister_worker)(self._numbers.pop(worker))

    def only_one(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [STANDING_LOCK])

    def _number(self, worker: str) -> int:
        """The worker's number in procrastinate; another one when it was taken for dead."""
        from procrastinate.contrib.django.models import ProcrastinateWorker

        number = self._numbers.get(worker)
        if number is None or not ProcrastinateWorker.objects.filter(pk=number).exists():
            number = self._numbers[worker] = async_to_sync(_manager().register_worker)()
        return number

    def _hand_out_again(self, worker: str) -> None:
        """Now and then, let what a dead worker held be taken again."""
        if monotonic() - self._looked.get(worker, 0.0) < LOOK_SECONDS:
            return
        self._looked[worker] = now = monotonic()
        silent = now - self._beaten.get(worker, now)
        self.beat(worker)
        if silent > STILL_SECONDS / 2:
            self._looked[worker] += STILL_SECONDS / 2
            return  # the database was away: others that live shall be able to say so first
        self.only_one()
        manager = _manager()
        stalled = async_to_sync(manager.get_stalled_jobs)(seconds_since_heartbeat=STILL_SECONDS)
        for ticket in stalled:
            if ticket.id is not None:
                manager.retry_job_by_id(ticket.id, timezone.now() - FORGET)
        async_to_sync(manager.prune_stalled_workers)(FORGET.total_seconds())


def _manager() -> JobManager:
    from procrastinate.contrib.django import app

    return app.job_manager


def _finish(ticket: int | None) -> None:
    """Take a ticket out; one that is gone already is what is wanted."""
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    if ticket is not None:
        finish = async_to_sync(_manager().finish_job_by_id_async)
        with suppress(ConnectorException), _answered(), transaction.atomic():
            finish(ticket, Status.SUCCEEDED, delete_job=True)
