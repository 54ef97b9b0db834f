"""Crypto-erasure of one object: the key that it alone has is destroyed, then the file is removed.

The payload of an age file is sealed under a file key of its own, 16 random bytes that stand
nowhere but in the file's header (wrapped for the workspace). Without those 184 bytes nobody reads
the payload again, the holder of the passphrase included, wherever a copy of the rest survives: on
a disk's free blocks, in a bucket's older version. So the header is overwritten first and flushed,
the loss is checked by trying to open it, and only then is the file removed (NIST SP 800-88r2,
cryptographic erase: the key is sanitised, not the data).

What this cannot reach is a whole copy elsewhere: a backup, a bucket that keeps versions, a block
that a flash drive has set aside. ``docs/proof.md`` says so.
"""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path

from amparo.base import files
from amparo.base.errors import ObjectMissing, StorageError, VerificationError
from amparo.evidence.store.age import HEADER_SIZE, read_header
from amparo.evidence.store.safe import Safe

__all__ = ["GONE", "KEY_OVERWRITTEN", "REMOVED", "erase"]

KEY_OVERWRITTEN = "key overwritten, object removed"
"""The header was overwritten where it lay, checked to be lost, and the file removed."""
REMOVED = "object removed"
"""A bucket has no bytes to overwrite: the object was deleted there."""
GONE = "object was gone already"
"""An erasure that was cut off after its last step, and was run again."""


def erase(safe: Safe, name: str) -> str:
    """Destroy the object ``name`` and say how; running it again is harmless. StorageError."""
    try:
        path = _file_of(safe, name)
    except ObjectMissing:
        return GONE
    if path:
        _overwrite_key(path, safe)
    safe.store.delete(name)
    return KEY_OVERWRITTEN if path else REMOVED


def _file_of(safe: Safe, name: str) -> Path | None:
    """The object's file, where the store is a folder."""
    with safe.store.open(name) as opened:
        if isinstance(opened, FileIO):
            return Path(os.fsdecode(os.fspath(opened.name)))
    return None


def _overwrite_key(path: Path, safe: Safe) -> None:
    """Put random bytes where the header is, flush them, and see that it opens no more."""
    with files.storage_errors(path):
        path.chmod(0o600)
        with path.open("r+b", buffering=0) as file:
            size = _header_size(file, safe)
            file.seek(0)
            file.write(os.urandom(size))
            os.fsync(file.fileno())
            if _opens(file, safe):
                raise StorageError(
                    "The key of an object could not be overwritten.",
                    next_step="Check whether the disk can be written to, then try again.",
                )


def _header_size(file: FileIO, safe: Safe) -> int:
    try:
        return read_header(file, safe.identity).size
    except VerificationError:  # damaged before: there is no key to measure
        return HEADER_SIZE


def _opens(file: FileIO, safe: Safe) -> bool:
    try:
        read_header(file, safe.identity)
    except VerificationError:
        return False
    return True
