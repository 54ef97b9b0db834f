"""Where a backup lies: a folder, or a prefix of a bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from amparo.base import files
from amparo.base.errors import StorageError, UsageError
from amparo.evidence.store import ObjectStore
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.remote import SmallFiles, open_bucket, small_files

__all__ = ["Place", "open_place"]


class Place(Protocol):
    """A backup's place. Every method may raise StorageError."""

    address: str

    @property
    def objects(self) -> ObjectStore:
        """Copies of the workspace's objects."""
        ...

    @property
    def rows(self) -> ObjectStore:
        """Blocks of rows."""
        ...

    def prepare(self) -> None:
        """Make the place, so that it can be written to."""
        ...

    def names(self) -> list[str]:
        """The names of the small files, in order: two for each snapshot."""
        ...

    def read(self, name: str) -> bytes:
        """A small file; FileNotFoundError."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put a small file there; FileExistsError."""
        ...

    def remove(self, name: str) -> None:
        """Take a small file away."""
        ...


def open_place(address: str) -> Place:
    """The place at ``s3://bucket/prefix``, else the folder of that path."""
    if address.startswith("s3://"):
        return _Bucket(address.rstrip("/"))
    if "://" in address:
        raise UsageError(
            f"{address} is no place for a backup.", next_step="Name a folder or s3://bucket/prefix."
        )
    return _Folder(Path(address).expanduser().absolute())


class _Folder:
    def __init__(self, root: Path) -> None:
        self.address = str(root)
        self.objects: ObjectStore = LocalStore(root / "objects")
        self.rows: ObjectStore = LocalStore(root / "rows")
        self._root = root
        self._snapshots = root / "snapshots"

    def prepare(self) -> None:
        with files.storage_errors(self._root):
            for name in ("", "objects", "rows", "snapshots"):
                files.make_private_folder(self._root / name)

    def names(self) -> list[str]:
        if not self._snapshots.is_dir():
            return []
        with files.storage_errors(self._root):
            found = (path.name for path in self._snapshots.iterdir() if path.is_file())
            return sorted(name for name in found if not name.startswith("."))

    def read(self, name: str) -> bytes:
        with _errors(self._root):
            return (self._snapshots / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        with _errors(self._root):
            files.write_new(self._snapshots / name, data)

    def remove(self, name: str) -> None:
        with files.storage_errors(self._root):
            (self._snapshots / name).unlink(missing_ok=True)
            files.flush_folder(self._snapshots)


class _Bucket:
    def __init__(self, address: str) -> None:
        self.address = address
        self.objects: ObjectStore = open_bucket(f"{address}/objects")
        self.rows: ObjectStore = open_bucket(f"{address}/rows")
        self._small: SmallFiles = small_files(f"{address}/snapshots")

    def prepare(self) -> None:
        """A bucket needs no folders."""

    def names(self) -> list[str]:
        return self._small.names()

    def read(self, name: str) -> bytes:
        return self._small.read(name)

    def write(self, name: str, data: bytes) -> None:
        self._small.write(name, data)

    def remove(self, name: str) -> None:
        self._small.remove(name)


@contextmanager
def _errors(root: Path) -> Iterator[None]:
    """Like ``storage_errors``, but that a file is there or is not stays an answer."""
    try:
        with files.storage_errors(root):
            yield
    except StorageError as error:
        if isinstance(error.__cause__, FileNotFoundError | FileExistsError):
            raise error.__cause__ from None
        raise
