"""Doing one function for many jobs side by side: in threads, and in child processes.

Threads of one interpreter hold its lock in turn, so two of them seal or check files of a few
hundred kilobytes no faster than one. Children that are copies of this process take the jobs from
the first on; where no sound copy can be made, fresh interpreters are started when more than a few
jobs have come, and take them as soon as they are up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar, cast

from amparo.base.child import Child, Owed, can_fork

__all__ = ["SideBySide", "side_by_side"]

Ground = TypeVar("Ground")
Job = TypeVar("Job")
Answer = TypeVar("Answer")


class SideBySide(Generic[Ground, Job, Answer]):
    """``function(ground, job)`` for one job after another. Made by ``side_by_side``."""

    def __init__(
        self,
        function: Callable[[Ground, Job], Answer],
        ground: Ground,
        threads: ThreadPoolExecutor,
        children: int,
        after: int,
    ) -> None:
        self._function = function
        self._ground = ground
        self._threads = threads
        self._wanted = children if os.name == "posix" else 0
        self._after = after
        self._given = 0
        self._children: list[Child] = []

    def give(self, job: Job, *, in_thread: bool = False) -> Callable[[], Answer]:
        """Begin a job; call what this gives to wait for its answer, or for the error it raised.

        ``in_thread`` keeps one in this process that fills its threads by itself. A job whose child
        dies is done here.
        """
        self._given += not in_thread
        if self._wanted and (self._given > self._after or can_fork()):
            self.start()
        ready = [] if in_thread else [child for child in self._children if child.is_ready()]
        if not ready:
            return self._threads.submit(self._function, self._ground, job).result
        child = min(ready, key=Child.owes)
        owed = child.ask(job)
        return lambda: self._answer(child, owed, job)

    def start(self) -> None:
        """Start the children now, without waiting for jobs or for them."""
        wanted, self._wanted = self._wanted, 0
        self._children += [Child(self._function, self._ground) for _ in range(wanted)]

    @property
    def has_children(self) -> bool:
        """Whether a child is up to take jobs."""
        return any(child.is_ready() for child in self._children)

    def close(self) -> None:
        """End the children, whatever they are at."""
        for child in self._children:
            child.end()
        for child in self._children:
            child.close()

    def _answer(self, child: Child, owed: Owed, job: Job) -> Answer:
        if not child.wait_for(owed):
            return self._function(self._ground, job)
        succeeded, told = owed.pop()
        if not succeeded:
            raise told
        return cast(Answer, told)


@contextmanager
def side_by_side(
    function: Callable[[Ground, Job], Answer],
    ground: Ground,
    *,
    threads: int,
    children: int,
    after: int,
) -> Iterator[SideBySide[Ground, Job, Answer]]:
    """Threads, and as many ``children``; fresh ones when more than ``after`` jobs have come.

    ``function`` stands at the level of its module; ``ground``, jobs and answers can be pickled.
    What was begun and not asked for at the end is dropped.
    """
    pool = ThreadPoolExecutor(threads, thread_name_prefix=function.__name__)
    doing = SideBySide(function, ground, pool, children, after)
    try:
        yield doing
    finally:
        pool.shutdown(cancel_futures=True)
        doing.close()
