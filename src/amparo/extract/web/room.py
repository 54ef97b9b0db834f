"""The reading room of this process: one sandbox, opened when it is first needed."""

from __future__ import annotations

import atexit
import os
import threading

from amparo.extract.sandbox import Sandbox

__all__ = ["close_room", "reading_room"]

_lock = threading.Lock()
_rooms: dict[int, Sandbox] = {}


def reading_room() -> Sandbox:
    """The sandbox that all threads of this process share, with a worker for each processor."""
    with _lock:
        room = _rooms.get(os.getpid())
        if room is None:
            _rooms.clear()  # those of the process that this one was forked from
            room = _rooms[os.getpid()] = Sandbox(workers=max(2, os.cpu_count() or 2))
            atexit.register(close_room)
        return room


def close_room() -> None:
    """End the workers: when the process ends and when the workspace is locked."""
    with _lock:
        room = _rooms.pop(os.getpid(), None)
    if room is not None:
        room.close()
