"""Files that leave: decrypted block by block, under a plain name, kept by no cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.http import StreamingHttpResponse

from amparo.base.web.downloads import as_attachment
from amparo.evidence.store.chunks import BLOCK

__all__ = ["attachment"]


def attachment(opened: BinaryIO, name: str, size: int) -> StreamingHttpResponse:
    """A PDF to take away; ``opened`` is closed at its end."""
    response = StreamingHttpResponse(_blocks(opened), content_type="application/pdf")
    response["Content-Length"] = str(size)
    return as_attachment(response, name)


def _blocks(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while block := opened.read(BLOCK):
            yield block
