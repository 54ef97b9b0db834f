"""Doing one function for many jobs side by side: in threads, and in interpreters once it is much.

Threads of one interpreter hold its lock in turn, so two of them seal or check files of a few
hundred kilobytes no faster than one. When more than a few jobs have come, child interpreters are
started, and take the jobs as soon as they are up. A child is given the function and its ground
once, then one job after another over a socket of its own; it opens nothing of its parent's and
ends when the socket closes, so none outlives a parent that was killed.

What is given and what comes back is pickled; nobody but parent and child can write to the socket.
"""

from __future__ import annotations

import importlib
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, cast

__all__ = ["SideBySide", "cores", "serve", "side_by_side"]

Ground = TypeVar("Ground")
Job = TypeVar("Job")
Answer = TypeVar("Answer")

_SERVE = "import sys; from amparo.base.side_by_side import serve; serve(int(sys.argv[1]))"
_KEEP = str(32 * 2**20)
_MEMORY = dict.fromkeys(
    ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_"), _KEEP
)
"""glibc gives a block of some hundred kilobytes back to the system as soon as it is free, and then
asks for it again page by page; that cost a child a third of its time. This lets it keep them."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
        self._children: list[_Child] = []

    def give(self, job: Job, *, in_thread: bool = False) -> Callable[[], Answer]:
        """Begin a job; call what this gives to wait for its answer, or for the error it raised.

        ``in_thread`` keeps one in this process that fills its threads by itself. A job whose child
        dies is done here.
        """
        self._given += not in_thread
        if self._given > self._after:
            self.start()
        ready = [] if in_thread else [child for child in self._children if child.is_ready()]
        if not ready:
            return self._threads.submit(self._function, self._ground, job).result
        child = min(ready, key=_Child.owes)
        owed = child.ask(job)
        return lambda: self._answer(child, owed, job)

    def start(self) -> None:
        """Start the children now, without waiting for jobs or for them."""
        said = (self._function.__module__, self._function.__name__, self._ground)
        self._children += [_Child(said) for _ in range(self._wanted)]
        self._wanted = 0

    @property
    def has_children(self) -> bool:
        """Whether a child is up to take jobs."""
        return any(child.is_ready() for child in self._children)

    def close(self) -> None:
        """End the children, whatever they are at."""
        for child in self._children:
            child.close()

    def _answer(self, child: _Child, owed: _Owed, job: Job) -> Answer:
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
    """Threads, and as many ``children`` when more than ``after`` jobs have come.

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


def serve(descriptor: int) -> None:
    """Be a child: do what comes through the socket ``descriptor`` until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as channel, channel.makefile("rwb") as stream:
        try:
            module, name, ground = _load(stream)
            function = getattr(importlib.import_module(module), name)
            _dump(stream, None)
            while True:
                _dump(stream, _done(function, ground, _load(stream)))
        except (EOFError, ConnectionError):
            return


def _done(function: Callable[[Any, Any], Any], ground: Any, job: Any) -> tuple[bool, Any]:
    try:
        return True, function(ground, job)
    except Exception as error:  # noqa: BLE001 the child's edge: whoever asked hears of it
        return False, error


_Owed = list[tuple[bool, Any]]
"""Where an answer will be: whether it succeeded, and the answer or the error."""


class _Child:
    """One interpreter, and the answers that it owes in the order in which they were asked."""

    def __init__(self, said: tuple[str, str, object]) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-c", _SERVE, str(theirs.fileno())]
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **_MEMORY},
            )
        self._stream = self._socket.makefile("rwb")
        self._owed: deque[_Owed] = deque()
        self._has_started = self._is_dead = False
        self._send(said)

    def owes(self) -> int:
        """How many answers it has not sent yet."""
        while self._owed and self._has_sent():
            self._take()
        return len(self._owed)

    def is_ready(self) -> bool:
        """Whether it has started and lives."""
        if not self._has_started and self._has_sent():
            self._receive()
            self._has_started = True
        return self._has_started and not self._is_dead

    def ask(self, job: object) -> _Owed:
        owed: _Owed = []
        self._owed.append(owed)
        self._send(job)
        return owed

    def wait_for(self, owed: _Owed) -> bool:
        """Take answers until ``owed`` has its own; False when the child died before."""
        while not owed and not self._is_dead:
            self._take()
        return bool(owed)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._socket.close()

    def _has_sent(self) -> bool:
        """Whether something of it waits to be read; true, too, of the end of one that died."""
        return not self._is_dead and bool(select.select([self._socket], [], [], 0)[0])

    def _take(self) -> None:
        told = self._receive()
        if not self._is_dead:
            self._owed.popleft().append(told)

    def _send(self, value: object) -> None:
        try:
            _dump(self._stream, value)
        except OSError:
            self._is_dead = True

    def _receive(self) -> Any:
        try:
            return _load(self._stream)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._is_dead = True
            return None


def _dump(stream: Any, value: object) -> None:
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _load(stream: Any) -> Any:
    return pickle.load(stream)  # noqa: S301 only our own other end writes here
