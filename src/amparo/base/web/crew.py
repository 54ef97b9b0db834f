"""A crew of workers, each a process of its own; one that dies is replaced, and its job goes on.

They are forked, so that the keys pass by memory, never by a file or an argument that another
program could read.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import socket
import threading
from collections.abc import Sequence
from multiprocessing.context import ForkProcess
from types import FrameType

from django.db import connections

from amparo.base.cores import claim_core
from amparo.base.web.worker import work_until_stopped

__all__ = ["keep_working"]

LOOK_SECONDS = 1.0
LEAVE_SECONDS = 20


def keep_working(number: int) -> None:
    """Keep ``number`` workers at work until SIGTERM or SIGINT, or until the parent is gone.

    A worker that is told to stop ends the job that it has begun only at the job's next report.
    """
    stop, parent = threading.Event(), os.getppid()

    def hear(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    connections.close_all()
    name = f"{socket.gethostname()[:60]}:{secrets.token_hex(4)}"
    crew: dict[int, ForkProcess] = {}
    while not stop.is_set() and os.getppid() == parent:
        dead = [worker.pid for worker in crew.values() if not worker.is_alive()]
        for place in range(number):
            if place not in crew or crew[place].pid in dead:
                crew[place] = _start(name, dead, place, number)
        stop.wait(LOOK_SECONDS)
    for worker in crew.values():
        worker.terminate()
    for worker in crew.values():
        worker.join(LEAVE_SECONDS)
        if worker.is_alive():
            worker.kill()


def _start(crew: str, dead: Sequence[int | None], place: int, places: int) -> ForkProcess:
    """A worker of ``crew``, which first takes over from those that are dead."""
    work = multiprocessing.get_context("fork")
    worker = work.Process(target=_work, args=(crew, dead, place, places))
    worker.start()
    return worker


def _work(crew: str, dead: Sequence[int | None], place: int, places: int) -> None:
    claim_core(place, places)
    work_until_stopped(crew, dead)
