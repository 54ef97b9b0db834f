"""The one runner for external programs: found, limited, watched, and gone when they misbehave.

A program gets an environment that holds only what it needs (nothing of ours leaks into it), its
own process group, a deadline, a limit on the resident memory of it and its children together, and
a limit on what it may print. When a limit is passed the whole group is killed and reaped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from amparo.base.errors import ProgramFailed, ProgramMissing

__all__ = ["KNOWN", "Completed", "Program", "find", "is_present", "run"]

_TICK = 0.05
_TAIL = 400


@dataclass(frozen=True, slots=True)
class Program:
    """An external program that Amparo knows: what waits without it, and how to get it."""

    names: tuple[str, ...]
    waits: str
    debian: str
    macos: str
    places: tuple[str, ...] = ()

    @property
    def install_command(self) -> str:
        """The one command that installs it on this platform."""
        if sys.platform == "darwin":
            return f"brew install {self.macos}"
        return f"sudo apt-get install {self.debian}"


KNOWN: Mapping[str, Program] = {
    "tesseract": Program(
        ("tesseract",),
        "Reading scanned pages",
        "tesseract-ocr tesseract-ocr-ara tesseract-ocr-fra tesseract-ocr-rus tesseract-ocr-spa "
        "tesseract-ocr-ukr tesseract-ocr-osd",
        "tesseract tesseract-lang",
    ),
    "soffice": Program(
        ("soffice", "libreoffice"),
        "Turning Word, Excel and PowerPoint files into pages",
        "libreoffice-writer libreoffice-calc libreoffice-impress",
        "--cask libreoffice",
        ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    ),
    "exiftool": Program(
        ("exiftool",),
        "Reading the full metadata of photographs and videos",
        "libimage-exiftool-perl",
        "exiftool",
    ),
    "openssl": Program(
        ("openssl",), "Verifying time stamps of some authorities", "openssl", "openssl"
    ),
    "age": Program(("age",), "Opening sealed objects without Amparo", "age", "age"),
    "bsdtar": Program(("bsdtar",), "Opening RAR archives", "libarchive-tools", "libarchive"),
    "qpdf": Program(("qpdf",), "Repairing damaged PDF files", "qpdf", "qpdf"),
}


@dataclass(frozen=True, slots=True)
class Completed:
    """What a program gave back: exit status, both outputs, seconds of wall time."""

    status: int
    stdout: bytes
    stderr: bytes
    seconds: float


def find(name: str) -> Path | None:
    """Give the path of the program ``name`` (a key of KNOWN or a command), or None."""
    known = KNOWN.get(name)
    for candidate in known.names if known else (name,):
        if found := shutil.which(candidate):
            return Path(found)
    places = known.places if known else ()
    return next((Path(place) for place in places if Path(place).is_file()), None)


def is_present(name: str) -> bool:
    """Say whether the program ``name`` is installed."""
    return find(name) is not None


def run(
    argv: Sequence[str | Path],
    *,
    timeout: float,
    input: bytes | None = None,  # noqa: A002  the word that subprocess uses
    memory: int | None = None,
    output: int = 256 * 1024 * 1024,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    accept: Collection[int] = (0,),
    pass_fds: Collection[int] = (),
) -> Completed:
    """Run ``argv`` (first: a key of KNOWN, a command, or a path) and give what it printed.

    ``timeout`` is in seconds; ``memory`` (resident, of the whole process tree) and ``output``
    (each of the two streams) in bytes. ``environment`` is added to a minimal one. An exit status
    outside ``accept`` fails.

    Raises ProgramMissing, saying what waits and the install command, and ProgramFailed.
    """
    name = Path(argv[0]).name
    command = [str(_locate(argv[0])), *map(str, argv[1:])]
    started = time.monotonic()
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if input is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=_environment(environment or {}),
            start_new_session=True,
            pass_fds=tuple(pass_fds),
        )
    except OSError as error:
        raise ProgramFailed(f"{name} could not be started: {error.strerror}.") from error
    with _Watched(process, input, output) as watched:
        fault = _watch(watched, started + timeout, memory)
    seconds = time.monotonic() - started
    if fault:
        raise ProgramFailed(f"{name} was stopped: {fault.format(seconds=timeout)}.")
    done = Completed(process.returncode, watched.stdout, watched.stderr, seconds)
    if done.status not in accept:
        raise ProgramFailed(f"{name} {_ending(done)}")
    return done


class _Watched:
    """A running process whose three streams are pumped by threads; killed whole on leaving."""

    def __init__(self, process: subprocess.Popen[bytes], given: bytes | None, limit: int) -> None:
        self.process = process
        self.overflowed = False
        self._limit = limit
        self._parts: tuple[list[bytes], list[bytes]] = ([], [])
        self._threads = [
            threading.Thread(target=self._drain, args=(process.stdout, self._parts[0])),
            threading.Thread(target=self._drain, args=(process.stderr, self._parts[1])),
        ]
        if given is not None:
            self._threads.append(threading.Thread(target=self._feed, args=(given,)))

    @property
    def stdout(self) -> bytes:
        return b"".join(self._parts[0])

    @property
    def stderr(self) -> bytes:
        return b"".join(self._parts[1])

    @property
    def finished(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def __enter__(self) -> _Watched:
        for thread in self._threads:
            thread.daemon = True
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        _kill_group(self.process)
        for thread in self._threads:
            thread.join()

    def _drain(self, stream: IO[bytes], parts: list[bytes]) -> None:
        size = 0
        with stream:
            while chunk := os.read(stream.fileno(), 65536):
                size += len(chunk)
                if size > self._limit:
                    self.overflowed = True
                    return
                parts.append(chunk)

    def _feed(self, given: bytes) -> None:
        stream = self.process.stdin
        assert stream is not None
        with contextlib.suppress(BrokenPipeError), stream:
            stream.write(given)


def _watch(watched: _Watched, deadline: float, memory: int | None) -> str:
    """Wait for the process; give the reason why it must be stopped, or nothing when it ended."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            watched.process.wait(_TICK)
        if watched.overflowed:
            return "it printed more than it may"
        if watched.process.poll() is not None and watched.finished:
            return ""
        if time.monotonic() > deadline:
            return "it took longer than {seconds:.0f} seconds"
        if memory is not None and _resident(watched.process.pid) > memory:
            return f"it needed more than {memory // 2**20} MiB of memory"


def _resident(pid: int) -> int:
    """Sum the resident memory of a process and all below it, in bytes."""
    total = 0
    with contextlib.suppress(psutil.Error, OSError):  # OSError: where /proc may not be read
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
    return total


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process's own group, and reap it."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _locate(first: str | Path) -> Path:
    path = Path(first)
    if path.is_absolute():
        return path
    found = find(str(first))
    if found is None:
        raise _missing(str(first))
    return found


def _missing(name: str) -> ProgramMissing:
    known = KNOWN.get(name)
    if known is None:
        return ProgramMissing(f"The program {name} is not installed.")
    return ProgramMissing(
        f"{known.waits} waits: the program {name} is not installed.",
        next_step=f"Install it with: {known.install_command}",
    )


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Give the least environment that programs need: no secret of ours, one locale, one clock."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/", **extra}


def _ending(done: Completed) -> str:
    """Say how a program ended, with the last words that it printed about it."""
    words = done.stderr[-_TAIL:].decode("utf-8", "replace").strip()
    if done.status < 0:
        ending = f"was killed by signal {-done.status}"
    else:
        ending = f"stopped with status {done.status}"
    return f"{ending}: {' '.join(words.split())}" if words else f"{ending}."
