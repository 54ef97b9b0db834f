"""The cores of this computer: how many there are, and one of its own for each worker of a crew.

Who reads evidence asks the database, the store and the sandbox some forty times a file, and each
of them wakes and answers within a millisecond. Where cores share no cache (in most virtual
machines) the system often wakes them at a core where another worker is busy, while one is idle:
two workers kept 1.6 of two cores busy. Each at a core of its own, they keep 1.8 busy.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["claim_core", "cores", "on_own_core"]

_own: set[int] = set()


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def claim_core(place: int, places: int) -> None:
    """Give this process the core of the ``place``-th of so many processes, from 0 on.

    None where there are more cores than processes, for the system finds an idle one then, and none
    where a process cannot be kept at a core (macOS).
    """
    _own.clear()
    if 1 < cores() <= places and hasattr(os, "sched_setaffinity"):
        usable = sorted(os.sched_getaffinity(0))
        _own.add(usable[place % len(usable)])


@contextmanager
def on_own_core() -> Iterator[None]:
    """Stay at the core that was claimed, if one was, with all processes that are started here."""
    if not _own:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _own)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
