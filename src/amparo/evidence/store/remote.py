"""Sealed objects in a bucket (S3 and what speaks like it), through obstore.

An object's name is known only when all of it is sealed, so a draft is gathered in an unnamed
local file, sealed bytes only, and then sent. A bucket shows an object when it is whole.

Where the server is and which keys open the bucket is said by the usual variables (``AWS_REGION``,
``AWS_ENDPOINT_URL``, ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``). A server that is away is
asked again for a while; then the work says so and can be repeated.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, cast

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, GenericError, NotSupportedError
from obstore.store import from_url

from amparo.base import files
from amparo.base.errors import ObjectMissing, StorageAway, UsageError
from amparo.evidence.store import Draft, is_object_name, missing, place_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer
    from obstore.store import ObjectStore as Bucket
    from obstore.store import RetryConfig

__all__ = ["PATIENT", "RemoteStore", "SmallFiles", "open_bucket", "small_files"]

_BEGINNING = 2**18
"""An object of so many bytes comes whole when it is opened: a bucket answers once, not four times
(how long it is, its header, its end, its content)."""
_PART = 16 * 2**20
_NO_SUCH_RANGE = (" 416 ", "StartTooLarge")
"""What S3, and a store in memory, say of a range in an object without bytes."""
_AT_ONCE = 2 * _PART
"""Up to here one create-only request sends all of it; larger objects go in parts."""


PATIENT = timedelta(minutes=3)
"""For work that nobody waits for: a server may be away for a minute or two."""


@cache
def open_bucket(url: str, patience: timedelta = PATIENT) -> RemoteStore:
    """The store at ``s3://bucket/prefix``, one for each process. UsageError for another address.

    ``patience``: how long a server that does not answer is asked again. Nothing is asked of it yet.
    """
    again: RetryConfig = {
        "max_retries": 60,
        "retry_timeout": patience,
        "backoff": {
            "base": 2,
            "init_backoff": timedelta(milliseconds=100),
            "max_backoff": timedelta(seconds=5),
        },
    }
    try:
        return RemoteStore(from_url(url, retry_config=again))
    except (BaseError, ValueError, OSError) as error:
        raise UsageError(
            f"{url} is no bucket that can be used: {error}.",
            next_step="Write it like s3://bucket/folder, and set AWS_REGION or AWS_ENDPOINT_URL.",
        ) from error


class RemoteStore:
    """The port ``ObjectStore`` over an obstore store."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Begin an object in an unnamed file, which ends with its process."""
        with files.storage_errors(tempfile.gettempdir()):
            made = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 entered below
        with made as spool:
            yield _RemoteDraft(self._bucket, cast(BinaryIO, spool))

    def keep_together(self, drafts: Sequence[tuple[Draft, str]]) -> list[bool]:
        """Keep each; a bucket has no flush to share."""
        return [draft.keep(name) for draft, name in drafts]

    def open(self, name: str) -> BinaryIO:
        """Open the sealed bytes: the beginning comes at once, the rest by range when it is read."""
        with _bucket_errors(name):
            size, beginning = self._beginning(place_of(name))
        return cast(BinaryIO, _Ranges(self._bucket, name, size, beginning))

    def _beginning(self, place: str) -> tuple[int, ReadableBuffer]:
        """How many bytes an object has, and the first of them."""
        try:
            got = obstore.get(self._bucket, place, options={"range": (0, _BEGINNING)})
        except GenericError as error:  # an object without bytes has no range of them
            if not any(words in str(error) for words in _NO_SUCH_RANGE):
                raise
            return obstore.head(self._bucket, place)["size"], b""
        return got.meta["size"], got.bytes()

    def exists(self, name: str) -> bool:
        """Say whether the object is there."""
        try:
            with _bucket_errors(name):
                obstore.head(self._bucket, place_of(name))
        except ObjectMissing:
            return False
        return True

    def delete(self, name: str) -> None:
        """Erase the object; S3 itself says nothing of one that is gone, so it is asked before."""
        with _bucket_errors(name):
            obstore.head(self._bucket, place_of(name))
            obstore.delete(self._bucket, place_of(name))

    def names(self) -> Iterator[str]:
        """Every object's name; other keys in the bucket are passed over."""
        with _bucket_errors("?"):
            for page in obstore.list(self._bucket):
                found = (entry["path"].replace("/", "") for entry in page)
                yield from filter(is_object_name, found)

    def sweep(self) -> int:
        """Nothing: drafts have no names, and the bucket's own rules end what was sent in part."""
        return 0


class _RemoteDraft:
    def __init__(self, bucket: Bucket, spool: BinaryIO) -> None:
        self._bucket = bucket
        self._spool = spool

    def write(self, block: bytes | memoryview) -> None:
        with files.storage_errors(tempfile.gettempdir()):
            rest = memoryview(block)
            while rest:
                rest = rest[self._spool.write(rest) :]

    def keep(self, name: str) -> bool:
        size = self._spool.seek(0, io.SEEK_END)
        self._spool.seek(0)
        with _bucket_errors(name):
            if size <= _AT_ONCE:
                return self._create(name)
            return self._send_in_parts(name)

    def _create(self, name: str) -> bool:
        data = self._spool.read()
        try:
            obstore.put(self._bucket, place_of(name), data, mode="create")
        except AlreadyExistsError:
            return False
        except NotSupportedError:  # an S3 server without conditional writes
            return self._send_in_parts(name)
        return True

    def _send_in_parts(self, name: str) -> bool:
        """Look, then send. Two senders at once would write the same content under its name."""
        try:
            obstore.head(self._bucket, place_of(name))
        except FileNotFoundError:
            self._spool.seek(0)
            obstore.put(self._bucket, place_of(name), self._spool, chunk_size=_PART)
            return True
        return False


class _Ranges(io.RawIOBase):
    """An object in a bucket as a file: ``beginning`` is at hand, the rest is read by range."""

    def __init__(self, bucket: Bucket, name: str, size: int, beginning: ReadableBuffer) -> None:
        super().__init__()
        self._beginning = memoryview(beginning)
        self._bucket = bucket
        self._name = name
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        out = memoryview(buffer).cast("B")
        count = max(0, min(len(out), self._size - self._at))
        if self._at + count <= len(self._beginning):
            out[:count] = self._beginning[self._at : self._at + count]
        elif count:
            with _bucket_errors(self._name):
                place = place_of(self._name)
                out[:count] = memoryview(
                    obstore.get_range(self._bucket, place, start=self._at, length=count)
                )
        self._at += count
        return count


@contextmanager
def _bucket_errors(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise missing(name) from error
    except (BaseError, OSError) as error:
        raise StorageAway(
            f"The object store did not do its work: {error}.",
            next_step="Check OBJECTS_URL, the keys to the bucket and the network, then try again.",
        ) from error


class SmallFiles:
    """Small files below a prefix of a bucket, written once."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def names(self) -> list[str]:
        """Their names, in order."""
        with _bucket_errors("?"):
            return sorted(e["path"] for page in obstore.list(self._bucket) for e in page)

    def read(self, name: str) -> bytes:
        """The bytes; FileNotFoundError."""
        try:
            with _bucket_errors(name):
                return bytes(obstore.get(self._bucket, name).bytes())
        except ObjectMissing as error:
            raise FileNotFoundError(name) from error

    def write(self, name: str, data: bytes) -> None:
        """Put the bytes there; FileExistsError."""
        if name in self.names():
            raise FileExistsError(name)
        with _bucket_errors(name):
            obstore.put(self._bucket, name, data)

    def remove(self, name: str) -> None:
        """Take the file away."""
        with _bucket_errors(name):
            obstore.delete(self._bucket, name)


def small_files(url: str) -> SmallFiles:
    """The small files at ``s3://bucket/prefix``."""
    return SmallFiles(open_bucket(url)._bucket)
