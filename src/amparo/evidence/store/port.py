"""The port to where sealed objects lie: create-only, read by range, under names that tell nothing.

``evidence/store/local.py`` keeps them in the workspace's folder, ``evidence/store/remote.py`` in
a bucket. Both hold the same age files under the same names.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from amparo.base.errors import ObjectMissing

__all__ = ["Draft", "ObjectStore", "is_object_name", "missing", "object_name", "place_of"]

_NAME = re.compile(r"[0-9a-f]{64}")


class Draft(Protocol):
    """An object that is being written. Nobody sees it before it is kept."""

    def write(self, block: bytes | memoryview) -> None:
        """Add sealed bytes. StorageFull, StorageError."""
        ...

    def keep(self, name: str) -> bool:
        """Make it the object ``name``, durably and in one step.

        False, and the draft is dropped, when there is one of that name already.
        """
        ...


class ObjectStore(Protocol):
    """Sealed objects by name. Every method may raise StorageError."""

    def draft(self) -> AbstractContextManager[Draft]:
        """Begin an object; what is not kept is dropped at the end of the ``with``."""
        ...

    def keep_together(self, drafts: Sequence[tuple[Draft, str]]) -> list[bool]:
        """Keep several drafts of this store, each by its name, with fewer flushes than one by one.

        What it gives is what ``keep`` gives for each. When it ends with an error, some may be kept.
        """
        ...

    def open(self, name: str) -> BinaryIO:
        """Open the sealed bytes for reading and seeking; ObjectMissing when there are none."""
        ...

    def exists(self, name: str) -> bool:
        """Say whether the object is there."""
        ...

    def delete(self, name: str) -> None:
        """Erase the object, which only a lawful erasure does; ObjectMissing when it is gone."""
        ...

    def names(self) -> Iterator[str]:
        """Every object's name, in no order."""
        ...

    def sweep(self) -> int:
        """Remove what killed processes left half-written; gives how many."""
        ...


def object_name(name_key: bytes, sha256: str) -> str:
    """The name of the object that holds the bytes with this digest (HMAC-SHA256, hexadecimal).

    Who has no key cannot tell from the names whether a file that he knows is there.
    """
    return hmac.digest(name_key, bytes.fromhex(sha256), "sha256").hex()


def is_object_name(text: str) -> bool:
    """Say whether ``text`` is such a name; nothing else ever becomes a path."""
    return _NAME.fullmatch(text) is not None


def place_of(name: str) -> str:
    """The place of an object below the store's root: ``ab/cdef…``. ValueError for other names."""
    if not is_object_name(name):
        raise ValueError(f"not an object's name: {name!r}")
    return f"{name[:2]}/{name[2:]}"


def missing(name: str) -> ObjectMissing:
    """The error for an object that is not there."""
    return ObjectMissing(
        f"Object {name[:12]}… is not in the store.",
        next_step="Run amparo verify to see what is missing, then restore it from a backup.",
    )
