"""How the program takes what a worker sends: checked, counted, never trusted."""

from __future__ import annotations

import io
import json
import math
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, cast, get_args

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import (
    Child,
    Heading,
    Limits,
    PageText,
    Picture,
    Reading,
    Source,
    Status,
    Words,
)
from amparo.extract.sandbox import entries
from amparo.extract.sandbox.channel import Channel, ProtocolError, decode
from amparo.extract.sandbox.watchdog import Watch

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Reception"]

_PAGE = struct.Struct("<III")
_SOURCES, _STATUSES = get_args(Source), get_args(Status)


class Reception:
    """Gathers the result of one job. ``finished`` once the worker said that it is done."""

    def __init__(
        self,
        limits: Limits,
        *,
        on_child: Callable[[Child], None] | None = None,
        on_page: Callable[[PageText], None] | None = None,
    ) -> None:
        self.limits = limits
        self.finished = False
        self.watch: Watch | None = None
        self._pages: list[PageText] = []
        self._children: list[Child] = []
        self._pictures: list[Picture] = []
        self._needs_ocr: list[int] = []
        self._page_count = self._child_count = self._characters = 0
        self._on_page = on_page or self._pages.append
        self._on_child = on_child or self._collect
        self._tail: Mapping[str, Any] = {}

    def take(self, kind: bytes, block: bytes, channel: Channel) -> None:
        """Take one frame; the frames of a child are drawn from ``channel`` as it is consumed."""
        if kind == b"P":
            self._take_page(block)
        elif kind == b"C":
            self._take_child(block, channel)
        elif kind == b"I":
            self._take_picture(block)
        elif kind == b"E":
            self._tail = decode(block)
            self.finished = True
        else:
            raise ProtocolError(f"an unknown frame {kind!r}")

    def broken(self, reason: str) -> None:
        """The worker is gone before it was done."""
        some = self._page_count or self._child_count
        if self._page_count:
            reason = f"Only the first {self._page_count} pages were read. {reason}"
        self._tail = {"status": "partial" if some else "failed", "reason": reason}
        self.finished = True

    def reading(self) -> Reading:
        """The result of a job that reads."""
        tail = self._tail
        status = tail.get("status")
        return Reading(
            status=cast(Status, status) if status in _STATUSES else "failed",
            reason=str(tail.get("reason", "")),
            pages=tuple(self._pages),
            children=tuple(self._children),
            metadata=_strings(tail.get("metadata")),
            outline=_headings(tail.get("outline")),
            tool=str(tail.get("tool", "")),
            tool_version=str(tail.get("tool_version", "")),
            settings=_strings(tail.get("settings")),
            needs_ocr=tuple(self._needs_ocr),
            page_count=max(self._page_count, _count(tail.get("page_count"))),
        )

    def drawn(self) -> tuple[Picture, ...]:
        """The result of a job that draws; ``UnreadableFile`` when it failed."""
        if self._tail.get("status") != "read":
            raise UnreadableFile(str(self._tail.get("reason", "")))
        return tuple(self._pictures)

    def _take_page(self, block: bytes) -> None:
        head, text, packed = _split(block)
        facts = _list(head, 8)
        number, width, height, source, language, label, needs_ocr, lines = facts
        if self._page_count >= self.limits.pages or source not in _SOURCES:
            raise ProtocolError("a page too many, or from nowhere")
        words = _text(text)
        page = PageText(
            number=_count(number),
            width=_measure(width),
            height=_measure(height),
            text=words,
            words=_words(packed),
            source=source,
            language=str(language)[:35] if language else None,
            needs_ocr=needs_ocr is True,
            label=str(label)[:200],
            rows=entries.rows(lines),
            messages=entries.messages(lines, words),
        )
        self._characters += len(page.text)
        if self._characters > self.limits.characters:
            raise ProtocolError("more text than is allowed")
        self._page_count += 1
        if page.needs_ocr:
            self._needs_ocr.append(page.number)
        with self._clock_stopped():
            self._on_page(page)

    def _take_child(self, block: bytes, channel: Channel) -> None:
        if self._child_count >= self.limits.entries:
            raise ProtocolError("more files inside than are allowed")
        self._child_count += 1
        head = decode(block)
        media_type = head.get("media_type")
        stream = _ChildStream(channel, self.limits.child_size)
        child = Child(
            path=str(head.get("path", "")),
            data=cast(BinaryIO, io.BufferedReader(stream, 256 * 1024)),
            media_type=str(media_type) if media_type else None,
            modified=str(head.get("modified", ""))[:100],
            metadata=_strings(head.get("metadata")),
        )
        with self._clock_stopped():
            self._on_child(child)
        stream.drain()

    def _collect(self, child: Child) -> None:
        try:
            data = cast(BinaryIO, child.data).read()
        except UnreadableFile:
            return
        self._children.append(
            Child(child.path, data, child.media_type, child.modified, child.metadata)
        )

    def _take_picture(self, block: bytes) -> None:
        (size,) = struct.unpack_from("<I", block) if len(block) >= 4 else (len(block),)
        if 4 + size > len(block):
            raise ProtocolError("a picture without its facts")
        page, width, height, media_type = _list(block[4 : 4 + size], 4)
        data = block[4 + size :]
        self._pictures.append(
            Picture(_count(page), _count(width), _count(height), str(media_type), data)
        )

    @contextmanager
    def _clock_stopped(self) -> Iterator[None]:
        """What the program itself takes for a page or a child is not the reader's time."""
        if self.watch is None:
            yield
            return
        self.watch.pause()
        try:
            yield
        finally:
            self.watch.resume()


class _ChildStream(io.RawIOBase):
    """The bytes of one child, drawn from the channel as they are read."""

    def __init__(self, channel: Channel, allowed: int) -> None:
        self._channel = channel
        self._left = allowed
        self._block = memoryview(b"")
        self._over = False
        self._problem = ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if not self._block and not self._over:
            self._next()
        if self._problem:
            raise UnreadableFile(self._problem)
        view = memoryview(buffer).cast("B")
        taken = min(len(view), len(self._block))
        view[:taken] = self._block[:taken]
        self._block = self._block[taken:]
        return taken

    def drain(self) -> None:
        """Pass over what nobody read."""
        while not self._over:
            self._next()

    def _next(self) -> None:
        kind, block = self._channel.receive()
        if kind == b"Z":
            self._over, self._problem = True, block.decode(errors="replace")
        elif kind != b"D" or len(block) > self._left:
            raise ProtocolError("a file inside is longer than is allowed, or broken off")
        else:
            self._left -= len(block)
            self._block = memoryview(block)


def _split(block: bytes) -> tuple[bytes, bytes, bytes]:
    if len(block) < _PAGE.size:
        raise ProtocolError("a page without its lengths")
    head, text, words = _PAGE.unpack_from(block)
    if _PAGE.size + head + text + words != len(block):
        raise ProtocolError("a page whose lengths are wrong")
    at = _PAGE.size
    return block[at : at + head], block[at + head : at + head + text], block[at + head + text :]


def _list(block: bytes, length: int) -> list[Any]:
    try:
        value = json.loads(block)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"not JSON: {error}") from error
    if not isinstance(value, list) or len(value) != length:
        raise ProtocolError("facts of the wrong length")
    return value


def _text(block: bytes) -> str:
    return block.decode("utf-8", errors="replace").replace("\x00", "\ufffd")


def _words(packed: bytes) -> Words:
    try:
        return Words(packed)
    except ValueError as error:
        raise ProtocolError(str(error)) from error


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value < 2**31 else 0


def _measure(value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return 0.0
    return min(max(float(value), 0.0), 1e6)


def _strings(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {str(key): str(text).replace("\x00", "\ufffd") for key, text in value.items()}


def _headings(value: object) -> tuple[Heading, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(
        Heading(_count(entry[0]), str(entry[1]), _count(entry[2]) or None)
        for entry in value
        if isinstance(entry, list) and len(entry) == 3
    )
