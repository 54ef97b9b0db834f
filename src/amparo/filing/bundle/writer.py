"""A PDF written as it goes: each object leaves memory when it is finished.

What is copied keeps its bytes; numbers of objects are ours. Whatever the size of a bundle, memory
holds one exhibit at a time, and the output may be a pipe into an encrypted file. Small objects
go into compressed object streams (ISO 32000-2, 7.5.7) with a cross-reference stream (7.5.8).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import deque
from typing import Any, Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

__all__ = ["Copier", "Sink", "Writer"]

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OBJECTS_A_STREAM = 150
_PLACEHOLDER = "AmparoObjectNumber"
# Strings are stepped over, so that nothing in them is taken for a reference.
_REFERENCE = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>|/" + _PLACEHOLDER.encode() + rb"(\d+)(?![^\s/\[\]<>()])"
    rb"|\b(\d+) (\d+) R\b",
    re.DOTALL,
)
_TREES = (Name.Pages, Name.Page, Name.Catalog)


class Sink(Protocol):
    """What a PDF is written to: bytes only ever follow."""

    def write(self, data: bytes, /) -> int:
        """Take the next bytes."""
        ...


class Writer:
    """Writes a PDF to ``out`` from its beginning to its end; ``out`` need not be seekable.

    Reserve a number for what others refer to before it is written; ``finish`` must come last.
    """

    def __init__(self, out: Sink) -> None:
        self._out = out
        self._place = 0
        self._xref: dict[int, tuple[int, int, int]] = {}
        self._next = 1
        self._waiting: list[tuple[int, bytes]] = []
        self._emit(_HEADER)

    def reserve(self) -> int:
        """Give a new object number."""
        number = self._next
        self._next += 1
        return number

    @staticmethod
    def reference(number: int) -> Name:
        """Give what stands for a reference to object ``number`` inside objects to be written."""
        return Name(f"/{_PLACEHOLDER}{number}")

    def add(self, value: pikepdf.Object, number: int | None = None) -> int:
        """Write an object of ours, which refers to others by ``reference`` only."""
        number = self.reserve() if number is None else number
        self.write(number, _REFERENCE.sub(_replaced, value.unparse(resolved=True)))
        return number

    def add_stream(self, data: bytes, keys: pikepdf.Dictionary | None = None) -> int:
        """Write a stream of ours as it is; ``keys`` say what it is."""
        keys = Dictionary() if keys is None else keys
        number = self.reserve()
        self.write_stream(number, _REFERENCE.sub(_replaced, keys.unparse()), data)
        return number

    def write(self, number: int, body: bytes) -> None:
        """Write a small object that is already serialised."""
        self._waiting.append((number, body))
        if len(self._waiting) >= _OBJECTS_A_STREAM:
            self._flush()

    def write_stream(self, number: int, keys: bytes, data: bytes) -> None:
        """Write a stream: its dictionary, serialised and without ``/Length``, and its raw data."""
        self._xref[number] = (1, self._place, 0)
        head = keys.rstrip().removesuffix(b">>").rstrip()
        self._emit(b"%d 0 obj\n%b /Length %d >>\nstream\n" % (number, head, len(data)))
        self._emit(data)
        self._emit(b"\nendstream\nendobj\n")

    def finish(self, root: int, info: int, seed: bytes) -> None:
        """Write what is left, the cross-reference stream and the end.

        The file's identifier is made of ``seed`` and of where everything stands.
        """
        self._flush()
        number = self.reserve()
        self._xref[number] = (1, self._place, 0)
        self._xref[0] = (0, 0, 65535)
        rows = [self._xref.get(entry, (0, 0, 65535)) for entry in range(self._next)]
        wide = max(4, (self._place.bit_length() + 7) // 8)
        data = b"".join(
            kind.to_bytes(1) + place.to_bytes(wide) + index.to_bytes(2)
            for kind, place, index in rows
        )
        name = hashlib.sha256(seed + data).hexdigest()[:32]
        keys = (
            f"<< /Type /XRef /Size {self._next} /W [ 1 {wide} 2 ] /Root {root} 0 R "
            f"/Info {info} 0 R /ID [ <{name}> <{name}> ] /Filter /FlateDecode >>"
        )
        start = self._place
        self.write_stream(number, keys.encode(), zlib.compress(data))
        self._emit(b"startxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        """Write the waiting objects as one object stream."""
        if not self._waiting:
            return
        number = self.reserve()
        head, body = [], b""
        for index, (each, data) in enumerate(self._waiting):
            head.append(f"{each} {len(body)}")
            body += data + b"\n"
            self._xref[each] = (2, number, index)
        first = (" ".join(head) + "\n").encode()
        keys = (
            f"<< /Type /ObjStm /N {len(self._waiting)} /First {len(first)} /Filter /FlateDecode >>"
        )
        self._waiting.clear()
        self.write_stream(number, keys.encode(), zlib.compress(first + body))

    def _emit(self, data: bytes) -> None:
        self._out.write(data)
        self._place += len(data)


class Copier:
    """Copies objects of one opened PDF, with all they refer to, each once.

    Pages have numbers of their own: a reference to a page that is not in ``pages`` (by object
    number and generation) becomes null, so that a link never drags in what was left out.
    """

    def __init__(
        self, writer: Writer, pdf: pikepdf.Pdf, pages: dict[tuple[int, int], int] | None = None
    ) -> None:
        self._writer = writer
        self._pdf = pdf
        self._numbers: dict[tuple[int, int], int] = dict(pages or {})
        self._waiting: deque[tuple[tuple[int, int], int]] = deque()

    def copy(self, value: pikepdf.Object, number: int | None = None) -> int:
        """Write ``value``, and what it refers to, as object ``number``; give that number."""
        if number is None:
            number = self._numbers.get(value.objgen) or self._writer.reserve()
            if value.objgen in self._numbers:
                return number
        if value.is_indirect:
            self._numbers[value.objgen] = number
        self._write(value, number)
        while self._waiting:
            objgen, number_ = self._waiting.popleft()
            self._write(self._pdf.get_object(objgen), number_)
        return number

    def _write(self, value: Any, number: int) -> None:
        if isinstance(value, Stream):
            keys = value.stream_dict
            data = value.read_raw_bytes()
            plain = Dictionary({key: item for key, item in keys.items() if key != "/Length"})
            self._writer.write_stream(number, self._serialised(plain), data)
        elif isinstance(value, pikepdf.Object):
            self._writer.write(number, self._serialised(value))
        else:
            self._writer.write(number, _scalar(value))

    def _serialised(self, value: pikepdf.Object) -> bytes:
        return _REFERENCE.sub(self._renumbered, value.unparse(resolved=True))

    def _renumbered(self, match: re.Match[bytes]) -> bytes:
        if match[2] is None:
            return _replaced(match)
        objgen = (int(match[2]), int(match[3]))
        number = self._numbers.get(objgen)
        if number is None:
            if self._is_left_out(objgen):
                return b"null"
            number = self._numbers[objgen] = self._writer.reserve()
            self._waiting.append((objgen, number))
        return b"%d 0 R" % number

    def _is_left_out(self, objgen: tuple[int, int]) -> bool:
        """Whether an object is nothing, or a page or tree that is not being copied."""
        value: Any = self._pdf.get_object(objgen)
        if value is None:
            return True
        return isinstance(value, Dictionary) and value.get("/Type") in _TREES


def _replaced(match: re.Match[bytes]) -> bytes:
    """Turn a placeholder into a reference; leave strings as they are."""
    return b"%b 0 R" % match[1] if match[1] else match[0]


def _scalar(value: object) -> bytes:
    """Serialise a bare number, boolean or null that is an object of its own."""
    return Array([value]).unparse().strip(b"[] ")
