"""How a worker hands over what a reader found: piece by piece, counted against the limits."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amparo.base.errors import AmparoError
from amparo.base.shortening import shortened
from amparo.extract.reading import Child, Limits, PageText, Picture, Reading, Words
from amparo.extract.sandbox import entries
from amparo.extract.sandbox.channel import Channel, ChannelClosed

__all__ = ["Delivery", "explain"]

_PAGE = struct.Struct("<III")
_LONGEST_TEXT = 16 * 2**20
_LONGEST_VALUE = 64 * 1024
_METADATA_SIZE = 2 * 2**20
_HEADINGS = 20_000
_FREE_SIZE = 64 * 2**20
_PIECE = 256 * 1024
_LONGEST_PATH = 4096
_ENDING = 255
_PROBLEMS = 5


class _LimitReached(AmparoError):
    """A limit of the job; what was sent before it stays."""


@dataclass
class Delivery:
    """Sends one job's result over a channel. ``size`` is the size of the file that is read."""

    channel: Channel
    limits: Limits
    size: int
    pages: int = 0
    children: int = 0
    whole_children: int = 0
    characters: int = 0
    unfolded: int = 0

    def reading(self, reading: Reading) -> None:
        """Send pages, children, then the end with everything else."""
        reasons = [reading.reason] if reading.reason else []
        status = reading.status
        for send, things in ((self._page, reading.pages), (self._child, reading.children)):
            problem = self._send_all(send, things)
            if problem:
                reasons.append(problem)
                status = "partial" if status != "failed" else status
        if status == "partial" and not self.pages and not self.whole_children:
            status = "failed"
        self._end(_tail(reading) | {"status": status, "reason": " ".join(reasons)})

    def pictures(self, pictures: Iterable[Picture]) -> None:
        """Send pictures, then the end."""
        for picture in pictures:
            facts = [picture.page, picture.width, picture.height, picture.media_type]
            head = json.dumps(facts).encode()
            self.channel.queue(b"I", struct.pack("<I", len(head)), head, picture.data)
        self._end({"status": "read", "reason": ""})

    def failed(self, reason: str) -> None:
        """Send the end: nothing more can be read."""
        status = "partial" if self.pages or self.whole_children else "failed"
        self._end({"status": status, "reason": reason})

    def _end(self, tail: Mapping[str, Any]) -> None:
        self.channel.queue(b"E", json.dumps(tail, ensure_ascii=False).encode(errors="replace"))
        self.channel.flush()

    def _send_all(self, send: Any, things: Iterable[Any]) -> str:
        """Send one after another; gives "" or the sentence that ended it."""
        problems: list[str] = []
        try:
            for thing in things:
                problem = send(thing)
                if problem and len(problems) < _PROBLEMS:
                    problems.append(problem)
        except ChannelClosed:
            raise
        except Exception as error:  # noqa: BLE001  the worker's edge: keep what came before
            problems.append(explain(error))
        return " ".join(problems)

    def _page(self, page: PageText) -> str:
        if self.pages >= self.limits.pages:
            raise _LimitReached(f"Only the first {self.limits.pages} pages were read.")
        text = page.text
        self.characters += len(text)
        if len(text) > _LONGEST_TEXT or self.characters > self.limits.characters:
            raise _LimitReached(
                f"The text is longer than allowed, so page {page.number} and what follows"
                " were not read."
            )
        self.pages += 1
        facts = [page.number, page.width, page.height, page.source, page.language, page.label]
        head = json.dumps([*facts, page.needs_ocr, entries.packed(page)]).encode()
        body = text.encode(errors="replace")
        packed = Words.of(page.words).packed
        lengths = _PAGE.pack(len(head), len(body), len(packed))
        self.channel.send(b"P", lengths, head, body, packed)  # at once: the next may crash
        return ""

    def _child(self, child: Child) -> str:
        if self.children >= self.limits.entries:
            raise _LimitReached(f"Only the first {self.limits.entries} files inside were read.")
        self.children += 1
        head = {
            "path": shortened(child.path, _LONGEST_PATH, ending=_ENDING),
            "media_type": child.media_type,
            "modified": child.modified,
            "metadata": _capped(child.metadata),
        }
        self.channel.queue(b"C", json.dumps(head).encode(errors="replace"))
        problem = ""
        size = 0
        try:
            for piece in _pieces(child.data):
                size += len(piece)
                self.unfolded += len(piece)
                self._check_size(child.path, size)
                self.channel.queue(b"D", piece)
        except ChannelClosed:
            raise
        except _LimitReached as error:
            problem = str(error)
            raise
        except Exception as error:  # noqa: BLE001  one bad child costs that child
            problem = f"“{child.path[:200]}”: {explain(error)}"
        finally:
            self.channel.queue(b"Z", problem.encode(errors="replace"))
        self.whole_children += not problem
        return problem

    def _check_size(self, path: str, size: int) -> None:
        limits = self.limits
        if size > limits.child_size:
            raise _LimitReached(f"“{path}” inside is larger than {_mib(limits.child_size)}.")
        if self.unfolded > limits.children_size:
            raise _LimitReached(f"The files inside are over {_mib(limits.children_size)} together.")
        if self.unfolded > max(_FREE_SIZE, limits.ratio * self.size):
            raise _LimitReached(
                f"The file unfolds to more than {limits.ratio} times its size, as a"
                " decompression bomb does, so the rest was left packed."
            )


def explain(error: BaseException) -> str:
    """A sentence for what a reader raised; for what nobody foresaw, with its place."""
    if isinstance(error, AmparoError):
        return str(error)
    if isinstance(error, RecursionError):
        return "The file is nested too deeply to be read."
    if isinstance(error, MemoryError):
        return "There was not enough memory to read the file."
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})"
    text = " ".join(str(error).split())[:300]
    return f"The reader stopped: {type(error).__name__}{place}{': ' + text if text else ''}."


def _tail(reading: Reading) -> dict[str, Any]:
    return {
        "metadata": _capped(reading.metadata),
        "outline": [
            [heading.level, heading.title[:1000], heading.page]
            for heading in reading.outline[:_HEADINGS]
        ],
        "tool": reading.tool,
        "tool_version": reading.tool_version,
        "settings": _capped(reading.settings),
        "page_count": reading.page_count,
    }


def _capped(values: Mapping[str, str]) -> dict[str, str]:
    """As much of the metadata as fits: long values are cut, the rest is dropped."""
    kept: dict[str, str] = {}
    left = _METADATA_SIZE
    for key, value in values.items():
        text = str(value)[:_LONGEST_VALUE]
        left -= len(key) + len(text)
        if left < 0:
            break
        kept[str(key)[:1000]] = text
    return kept


def _pieces(data: Any) -> Iterator[bytes]:
    """The bytes of a child in pieces of at most 256 KiB, from bytes, a file or an iterable."""
    if hasattr(data, "read"):
        while piece := data.read(_PIECE):
            yield piece
        return
    for block in (data,) if isinstance(data, bytes | bytearray | memoryview) else data:
        for start in range(0, len(block), _PIECE):
            yield bytes(block[start : start + _PIECE])


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"
