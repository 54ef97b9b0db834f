"""A worker: claims jobs and does them until its parent is gone or it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import threading
from types import FrameType

from django.db import close_old_connections, connections

from amparo.base.web.jobs import queue_standing, work_once

__all__ = ["work_until_stopped"]

PAUSE_SECONDS = 0.5
PAUSES_PER_ROUND = 1200
"""How often a worker without work looks whether a standing task is to be queued: every 10 min."""


def work_until_stopped() -> None:
    """Do jobs as they come; returns after SIGTERM or SIGINT, or when the parent process died."""
    stop = threading.Event()

    def hear(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    name, parent = f"{socket.gethostname()}:{os.getpid()}", os.getppid()
    pauses = 0
    while not stop.is_set() and os.getppid() == parent:
        close_old_connections()
        if pauses % PAUSES_PER_ROUND == 0:
            queue_standing()
        if work_once(name):
            pauses = 1
        else:
            pauses += 1
            stop.wait(PAUSE_SECONDS)
    connections.close_all()
