"""Sealing a folder: large files one by one, small ones in groups that share their flushes.

Files are sealed side by side and given in their order: large ones in threads, small ones in child
processes. What a copy of a small file costs most is waiting for the disk, so a group of them is
flushed together, named, and flushed again: nothing has a name before its bytes are safe. The first
groups are the smallest, so that whoever takes them has something to do soon.
"""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from io import FileIO
from itertools import chain, islice

from amparo.base import files
from amparo.base.cores import cores
from amparo.base.digests import Digester, Digests
from amparo.base.errors import UnreadableFile
from amparo.base.side_by_side import side_by_side
from amparo.evidence.intake.detect import HEAD, type_by_head, type_inside
from amparo.evidence.intake.ingest import Sealed, seal_source
from amparo.evidence.intake.sources import Source, open_source, refuse_changed
from amparo.evidence.store import Draft
from amparo.evidence.store.chunks import BLOCK, SEALED_BLOCK, Sealer
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe

__all__ = ["seal_sources", "seal_together"]

SMALL = 8 * BLOCK
"""Up to how many bytes a file is sealed with others."""
GROUP = 64
"""How many small files share their flushes, at most."""
GROUP_BYTES = 16 * BLOCK
"""A group that has so many bytes is full."""
_FIRST_GROUP = 8
_THREADS = 3
_CHILDREN = 3
_FEW = 4
"""Up to how many groups are sealed before it is worth starting fresh interpreters."""
_AHEAD = 6 * GROUP
_MOST_WAITING = 3 * _THREADS

Outcome = Sealed | UnreadableFile


def seal_sources(found: Iterable[Source], safe: Safe) -> Iterator[tuple[Source, Outcome]]:
    """Seal files side by side and give them in their order, each with its outcome.

    While one waits for the disk another is hashed. At most ``_AHEAD`` are under way, so whoever
    takes slowly is not overrun. StorageFull and StorageError end it.
    """
    waiting: deque[tuple[list[Source], Callable[[], list[Outcome]]]] = deque()
    ahead = 0
    groups = _groups(found)
    begun = list(islice(groups, 2))
    are_many = len(begun) > 1 and cores() > 1 and isinstance(safe.store, LocalStore)
    with side_by_side(
        _seal_group,
        safe,
        threads=_THREADS,
        children=min(_CHILDREN, cores()) if are_many else 0,
        after=_FEW,
    ) as sealers:
        for group in chain(begun, groups):
            waiting.append((group, sealers.give(group, in_thread=group[0].size > SMALL)))
            ahead += len(group)
            while ahead > _AHEAD or len(waiting) > _MOST_WAITING:
                first, outcomes = waiting.popleft()
                ahead -= len(first)
                yield from zip(first, outcomes(), strict=True)
        for group, outcomes in waiting:
            yield from zip(group, outcomes(), strict=True)


def seal_together(sources: Sequence[Source], safe: Safe) -> list[Outcome]:
    """Seal small files of a folder, each of at most ``SMALL`` bytes, and keep them together."""
    _let_the_disk_begin(sources)
    room = _Room()
    with ExitStack() as drafts:
        prepared = [_prepare_or_say(source, safe, drafts, room) for source in sources]
        ready = [each for each in prepared if isinstance(each, _Prepared)]
        created = iter(safe.store.keep_together([(each.draft, each.place) for each in ready]))
        return [
            each.sealed(is_new=next(created)) if isinstance(each, _Prepared) else each
            for each in prepared
        ]


def _let_the_disk_begin(sources: Sequence[Source]) -> None:
    """Ask for all files at once: one that came today is not in memory, and a disk that knows what
    it is to read next does so while the first are sealed. What cannot be read is told later."""
    for source in sources:
        with suppress(UnreadableFile), open_source(source) as file:
            files.read_ahead(file)


class _Room:
    """Room for a block and for its sealed form, used for one after the other."""

    def __init__(self) -> None:
        self.data = memoryview(bytearray(BLOCK))
        self.sealed = memoryview(bytearray(SEALED_BLOCK))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A small file that is read and sealed, and has no name yet."""

    draft: Draft
    place: str
    digests: Digests
    media_type: str

    def sealed(self, *, is_new: bool) -> Sealed:
        """What was sealed, once it is kept."""
        sha256, blake3, size = self.digests.sha256, self.digests.blake3, self.digests.size
        return Sealed(sha256, blake3, size, self.place, self.media_type, is_new)


def _groups(found: Iterable[Source]) -> Iterator[list[Source]]:
    """Small files that follow each other, until a group is full; any other file alone."""
    group: list[Source] = []
    most, size = _FIRST_GROUP, 0
    for source in found:
        if group and (source.size > SMALL or len(group) == most or size >= GROUP_BYTES):
            yield group
            group, most, size = [], min(2 * most, GROUP), 0
        if source.size > SMALL:
            yield [source]
        else:
            group.append(source)
            size += source.size
    if group:
        yield group


def _seal_group(safe: Safe, group: Sequence[Source]) -> list[Outcome]:
    if group[0].size <= SMALL:
        return seal_together(group, safe)
    try:
        return [seal_source(group[0], safe)]
    except UnreadableFile as error:
        return [error]


def _prepare_or_say(
    source: Source, safe: Safe, drafts: ExitStack, room: _Room
) -> _Prepared | UnreadableFile:
    try:
        with open_source(source) as file:
            draft = drafts.enter_context(safe.store.draft())
            return _prepare(source.name, file, safe, draft, room)
    except UnreadableFile as error:
        return error


def _prepare(name: str, file: FileIO, safe: Safe, draft: Draft, room: _Room) -> _Prepared:
    """Hash and seal a file block by block; it is refused when it changes meanwhile."""
    before = os.fstat(file.fileno())
    digester, sealer = Digester(), Sealer(safe.recipient, out=room.sealed)
    draft.write(sealer.header)
    head, left = b"", before.st_size
    while True:
        block = _read(file, room.data[: min(left, BLOCK)])
        left -= len(block)
        last = not left or len(block) < BLOCK
        digester.update(block)
        draft.write(sealer.seal(block, last=last))
        head = head or bytes(block[:HEAD])
        if last:
            break
    kind = type_by_head(head, name) or _type_inside(file, name)
    refuse_changed(file, before)
    digests = digester.digests()
    return _Prepared(draft, safe.name_of(digests.sha256), digests, kind)


def _type_inside(file: FileIO, name: str) -> str:
    """The type by what lies in it; the file stays where it was read to."""
    at = file.tell()
    opened = io.BufferedReader(file)
    try:
        return type_inside(opened, name)
    finally:
        opened.detach()
        file.seek(at)


def _read(file: FileIO, room: memoryview) -> memoryview:
    """The next bytes of a file, as many as there is room for while it has them."""
    filled = 0
    while filled < len(room) and (count := file.readinto(room[filled:])):
        filled += count
    return room[:filled]
