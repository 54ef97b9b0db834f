"""Sealed objects in a folder: ``ab/cdef…``, drafts beside them.

Written on ``os`` and not on obstore, whose local store never flushes to the disk (a power cut
could lose an object whose row is already there), leaves ``name#1`` files behind when it is killed,
and takes 46 µs where ``pread`` takes 4 to read 64 KiB in the middle of a file.

A draft has no name until it is kept, and ends with its process. Where files must have names, it
lies in ``drafts/`` and is locked while its process lives, so that a sweep tells leftovers from
work under way.
"""

from __future__ import annotations

import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import BinaryIO, cast

from amparo.base import files
from amparo.evidence.store import Draft, is_object_name, missing, place_of

__all__ = ["LocalStore"]

_READ_ONLY = 0o400


class LocalStore:
    """The port ``ObjectStore`` over a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._drafts = root / "drafts"

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Begin an object on the file system of its later place."""
        with files.storage_errors(self._root):
            draft = self._new_draft()
        try:
            yield draft
        finally:
            draft.drop()

    def keep_together(self, drafts: Sequence[tuple[Draft, str]]) -> list[bool]:
        """Flush all drafts at once, give them their names, and flush the names."""
        kept = [(cast(_LocalDraft, draft), self._path(name)) for draft, name in drafts]
        if not kept:
            return []
        with files.storage_errors(self._root):
            any_file = kept[0][0].file.fileno()
            if not files.flush_all(any_file):
                for draft, _ in kept:
                    os.fsync(draft.file.fileno())
            created = [draft.put(path) for draft, path in kept]
            if not files.flush_all(any_file):
                for folder in {path.parent for _, path in kept} | {self._root}:
                    files.flush_folder(folder)
        return created

    def open(self, name: str) -> BinaryIO:
        """Open the sealed bytes, without a buffer: the reader asks for whole chunks."""
        with files.storage_errors(self._root):
            try:
                return cast(BinaryIO, FileIO(self._path(name)))
            except FileNotFoundError as error:
                raise missing(name) from error

    def exists(self, name: str) -> bool:
        """Say whether the object is there."""
        return self._path(name).is_file()

    def delete(self, name: str) -> None:
        """Erase the object. What a disk may still hold of it cannot be read without the key."""
        path = self._path(name)
        with files.storage_errors(self._root):
            try:
                path.unlink()
            except FileNotFoundError as error:
                raise missing(name) from error
            files.flush_folder(path.parent)

    def names(self) -> Iterator[str]:
        """Every object's name; other files in the folder are passed over."""
        with files.storage_errors(self._root):
            for folder in sorted(self._root.iterdir()):
                if len(folder.name) == 2 and folder.is_dir():
                    found = (folder.name + path.name for path in folder.iterdir())
                    yield from filter(is_object_name, found)

    def sweep(self) -> int:
        """Remove drafts that no living process holds."""
        swept = 0
        with files.storage_errors(self._root):
            for path in self._drafts.iterdir() if self._drafts.is_dir() else ():
                swept += _remove_if_abandoned(path)
        return swept

    def _path(self, name: str) -> Path:
        return self._root / place_of(name)

    def _new_draft(self) -> _LocalDraft:
        self._drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = files.open_unnamed(self._drafts, _READ_ONLY)
        if descriptor is not None:
            return _UnnamedDraft(self._root, FileIO(descriptor, "wb"))
        return _NamedDraft(self._root, self._new_file())

    def _new_file(self) -> FileIO:
        """A new locked file. A sweep may take it before it is locked: then another is made."""
        while True:
            file = FileIO(self._drafts / secrets.token_hex(16), "xb")
            files.lock(file)
            if os.fstat(file.fileno()).st_nlink:
                return file
            file.close()


class _LocalDraft(ABC):
    """A draft in a file; how it gets its place and how it ends depends on whether it has a name."""

    def __init__(self, root: Path, file: FileIO) -> None:
        self._root = root
        self.file = file

    def write(self, block: bytes | memoryview) -> None:
        with files.storage_errors(self._root):
            rest = memoryview(block)
            while rest:
                rest = rest[self.file.write(rest) :]

    def keep(self, name: str) -> bool:
        path = self._root / place_of(name)
        with files.storage_errors(self._root):
            os.fsync(self.file.fileno())
            is_first = not path.parent.is_dir()
            created = self.put(path)
            files.flush_folder(path.parent)
            if is_first:
                files.flush_folder(self._root)
        return created

    def put(self, path: Path) -> bool:
        """Give the flushed draft its place; the first object of a folder makes the folder."""
        try:
            try:
                self._put(path)
            except FileNotFoundError:
                path.parent.mkdir(mode=0o700, exist_ok=True)
                self._put(path)
        except FileExistsError:
            return False
        return True

    @abstractmethod
    def _put(self, path: Path) -> None:
        """Give the file its place; FileExistsError, or FileNotFoundError without a folder."""

    def drop(self) -> None:
        self.file.close()


class _UnnamedDraft(_LocalDraft):
    def _put(self, path: Path) -> None:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            files.put_unnamed(self.file.fileno(), folder, path.name)
        finally:
            os.close(folder)


class _NamedDraft(_LocalDraft):
    def __init__(self, root: Path, file: FileIO) -> None:
        super().__init__(root, file)
        self._path = Path(os.fsdecode(cast(str, file.name)))

    def _put(self, path: Path) -> None:
        os.fchmod(self.file.fileno(), _READ_ONLY)
        files.put_new(self._path, path)

    def drop(self) -> None:
        self._path.unlink(missing_ok=True)
        super().drop()


def _remove_if_abandoned(path: Path) -> bool:
    try:
        file = FileIO(path)
    except FileNotFoundError:  # kept or dropped meanwhile
        return False
    with file:
        if not files.lock(file, wait=False):
            return False
        path.unlink(missing_ok=True)
        return True
