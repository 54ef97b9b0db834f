"""The process in which files are read: ``python -m amparo.extract.sandbox.worker FD SCRATCH``.

It gives up everything that it can (``confinement``), says what it gave up, then does one job
after another until the channel closes. A job names a function ``module:name``; its result is sent
piece by piece (``delivery``). What a reader raises becomes a sentence; what kills the process is
the business of ``watchdog`` and ``pool``.
"""

from __future__ import annotations

import importlib
import io
import json
import mimetypes
import mmap
import os
import resource
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from amparo.extract.reading import Limits, Reading
from amparo.extract.sandbox import namespaces
from amparo.extract.sandbox.channel import Channel, ChannelClosed
from amparo.extract.sandbox.confinement import confine
from amparo.extract.sandbox.delivery import Delivery, explain
from amparo.extract.sandbox.served import ServedFile

__all__ = ["main"]


def main(arguments: list[str]) -> None:
    """Confine this process, then serve jobs from the socket ``FD``."""
    descriptor, scratch, programs = int(arguments[0]), Path(arguments[1]), arguments[2] == "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    mimetypes.init(files=[])  # types by name as Python knows them, whatever the machine has
    if programs:
        problem = namespaces.enter(lambda: os.close(descriptor), scratch)
    else:
        problem = namespaces.own_tmp(scratch)
    channel = Channel(socket.socket(fileno=descriptor), accept_files=True)
    if problem or not programs:
        _leave_with_parent(scratch)
    held = confine(scratch, programs=programs, file_size=int(arguments[3]))
    confinement = replace(held, processes=problem)
    channel.send_json(b"H", confinement.to_json())
    try:
        while True:
            _, block = channel.receive()
            _work(channel, json.loads(block))
            _reap()
            _empty(scratch)
    except ChannelClosed:
        _empty(scratch)


def _work(channel: Channel, job: dict[str, Any]) -> None:
    limits = Limits(**job["limits"])
    _allow_seconds_more(limits.cpu_seconds)
    delivery = Delivery(channel, limits, size=job["size"])
    try:
        with _open_input(channel, job) as file:
            function = _resolve(job["call"])
            result = function(file, job["name"], limits, **job["arguments"])
            if isinstance(result, Reading):
                delivery.reading(result)
            else:
                delivery.pictures(result)
    except ChannelClosed:
        raise
    except Exception as error:  # noqa: BLE001  the worker's edge: a reader's bug costs one file
        delivery.failed(explain(error))


def _resolve(call: str) -> Callable[..., Any]:
    module, _, name = call.partition(":")
    return cast(Callable[..., Any], getattr(importlib.import_module(module), name))


def _open_input(channel: Channel, job: dict[str, Any]) -> BinaryIO:
    """The file: mapped memory that came as a descriptor, or served by the other side."""
    size: int = job["size"]
    descriptor = channel.take_file()
    if descriptor is None:
        raw = ServedFile(channel, size)
        return io.BufferedReader(raw, buffer_size=256 * 1024)
    try:
        if not size:
            return io.BytesIO()
        return cast(BinaryIO, _MappedFile(descriptor, size))
    finally:
        os.close(descriptor)


class _MappedFile(io.BufferedIOBase):
    """A file over mapped memory; ``.getbuffer()`` gives the bytes without a copy."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._map = mmap.mmap(descriptor, size, flags=mmap.MAP_PRIVATE)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._map.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._map.read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        line = self._map.readline()
        if size is not None and 0 <= size < len(line):
            self._map.seek(size - len(line), io.SEEK_CUR)
            return line[:size]
        return line

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._map.tell(), io.SEEK_END: len(self._map)}
        self._map.seek(min(len(self._map), max(0, base[whence] + offset)))
        return self._map.tell()

    def tell(self) -> int:
        return self._map.tell()

    def getbuffer(self) -> mmap.mmap:
        """The mapped bytes themselves."""
        return self._map


def _allow_seconds_more(seconds: float) -> None:
    """The kernel's own limit on this process's CPU time, behind the watchdog's."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime + 2 * seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or allowed < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def _leave_with_parent(scratch: Path) -> None:
    """End this process when the program that started it is gone, and leave nothing behind."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        try:
            _empty(scratch)
        finally:  # another program may have swept the folder already
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _reap() -> None:
    """Take leave of processes that programs left behind, which would count for the next job."""
    if not hasattr(os, "waitpid"):
        return
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1:])
