"""Sealed objects in a folder: ``ab/cdef…``, drafts beside them in ``drafts/``.

Written on ``os`` and not on obstore, whose local store never flushes to the disk (a power cut
could lose an object whose row is already there), leaves ``name#1`` files behind when it is killed,
and takes 46 µs where ``pread`` takes 4 to read 64 KiB in the middle of a file.

A draft is locked while its process lives, so a sweep tells leftovers from work under way.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
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
        """Begin an object in ``drafts/``, on the same file system as its later place."""
        with files.storage_errors(self._root):
            draft = _LocalDraft(self._root, self._new_draft())
        try:
            yield draft
        finally:
            draft.drop()

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

    def _new_draft(self) -> FileIO:
        """A new locked file. A sweep may take it before it is locked: then another is made."""
        self._drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            file = FileIO(self._drafts / secrets.token_hex(16), "xb")
            files.lock(file)
            if os.fstat(file.fileno()).st_nlink:
                return file
            file.close()


class _LocalDraft:
    def __init__(self, root: Path, file: FileIO) -> None:
        self._root = root
        self._file = file
        self._path = Path(os.fsdecode(cast(str, file.name)))

    def write(self, block: bytes | memoryview) -> None:
        with files.storage_errors(self._root):
            rest = memoryview(block)
            while rest:
                rest = rest[self._file.write(rest) :]

    def keep(self, name: str) -> bool:
        path = self._root / place_of(name)
        with files.storage_errors(self._root):
            os.fchmod(self._file.fileno(), _READ_ONLY)
            os.fsync(self._file.fileno())
            try:
                self._put(path)
            except FileExistsError:
                return False
            files.flush_folder(path.parent)
        return True

    def _put(self, path: Path) -> None:
        """Move the draft to its place; the first object of a folder makes the folder."""
        try:
            files.put_new(self._path, path)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            files.flush_folder(self._root)
            files.put_new(self._path, path)

    def drop(self) -> None:
        self._path.unlink(missing_ok=True)
        self._file.close()


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
