"""Watches workers from outside and kills the one that takes too much.

Memory is what the worker and its children hold resident, together with what they keep in
anonymous files and in their scratch folder; address space is not looked at, since honest
libraries reserve a lot of it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from amparo.extract.reading import Limits

__all__ = ["Watch", "Watchdog", "kill_tree"]

_INTERVAL = 0.05
_ROUNDS = 100
_SLOW_EVERY = 4  # children and files are counted every fourth look


@dataclass(eq=False)
class Watch:
    """A job under watch. ``verdict`` is "" or the sentence for which the worker was killed."""

    process: psutil.Process
    scratch: Path
    limits: Limits
    programs: bool
    deadline: float
    cpu_before: float
    verdict: str = ""
    looks: int = 0
    extra_memory: int = 0
    peak_memory: int = 0
    paused_at: float | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def pause(self) -> None:
        """Stop the clock while the host is busy with what the worker sent."""
        self.paused_at = time.monotonic()

    def resume(self) -> None:
        """Let the clock run on."""
        if self.paused_at is not None:
            self.deadline += time.monotonic() - self.paused_at
            self.paused_at = None


class Watchdog:
    """One thread that looks at every job under way, twenty times a second."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._watches: set[Watch] = set()
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, process: psutil.Process, scratch: Path, limits: Limits, programs: bool) -> Watch:
        """Start to watch a worker for one job."""
        watch = Watch(
            process=process,
            scratch=scratch,
            limits=limits,
            programs=programs,
            deadline=time.monotonic() + limits.seconds,
            cpu_before=_cpu_seconds(process),
        )
        with self._lock:
            if self._owner != os.getpid():  # threads do not follow into a forked process
                self._owner, self._watches, self._thread = os.getpid(), set(), None
            self._watches.add(watch)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
                self._thread.start()
        self._wanted.set()
        return watch

    def remove(self, watch: Watch) -> None:
        """The job is over."""
        with self._lock:
            self._watches.discard(watch)
            if not self._watches:
                self._wanted.clear()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            with self._lock:
                watches = list(self._watches)
            for watch in watches:
                if not watch.verdict:
                    look(watch, time.monotonic())
            time.sleep(_INTERVAL)


def look(watch: Watch, now: float) -> None:
    """Judge one worker now, and kill it when it is over a limit."""
    try:
        watch.verdict = _judge(watch, now)
    except (psutil.Error, OSError):
        return  # it is gone: the channel's end tells the host
    if watch.verdict:
        kill_tree(watch.process.pid)


def _judge(watch: Watch, now: float) -> str:
    limits = watch.limits
    if watch.paused_at is None and now > watch.deadline:
        return f"Reading it took longer than {limits.seconds:g} seconds, so it was stopped."
    memory = watch.process.memory_info().rss
    watch.looks += 1
    if watch.looks % _SLOW_EVERY == 1:
        watch.extra_memory, count = _hidden_memory(watch)
        if count > limits.processes:
            return f"Reading it started more than {limits.processes} processes; it was stopped."
        if _cpu_seconds(watch.process) - watch.cpu_before > limits.cpu_seconds:
            return (
                f"Reading it used more than {limits.cpu_seconds:g} seconds of computing,"
                " so it was stopped."
            )
    watch.peak_memory = max(watch.peak_memory, memory + watch.extra_memory)
    if memory + watch.extra_memory > limits.memory:
        return (
            f"Reading it needed more than {limits.memory / 2**20:,.0f} MiB of memory,"
            " so it was stopped."
        )
    return ""


def _hidden_memory(watch: Watch) -> tuple[int, int]:
    """Memory of children, of anonymous files and of the scratch folder; number of children."""
    children = watch.process.children(recursive=True) if watch.programs else []
    size = _folder_size(watch.scratch) + _anonymous_files(watch.process.pid)
    for child in children:
        with contextlib.suppress(psutil.Error, OSError):
            size += child.memory_info().rss + _anonymous_files(child.pid)
    return size, len(children)


def _folder_size(folder: Path) -> int:
    size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                size += (Path(parent) / name).lstat().st_blocks * 512
    return size


def _anonymous_files(pid: int) -> int:
    """Bytes that a process keeps in files without a name (Linux; 0 elsewhere)."""
    size = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                if str(Path(entry.path).readlink()).startswith("/memfd:"):
                    size += entry.stat().st_blocks * 512
    return size


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return sum(times[:4])  # own and finished children's, user and system


def kill_tree(pid: int) -> None:
    """Kill a worker and all that it started.

    It is stopped first; as it adopts what its children leave behind (``confinement``), whoever
    was started and hides is still found below it.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGSTOP)
    for _ in range(_ROUNDS):
        if not _kill_children(pid):
            break
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _kill_children(pid: int) -> bool:
    """Kill all living processes below ``pid``; says whether there were any."""
    try:
        children = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return False
    alive = False
    for child in children:
        with contextlib.suppress(psutil.Error):
            if child.status() != psutil.STATUS_ZOMBIE:
                alive = True
                child.kill()
    return alive
