"""A worker: claims jobs and does them until its parent is gone or it is told to stop.

When the database goes away it waits and goes on; the job that it had is claimed again. A thread
beats meanwhile, so that a job which reports seldom is not taken for its worker's death.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from django.db import Error, InterfaceError, OperationalError, close_old_connections, connections

from amparo.base.web.jobs import claim, give_back_all, queue_standing, run, take_from
from amparo.base.web.queues import queue

__all__ = ["work_until_stopped"]

PAUSE_SECONDS = 0.5
BEAT_SECONDS = 15
AWAY_SECONDS = 2
PAUSES_PER_ROUND = 1200
"""How often a worker without work looks whether a standing task is to be queued: every 10 min."""

_log = logging.getLogger(__name__)


def work_until_stopped(crew: str, dead: Sequence[int | None] = ()) -> None:
    """Do jobs as they come; returns after SIGTERM or SIGINT, or when the parent process died.

    ``crew`` names its crew as no other is; ``dead``: numbers of processes of it that died.
    """
    stop = threading.Event()

    def hear(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    name = f"{crew}:{os.getpid()}"
    beating = threading.Thread(target=_beat, args=(name, stop), daemon=True)
    beating.start()
    _Worker(name, stop, [f"{crew}:{number}" for number in dead]).work(os.getppid())
    stop.set()
    beating.join(BEAT_SECONDS)
    with suppress(Error):
        queue().leave(name)
    connections.close_all()


class _Worker:
    """One worker's round: whether it may hold something, and how long it has had nothing to do."""

    def __init__(self, name: str, stop: threading.Event, dead: list[str]) -> None:
        self._name = name
        self._stop = stop
        self._dead = dead
        self._failures = 0
        self._pauses = 0

    def work(self, parent: int) -> None:
        """Go on until told to stop or until ``parent`` is no longer this process's parent."""
        while not self._stop.is_set() and os.getppid() == parent:
            close_old_connections()
            try:
                self._step()
            except (OperationalError, InterfaceError) as error:
                connections.close_all()
                self._failures += 1
                _log.warning("The database does not answer: %s. Trying again.", str(error).strip())
                if self._failures > 1:
                    self._stop.wait(AWAY_SECONDS)

    def _step(self) -> None:
        """Do what is due. After a failure nobody knows what was written: what is held goes back.

        The failure that the next step meets again was the database's, not the job's.
        """
        if self._failures:
            give_back_all(self._name, blameless=self._failures > 1)
            self._failures = 0
        while self._dead:
            take_from(self._dead[-1])
            self._dead.pop()
        if self._pauses % PAUSES_PER_ROUND == 0:
            queue_standing()
        job = claim(self._name)
        if job is None:
            self._pauses += 1
            self._stop.wait(PAUSE_SECONDS)
            return
        self._pauses = 1
        run(job)


def _beat(name: str, stop: threading.Event) -> None:
    """Say that the worker lives, on a connection of this thread's own."""
    while not stop.wait(BEAT_SECONDS):
        with suppress(Error):
            queue().beat(name)
        close_old_connections()
    connections.close_all()
