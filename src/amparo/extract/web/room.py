"""The reading room of this process: one sandbox, opened when it is first needed."""

from __future__ import annotations

import atexit
import os
import threading

from amparo.extract.sandbox import Confinement, Sandbox

__all__ = ["close_room", "how_held", "reading_room"]

_lock = threading.Lock()
_rooms: dict[int, Sandbox] = {}
_held: dict[int, Confinement] = {}


def reading_room() -> Sandbox:
    """The sandbox that all threads of this process share, with a worker for each processor."""
    with _lock:
        room = _rooms.get(os.getpid())
        if room is None:
            _rooms.clear()  # those of the process that this one was forked from
            room = _rooms[os.getpid()] = Sandbox(workers=max(2, os.cpu_count() or 2))
            atexit.register(close_room)
        return room


def how_held() -> Confinement:
    """What holds readers back on this system, asked of a worker once."""
    room = reading_room()
    with _lock:
        held = _held.get(os.getpid())
    if held is None:
        held = room.describe()
        with _lock:
            _held[os.getpid()] = held
    return held


def close_room() -> None:
    """End the workers: when the process ends and when the workspace is locked."""
    with _lock:
        room = _rooms.pop(os.getpid(), None)
    if room is not None:
        room.close()
