"""Sealing in one pass: what is read is hashed twice, encrypted and stored before more is read.

The two digests are computed in a second thread while the first encrypts and writes; both leave
the interpreter's lock. A ring of four blocks of 1 MiB bounds memory whatever the file's size. The
name of an object comes from its digest, so a draft gets its name when all of it has passed.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import RawIOBase

from amparo.base.digests import Digester
from amparo.evidence.intake.detect import HEAD, type_by_head, type_inside
from amparo.evidence.intake.sources import Source, open_source, refuse_changed
from amparo.evidence.store import Draft
from amparo.evidence.store.chunks import BLOCK, SEALED_BLOCK, Sealer
from amparo.evidence.store.safe import Safe

__all__ = [
    "Sealed",
    "Sealing",
    "seal_bytes",
    "seal_source",
    "seal_stream",
    "sealing",
]

_RING = 4
_FREE_BUFFERS = 4


class _Buffers:
    """The ring of blocks, and room for one sealed; used again, for making them is not cheap."""

    def __init__(self) -> None:
        self.ring = [memoryview(bytearray(BLOCK))]
        self.out = memoryview(bytearray(SEALED_BLOCK))


_FREE: deque[_Buffers] = deque(maxlen=_FREE_BUFFERS)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: its digests (lower-case hexadecimal), size in bytes, place and type.

    ``created`` is False when the safe held the same bytes already and nothing was stored.
    """

    sha256: str
    blake3: str
    size: int
    object_name: str
    media_type: str
    created: bool


class Sealing:
    """One file on its way into the safe. Give it all bytes, then ``keep`` it.

    Nothing of it can be seen before ``keep``. Made by ``sealing``.
    """

    def __init__(self, safe: Safe, draft: Draft, buffers: _Buffers) -> None:
        self._safe = safe
        self._draft = draft
        self._hasher: ThreadPoolExecutor | None = None
        self._digester = Digester()
        self._sealer = Sealer(safe.recipient, out=buffers.out)
        self._ring = buffers.ring
        self._hashed: list[Future[None] | None] = [None] * _RING
        self._slot = 0
        self._filled = 0
        self._waiting: int | None = None
        self._head = b""
        draft.write(self._sealer.header)

    def write(self, data: bytes | memoryview) -> None:
        """Take the next bytes, of any length."""
        rest = memoryview(data)
        while rest:
            room = self._room()
            count = min(len(room), len(rest))
            room[:count] = rest[:count]
            self._took(count)
            rest = rest[count:]

    def read_from(self, stream: RawIOBase) -> None:
        """Take everything that ``stream`` has, straight into the block."""
        while count := stream.readinto(self._room()):
            self._took(count)

    def keep(self, name: str = "") -> Sealed:
        """Seal the rest, put the object into its place, and tell what it is.

        ``name`` is the file's own name, which breaks ties among kinds of text.
        """
        if self._waiting is None:
            self._pass_on(self._slot, self._filled, last=True)
        else:
            self._pass_on(self._waiting, BLOCK, last=True)
        for hashed in self._hashed:
            if hashed:
                hashed.result()
        digests = self._digester.digests()
        place = self._safe.name_of(digests.sha256)
        created = self._draft.keep(place)
        kind = type_by_head(self._head, name) or self._look_inside(place, name)
        return Sealed(digests.sha256, digests.blake3, digests.size, place, kind, created)

    def _room(self) -> memoryview:
        """The free rest of the block under way."""
        return self._ring[self._slot][self._filled :]

    def _took(self, count: int) -> None:
        """Note bytes put into the room. A full block waits for more: the last is sealed as such."""
        if self._waiting is not None:
            self._pass_on(self._waiting, BLOCK, last=False)
            self._waiting = None
        self._filled += count
        if self._filled == BLOCK:
            self._waiting = self._slot
            self._next_slot()

    def _pass_on(self, slot: int, length: int, *, last: bool) -> None:
        """Hash, seal and store a block; a file of one block is not worth a second thread."""
        block = self._ring[slot][:length]
        self._head = self._head or bytes(block[:HEAD])
        if last and self._hasher is None:
            self._digester.update(block)
        else:
            self._hashed[slot] = self._in_second_thread(block)
        self._draft.write(self._sealer.seal(block, last=last))

    def _in_second_thread(self, block: memoryview) -> Future[None]:
        if self._hasher is None:
            self._hasher = ThreadPoolExecutor(1, thread_name_prefix="hash")
        return self._hasher.submit(self._digester.update, block)

    def _next_slot(self) -> None:
        """Turn the ring. A block is used again when it is hashed; it was sealed before that."""
        self._slot = (self._slot + 1) % _RING
        if self._slot == len(self._ring):
            self._ring.append(memoryview(bytearray(BLOCK)))
        self._filled = 0
        hashed = self._hashed[self._slot]
        if hashed:
            hashed.result()

    def _look_inside(self, place: str, name: str) -> str:
        with self._safe.open(place) as opened:
            return type_inside(opened, name)

    def end(self) -> None:
        """Wait until nothing uses the buffers any more."""
        if self._hasher:
            self._hasher.shutdown()


@contextmanager
def sealing(safe: Safe) -> Iterator[Sealing]:
    """Begin to seal; what is not kept at the end of the ``with`` leaves nothing behind."""
    try:
        buffers = _FREE.pop()
    except IndexError:
        buffers = _Buffers()
    with safe.store.draft() as draft:
        under_way = Sealing(safe, draft, buffers)
        try:
            yield under_way
        finally:
            under_way.end()
            _FREE.append(buffers)


def seal_stream(stream: RawIOBase, safe: Safe, *, name: str = "") -> Sealed:
    """Seal everything that a stream has. StorageFull, StorageError."""
    with sealing(safe) as under_way:
        under_way.read_from(stream)
        return under_way.keep(name)


def seal_bytes(data: bytes, safe: Safe, *, name: str = "") -> Sealed:
    """Seal bytes at hand."""
    with sealing(safe) as under_way:
        under_way.write(data)
        return under_way.keep(name)


def seal_source(source: Source, safe: Safe) -> Sealed:
    """Seal a file of a folder. The file is only read.

    Raises UnreadableFile for what is no plain file of that folder, cannot be read, or changes
    while it is read.
    """
    with open_source(source) as file, sealing(safe) as under_way:
        before = os.fstat(file.fileno())
        under_way.read_from(file)
        refuse_changed(file, before)
        return under_way.keep(source.name)
