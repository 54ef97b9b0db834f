"""The reading room's desk: hand in a file, get what a worker found in it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, BinaryIO

from amparo.base.errors import Cancelled, UnreadableFile
from amparo.extract import registry
from amparo.extract.reading import Child, Limits, PageText, Picture, Reading
from amparo.extract.sandbox.channel import ChannelClosed, ProtocolError
from amparo.extract.sandbox.confinement import Confinement
from amparo.extract.sandbox.pool import Pool
from amparo.extract.sandbox.process import Worker
from amparo.extract.sandbox.reception import Reception
from amparo.extract.sandbox.served import answer
from amparo.extract.sandbox.watchdog import Watchdog

__all__ = ["Sandbox"]

IN_MEMORY_SIZE = 256 * 2**20
SECONDS_A_PAGE = 90.0


class Sandbox:
    """Reads files in disposable processes. Safe to use from many threads.

    ``workers`` is how many files are read at once; more callers wait. Close it, or use it in a
    ``with`` statement.
    """

    def __init__(self, workers: int = 1) -> None:
        self._pool = Pool(workers)
        self._watchdog = Watchdog()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all idle workers; those at work end with their job."""
        self._pool.close()

    def abort(self) -> None:
        """End all workers at once; who waits for one gets ``Cancelled`` and has no result."""
        self._pool.abort()

    def describe(self) -> Confinement:
        """What holds a worker back on this system, as workers of both kinds report it."""
        with self._pool.borrowed(programs=False) as worker:
            plain = worker.confinement
        with self._pool.borrowed(programs=True) as worker:
            return replace(plain, processes=worker.confinement.processes)

    def read(
        self,
        source: BinaryIO | bytes,
        *,
        name: str,
        media_type: str,
        limits: Limits | None = None,
        on_child: Callable[[Child], None] | None = None,
        on_page: Callable[[PageText], None] | None = None,
    ) -> Reading:
        """Read a file; never raises for what the file is: ``status`` and ``reason`` tell.

        ``source`` is a seekable stream (it may decrypt as it goes). Each child is handed to
        ``on_child`` with a stream in ``data`` that is good during that call only and raises
        ``UnreadableFile`` when the child breaks off; without ``on_child`` children are collected
        as bytes. With ``on_page`` pages are handed over as they come and not collected.
        """
        entry = registry.find(media_type)
        if entry is None:
            return Reading(status="failed", reason=registry.why_not(media_type))
        reception = Reception(limits or Limits(), on_child=on_child, on_page=on_page)
        self.run(
            f"amparo.extract.readers.{entry.kind}:read",
            source,
            name=name,
            programs=entry.programs,
            reception=reception,
        )
        return reception.reading()

    def render(
        self,
        source: BinaryIO | bytes,
        *,
        media_type: str,
        pages: Sequence[int],
        width: int,
        limits: Limits | None = None,
    ) -> tuple[Picture, ...]:
        """Draw pages (from 1) ``width`` pixels wide. ``UnreadableFile`` when it cannot be."""
        reception = Reception(limits or Limits(seconds=60, cpu_seconds=60))
        self.run(
            "amparo.extract.rendering:render",
            source,
            name="",
            arguments={"media_type": media_type, "pages": list(pages), "width": width},
            reception=reception,
        )
        return reception.drawn()

    def recognise(
        self,
        source: BinaryIO | bytes,
        *,
        media_type: str,
        pages: Sequence[int],
        languages: Sequence[str] = (),
        on_page: Callable[[PageText], None] | None = None,
    ) -> Reading:
        """Recognise the words that ``pages`` of a PDF or picture show; never raises for the file.

        Each page has ``SECONDS_A_PAGE``. Without ``languages`` each page's own are found.
        """
        allowed = SECONDS_A_PAGE * (1 + len(pages))
        limits = Limits(seconds=allowed, cpu_seconds=allowed)
        reception = Reception(limits, on_page=on_page)
        self.run(
            "amparo.extract.ocr:recognise",
            source,
            name="",
            programs=True,
            arguments={
                "media_type": media_type,
                "pages": list(pages),
                "languages": list(languages) or None,
            },
            reception=reception,
        )
        return reception.reading()

    def set_to_pages(
        self, source: BinaryIO | bytes, *, name: str, media_type: str, paper: str = "us-letter"
    ) -> tuple[bytes, Reading]:
        """Set an office file, message or text to pages: the PDF, and how it was made.

        The reading's ``status`` is ``partial`` when something is not shown. ``UnreadableFile``
        when it cannot be set, also for want of LibreOffice.
        """
        reception = Reception(Limits(seconds=180, cpu_seconds=180))
        self.run(
            "amparo.extract.rendition:render_pdf",
            source,
            name=name,
            programs=True,
            arguments={"media_type": media_type, "paper": paper},
            reception=reception,
        )
        reading = reception.reading()
        pages = [child.data for child in reading.children if isinstance(child.data, bytes)]
        if reading.status == "failed" or not pages:
            raise UnreadableFile(reading.reason or "It could not be set to pages.")
        return pages[0], reading

    def run(
        self,
        call: str,
        source: BinaryIO | bytes,
        *,
        name: str,
        reception: Reception,
        programs: bool = False,
        arguments: Mapping[str, Any] | None = None,
    ) -> None:
        """Run ``call`` (``module:function``) over a file in a worker; ``reception`` has the result.

        The function gets ``(file, name, limits, **arguments)`` and gives a ``Reading`` or pictures.
        """
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        job = {
            "call": call,
            "name": name,
            "size": size,
            "limits": asdict(reception.limits),
            "arguments": dict(arguments or {}),
        }
        with self._pool.borrowed(programs=programs) as worker:
            self._converse(worker, job, stream, reception)

    def _converse(
        self, worker: Worker, job: Mapping[str, Any], source: BinaryIO, reception: Reception
    ) -> None:
        """One job: send the file, take what comes. A worker that fails is ended here."""
        watch = self._watchdog.add(worker.psutil, worker.scratch, reception.limits, worker.programs)
        reception.watch = watch
        try:
            _send_job(worker, job, source)
            while not reception.finished:
                kind, block = worker.channel.receive()
                if kind == b"N":
                    worker.channel.send(b"B", answer(source, block))
                else:
                    reception.take(kind, block, worker.channel)
        except ChannelClosed:
            how = worker.end()
            if self._pool.aborted:
                raise Cancelled("The work was stopped.") from None
            reception.broken(watch.verdict or f"The reader crashed on this file ({how}).")
        except ProtocolError as error:
            worker.stop()
            reception.broken(f"The reader misbehaved on this file and was ended: {error}.")
        except BaseException:
            worker.stop()
            raise
        finally:
            self._watchdog.remove(watch)
            reception.watch = None


def _send_job(worker: Worker, job: Mapping[str, Any], source: BinaryIO) -> None:
    """Send the job with the file in memory, or to be asked for when it is large."""
    size = job["size"]
    if size > IN_MEMORY_SIZE or not hasattr(os, "memfd_create"):
        worker.channel.send_json(b"J", job)
        return
    descriptor = os.memfd_create("amparo", os.MFD_CLOEXEC)
    try:
        _fill(descriptor, source)
        worker.channel.send_json(b"J", job, file=descriptor)
    finally:
        os.close(descriptor)


def _fill(descriptor: int, source: BinaryIO) -> None:
    while block := source.read(2**20):
        view = memoryview(block)
        while view:
            view = view[os.write(descriptor, view) :]
