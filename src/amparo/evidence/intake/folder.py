"""Sealing a folder: large files one by one, small ones in groups that share their flushes.

Files are sealed side by side and given in their order: large ones in threads, small ones in other
interpreters when there are many. A small file is read, hashed and sealed whole; what a copy of it
costs most is waiting for the disk, so a group of them is flushed together, named, and flushed
again: nothing has a name before its bytes are safe.
"""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import FileIO

from amparo.base.digests import Digester, Digests
from amparo.base.errors import UnreadableFile
from amparo.base.side_by_side import cores, side_by_side
from amparo.evidence.intake.detect import HEAD, type_by_head, type_inside
from amparo.evidence.intake.ingest import Sealed, seal_source
from amparo.evidence.intake.sources import Source, open_source, refuse_changed
from amparo.evidence.store import Draft
from amparo.evidence.store.chunks import BLOCK, SEALED_BLOCK, Sealer
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe

__all__ = ["seal_sources", "seal_together"]

SMALL = BLOCK
"""Up to how many bytes a file is sealed with others."""
GROUP = 64
"""How many small files share their flushes."""
_THREADS = 3
_CHILDREN = 3
_FEW = 2
"""Up to how many groups are sealed before it is worth starting other interpreters."""
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
    children = min(_CHILDREN, cores()) if isinstance(safe.store, LocalStore) else 0
    with side_by_side(
        _seal_group,
        safe,
        threads=_THREADS,
        children=children if cores() > 1 else 0,
        after=_FEW,
    ) as sealers:
        for group in _groups(found):
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
    room = _Room()
    with ExitStack() as drafts:
        prepared = [_prepare_or_say(source, safe, drafts, room) for source in sources]
        ready = [each for each in prepared if isinstance(each, _Prepared)]
        created = iter(safe.store.keep_together([(each.draft, each.place) for each in ready]))
        return [
            each.sealed(is_new=next(created)) if isinstance(each, _Prepared) else each
            for each in prepared
        ]


class _Room:
    """Room for a small file and for its sealed form, used for one after the other."""

    def __init__(self) -> None:
        self.data = memoryview(bytearray(SMALL))
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
    """Small files that follow each other, up to ``GROUP``; any other file alone."""
    group: list[Source] = []
    for source in found:
        if source.size > SMALL or len(group) == GROUP:
            if group:
                yield group
            group = []
        group.append(source)
        if source.size > SMALL:
            yield group
            group = []
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
            data = _read(file, room.data)
    except UnreadableFile as error:
        return error
    draft = drafts.enter_context(safe.store.draft())
    return _prepare(source.name, data, safe, draft, room.sealed)


def _read(file: FileIO, room: memoryview) -> memoryview:
    """All of a file, unless it is not as small as it was when it was listed."""
    before = os.fstat(file.fileno())
    filled = 0
    while filled < before.st_size and (count := file.readinto(room[filled:])):
        filled += count
    refuse_changed(file, before)
    return room[:filled]


def _prepare(name: str, data: memoryview, safe: Safe, draft: Draft, out: memoryview) -> _Prepared:
    digester = Digester()
    digester.update(data)
    digests = digester.digests()
    sealer = Sealer(safe.recipient, out=out)
    draft.write(sealer.header)
    draft.write(sealer.seal(data, last=True))
    kind = type_by_head(bytes(data[:HEAD]), name) or type_inside(io.BytesIO(data), name)
    return _Prepared(draft, safe.name_of(digests.sha256), digests, kind)
