"""A child that does one function for one job after another, asked and answering over a socket.

Where this process has one thread alone a child is a copy of it (``fork``), warm and there at once;
elsewhere (the workbench, macOS) it is a fresh interpreter. It works with nothing of its parent's
but the function and its ground, and ends when the socket closes, so none outlives a parent that
was killed.

What is given and what comes back is pickled; nobody but parent and child can write to the socket.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, Protocol

__all__ = ["Child", "Owed", "can_fork", "serve"]

_SERVE = "import sys; from amparo.base.child import serve; serve(int(sys.argv[1]))"
_KEEP = str(32 * 2**20)
_MEMORY = dict.fromkeys(
    ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_"), _KEEP
)
"""glibc gives a block of some hundred kilobytes back to the system as soon as it is free, and then
asks for it again page by page; that cost a child a third of its time. This lets it keep them."""
_OPEN_FILES = Path("/proc/self/fd")
_STANDARD = 3

Owed = list[tuple[bool, Any]]
"""Where an answer will be: whether it succeeded, and the answer or the error."""


def can_fork() -> bool:
    """Whether a copy of this process is a sound one: another thread might hold a lock in it.

    Threads of numpy's linear algebra see to themselves (``pthread_atfork``), and OpenSSL draws
    other random numbers in a copy.
    """
    return sys.platform == "linux" and threading.active_count() == 1


class Child:
    """One process, and the answers that it owes in the order in which they were asked."""

    def __init__(self, function: Callable[[Any, Any], Any], ground: object) -> None:
        self._socket, theirs = socket.socketpair()
        self._stream = self._socket.makefile("rwb")
        self._owed: deque[Owed] = deque()
        self._is_dead = False
        self._has_started = can_fork()
        with theirs:
            if self._has_started:
                self._process: _Process = _Copy(theirs, function, ground)
            else:
                self._process = _fresh(theirs)
                self._send((function.__module__, function.__name__, ground))

    @property
    def pid(self) -> int:
        """Its number among the system's processes."""
        return self._process.pid

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

    def ask(self, job: object) -> Owed:
        """Send a job; its answer will be in what this gives, once it is taken."""
        owed: Owed = []
        self._owed.append(owed)
        self._send(job)
        return owed

    def wait_for(self, owed: Owed) -> bool:
        """Take answers until ``owed`` has its own; False when the child died before."""
        while not owed and not self._is_dead:
            self._take()
        return bool(owed)

    def end(self) -> None:
        """Tell it to end, whatever it is at."""
        self._process.terminate()

    def close(self) -> None:
        """Wait for its end, which it was told."""
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


def serve(descriptor: int) -> None:
    """Be a fresh interpreter that does what comes through the socket ``descriptor``."""
    with socket.socket(fileno=descriptor) as channel, channel.makefile("rwb") as stream:
        try:
            module, name, ground = _load(stream)
            function = getattr(importlib.import_module(module), name)
            _dump(stream, None)
        except (EOFError, ConnectionError):
            return
        _do(stream, function, ground)


class _Process(Protocol):
    pid: int

    def terminate(self) -> None: ...
    def wait(self) -> int: ...


def _fresh(theirs: socket.socket) -> _Process:
    """Start a fresh interpreter that serves the socket."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _SERVE, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        env={**os.environ, **_MEMORY},
    )


class _Copy:
    """A copy of this process that serves the socket and nothing else, and never comes back."""

    def __init__(
        self, theirs: socket.socket, function: Callable[[Any, Any], Any], ground: object
    ) -> None:
        self.pid = os.fork()
        if not self.pid:
            _be_a_copy(theirs, function, ground)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def wait(self) -> int:
        return os.waitpid(self.pid, 0)[1]


def _be_a_copy(
    theirs: socket.socket, function: Callable[[Any, Any], Any], ground: object
) -> NoReturn:
    try:
        gc.disable()
        gc.freeze()  # what is the parent's is neither looked at nor closed
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close_all_but(theirs.fileno())
        _do(theirs.makefile("rwb"), function, ground)
    finally:
        os._exit(0)


def _close_all_but(kept: int) -> None:
    """Close what the parent has open: its database, its locks, the sockets of other children."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    for descriptor in [int(each.name) for each in _OPEN_FILES.iterdir()]:
        if descriptor >= _STANDARD and descriptor != kept:
            with suppress(OSError):  # that of the listing itself
                os.close(descriptor)


def _do(stream: Any, function: Callable[[Any, Any], Any], ground: object) -> None:
    """Do one job after another until the socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            _dump(stream, _done(function, ground, _load(stream)))
    except (EOFError, ConnectionError):
        return


def _done(function: Callable[[Any, Any], Any], ground: Any, job: Any) -> tuple[bool, Any]:
    try:
        return True, function(ground, job)
    except Exception as error:  # noqa: BLE001 the child's edge: whoever asked hears of it
        return False, error


def _dump(stream: Any, value: object) -> None:
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _load(stream: Any) -> Any:
    return pickle.load(stream)  # noqa: S301 only our own other end writes here
