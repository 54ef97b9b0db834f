"""Files that leave: decrypted block by block, under a plain name, kept by no cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.http import StreamingHttpResponse

from amparo.evidence.store.chunks import BLOCK

__all__ = ["attachment"]


def attachment(opened: BinaryIO, name: str, size: int) -> StreamingHttpResponse:
    """A PDF to take away; ``opened`` is closed at its end."""
    response = StreamingHttpResponse(_blocks(opened), content_type="application/pdf")
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = f'attachment; filename="{_plain(name)}"'
    response["Cache-Control"] = "no-store"
    return response


def _blocks(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while block := opened.read(BLOCK):
            yield block


def _plain(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-.") else "-" for c in name)
