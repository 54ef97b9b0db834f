"""The port between a job's row and whoever hands it out: which worker does it, and is it alive.

SQLCipher: the row itself is leased (``leases``). PostgreSQL: procrastinate hands out tickets
(``tickets``), to any number of workers on any number of machines.
"""

from __future__ import annotations

from typing import Protocol

from django.db import connection

from amparo.base.web.leases import Leases
from amparo.base.web.models import Job
from amparo.base.web.tickets import Tickets

__all__ = ["Queue", "queue"]


class Queue(Protocol):
    """Every method but ``beat`` runs inside the caller's transaction."""

    def put(self, job: Job) -> None:
        """Let ``job`` be taken from ``job.not_before`` on."""
        ...

    def take(self, worker: str) -> Job | None:
        """The oldest due job, or one whose worker stopped beating; nobody else gets it."""
        ...

    def drop(self, job: Job) -> None:
        """It is over, or nobody shall take it."""
        ...

    def beat(self, worker: str) -> None:
        """Say that ``worker`` lives; often enough, whatever it is doing."""
        ...

    def leave(self, worker: str) -> None:
        """Say that ``worker`` ends."""
        ...

    def only_one(self) -> None:
        """Let no other worker pass here until the transaction ends."""
        ...


_leases, _tickets = Leases(), Tickets()


def queue() -> Queue:
    """The queue of the database in use."""
    return _tickets if connection.vendor == "postgresql" else _leases
