"""Uploads that go straight into the safe: sealed as they arrive, never in clear on a disk."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from amparo.evidence.intake.ingest import Sealed, Sealing, sealing
from amparo.evidence.store.safe import Safe

__all__ = ["SealedUpload", "SealingHandler"]

if TYPE_CHECKING:
    AnyUpload = UploadedFile[Any]
else:
    AnyUpload = UploadedFile


class SealedUpload(AnyUpload):
    """An uploaded file that is in the safe already; it has no content of its own to read."""

    def __init__(self, sealed: Sealed, name: str) -> None:
        super().__init__(name=name, content_type=sealed.media_type, size=sealed.size)
        self.sealed = sealed

    def close(self) -> None:
        """Nothing is open."""


class SealingHandler(FileUploadHandler):
    """Django's upload handler that seals each file of a request while it comes in.

    Use it in a ``with`` around the reading of ``request.FILES``: what was cut off is then dropped.
    """

    chunk_size = 2**20

    def __init__(self, request: HttpRequest, safe: Safe) -> None:
        super().__init__(request)
        self._safe = safe
        self._stack = ExitStack()
        self._sealing: Sealing | None = None

    def __enter__(self) -> SealingHandler:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to seal the next file of the request."""
        super().new_file(*args, **kwargs)
        self._sealing = self._stack.enter_context(sealing(self._safe))

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        """Seal what came in; nobody after us sees it."""
        assert self._sealing, "new_file comes first"
        self._sealing.write(raw_data)

    def file_complete(self, _file_size: int) -> SealedUpload:
        """Put the sealed file into its place."""
        assert self._sealing, "new_file comes first"
        sealed = self._sealing.keep(self.file_name or "")
        self._stack.close()
        return SealedUpload(sealed, self.file_name or "")

    def upload_interrupted(self) -> None:
        """Drop what came in so far."""
        self._stack.close()
