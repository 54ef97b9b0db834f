"""Files that are whole or not there: written beside their place, flushed, then put in place."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

from amparo.base.errors import StorageError, StorageFull

__all__ = [
    "flush_all",
    "flush_folder",
    "lock",
    "make_private_folder",
    "open_unnamed",
    "put_new",
    "put_unnamed",
    "read_ahead",
    "replace",
    "storage_errors",
    "write_new",
]

_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_NO_UNNAMED = {errno.EISDIR, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_OPEN_FILES = Path("/proc/self/fd")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def storage_errors(place: Path | str) -> Iterator[None]:
    """Turn the system's errors of writing or reading at ``place`` into StorageError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in _FULL:
            raise StorageFull(
                f"No space is left for {place}: {reason}.",
                next_step="Free some space, then run the same command again; it continues.",
            ) from error
        raise StorageError(
            f"Cannot use {place}: {reason}.",
            next_step="Check that the disk is there and that you may write to it.",
        ) from error


def make_private_folder(path: Path) -> None:
    """Make ``path`` and its parents; ``path`` itself is for its owner alone (0700)."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` in one step (0600), over what was there."""
    fresh = _write_beside(path, data)
    try:
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    flush_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` in one step (0600); FileExistsError when something is there."""
    fresh = _write_beside(path, data)
    try:
        put_new(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    flush_folder(path.parent)


def put_new(fresh: Path, path: Path) -> None:
    """Move the finished file ``fresh`` to ``path``; FileExistsError when the name is taken.

    A hard link refuses to overwrite, in one step. A file system without hard links (exFAT, some
    network disks) gets a look and a rename: two writers at once may then both succeed, which is
    harmless where, as in the object store, a name stands for its content.
    """
    try:
        os.link(fresh, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        fresh.rename(path)
    else:
        fresh.unlink()


def open_unnamed(folder: Path, mode: int) -> int | None:
    """Open a new file on the disk of ``folder`` that has no name and ends with its process.

    Gives its descriptor; None where the system or the file system has no such files (Linux has).
    """
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not _OPEN_FILES.is_dir():
        return None
    try:
        return os.open(folder, flag | os.O_WRONLY | os.O_CLOEXEC, mode)
    except OSError as error:
        if error.errno in _NO_UNNAMED:
            return None
        raise


def put_unnamed(descriptor: int, folder: int, name: str) -> None:
    """Give an unnamed file its name below the open ``folder``; FileExistsError when it is taken."""
    os.link(f"{_OPEN_FILES}/{descriptor}", name, dst_dir_fd=folder)


def flush_all(descriptor: int) -> bool:
    """Flush everything on the file system of an open file in one go.

    False where that cannot be done, or would keep a failed write to itself (Linux before 5.8);
    then each file must be flushed.
    """
    syncfs = _syncfs()
    if syncfs is None:
        return False
    if syncfs(descriptor):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return True


@cache
def _syncfs() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    version = re.match(r"(\d+)\.(\d+)", os.uname().release)
    if not version or tuple(map(int, version.groups())) < (5, 8):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


def read_ahead(file: IO[Any]) -> None:
    """Let the system begin to read a whole open file into memory, where it takes such advice."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def lock(file: IO[Any], *, wait: bool = True) -> bool:
    """Lock an open file until it is closed or its process dies; False when another holds it.

    Where the platform or the file system has no locks nothing is held: True when waiting, False
    when only asking, so that nobody takes a file for abandoned.
    """
    if sys.platform == "win32":
        return wait
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return wait
    return True


def flush_folder(path: Path) -> None:
    """Make the names in a folder survive a power cut, where the platform can."""
    try:
        folder = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        return
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_beside(path: Path, data: bytes) -> Path:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    return fresh
