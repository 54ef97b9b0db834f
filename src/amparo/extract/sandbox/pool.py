"""Workers, lent to one caller at a time, reused until they misbehave or have done enough."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from amparo.extract.sandbox.process import SandboxError, Worker, sweep

__all__ = ["Pool"]

_JOBS_OF_A_WORKER = 2_000
_RESIDENT_AFTER_A_JOB = 600 * 2**20


class Pool:
    """At most ``size`` workers at work at once; more callers wait. Safe to use from threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._owner = os.getpid()
        self._idle: list[Worker] = []
        self._at_work: set[Worker] = set()
        self._busy = 0
        self._free = threading.Condition()
        self._closed = False
        self.aborted = False
        sweep()

    def close(self) -> None:
        """End all idle workers; those at work end with their job."""
        with self._free:
            self._closed = True
            idle, self._idle = self._idle, []
            self._free.notify_all()
        for worker in idle:
            worker.stop()

    def abort(self) -> None:
        """Close, and kill those at work too; ``aborted`` tells their callers why."""
        with self._free:
            self.aborted = True
            at_work = list(self._at_work)
        for worker in at_work:
            worker.kill()
        self.close()

    @contextmanager
    def borrowed(self, *, programs: bool) -> Iterator[Worker]:
        """Lend a worker, one that may start programs or one that may not."""
        worker = self._take(programs)
        try:
            yield worker
        finally:
            self._give_back(worker)

    def _take(self, programs: bool) -> Worker:
        with self._free:
            self._forget_after_fork()
            while self._busy >= self._size and not self._closed:
                self._free.wait()
            if self._closed:
                raise SandboxError("The reading room is closed.")
            self._busy += 1
            fitting = [worker for worker in self._idle if worker.programs == programs]
            worker = fitting[-1] if fitting else None
            if worker is not None:
                self._idle.remove(worker)
        try:
            worker = _still_running(worker) or Worker(programs=programs)
        except BaseException:
            self._release()
            raise
        with self._free:
            self._at_work.add(worker)
        return worker

    def _give_back(self, worker: Worker) -> None:
        worker.jobs += 1
        spent = worker.jobs >= _JOBS_OF_A_WORKER or worker.resident() > _RESIDENT_AFTER_A_JOB
        if worker.alive and (spent or self._closed):
            worker.stop()
        with self._free:
            self._at_work.discard(worker)
            if worker.alive:
                self._idle.append(worker)
        self._release()

    def _release(self) -> None:
        with self._free:
            self._busy -= 1
            self._free.notify()

    def _forget_after_fork(self) -> None:
        """Workers of the process that this one was forked from are not ours."""
        if self._owner != os.getpid():
            self._owner, self._busy = os.getpid(), 0
            self._idle, self._at_work = [], set()


def _still_running(worker: Worker | None) -> Worker | None:
    """A worker that waited; None, and it is cleared away, when it ended while it waited."""
    if worker is None or worker.is_running():
        return worker
    worker.end()
    return None
