"""Rows as bytes and back: lines of JSON, cut where a row's own key says so, deflated.

A block ends after a row whose key has a certain digest, so that a row more or less changes one
block and leaves all others as they were: that is what makes a backup incremental. (The way of
content-defined chunking, as in LBFS, Muthitacharoen and others, 2001.)
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from amparo.base.errors import VerificationError

__all__ = ["KINDS", "blocks", "decoder", "encoder", "rows_in"]

Value = object
Encode = Callable[[Value], Value]

ROWS_ABOUT = 2_048
MOST_ROWS = 4 * ROWS_ABOUT
MOST_BYTES = 8 * 2**20
_LARGEST_BLOCK = 64 * MOST_BYTES


def _same(value: Value) -> Value:
    return value


def _text(value: Value) -> str:
    return str(value)


def _iso(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date | time) else value


def _seconds(value: Value) -> Value:
    return value.total_seconds() if isinstance(value, timedelta) else value


def _base64(value: Value) -> str:
    return base64.b64encode(bytes(value)).decode()  # type: ignore[call-overload]


KINDS: Mapping[str, tuple[Encode, Encode]] = {
    "plain": (_same, _same),
    "json": (_same, _same),
    "uuid": (_text, lambda text: UUID(str(text))),
    "decimal": (_text, lambda text: Decimal(str(text))),
    "bytes": (_base64, lambda text: base64.b64decode(str(text), validate=True)),
    "datetime": (_iso, lambda text: datetime.fromisoformat(str(text))),
    "date": (_iso, lambda text: date.fromisoformat(str(text))),
    "time": (_iso, lambda text: time.fromisoformat(str(text))),
    "duration": (_seconds, lambda seconds: timedelta(seconds=float(str(seconds)))),
}
"""For each kind of value how it is written and how it is read; None is None."""


def encoder(kinds: Sequence[str]) -> Callable[[Sequence[Value]], list[Value]]:
    """Make of a row what JSON can say."""
    writers = [KINDS[kind][0] for kind in kinds]
    return lambda row: [
        None if value is None else write(value) for write, value in zip(writers, row, strict=True)
    ]


def decoder(kinds: Sequence[str]) -> Callable[[Sequence[Value]], list[Value]]:
    """Make a row of what JSON said."""
    readers = [KINDS[kind][1] for kind in kinds]
    return lambda row: [
        None if value is None else read(value) for read, value in zip(readers, row, strict=True)
    ]


def blocks(rows: Iterable[Sequence[Value]]) -> Iterator[tuple[bytes, int]]:
    """Cut encoded rows, whose first value is their key, into blocks, each with how many it has."""
    lines: list[bytes] = []
    size = 0
    for row in rows:
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        line = text.encode(errors="surrogatepass")
        lines.append(line)
        size += len(line)
        if _ends_here(row[0]) or len(lines) >= MOST_ROWS or size >= MOST_BYTES:
            yield _packed(lines), len(lines)
            lines, size = [], 0
    if lines:
        yield _packed(lines), len(lines)


def rows_in(block: bytes, *, what: str) -> list[list[Value]]:
    """The encoded rows of a block; VerificationError when it is none."""
    try:
        inflater = zlib.decompressobj()
        text = inflater.decompress(block, _LARGEST_BLOCK)
        if not inflater.eof:
            raise ValueError("it goes on")
        lines = text.decode(errors="surrogatepass").split("\n")
        return [json.loads(line) for line in lines if line]
    except (zlib.error, ValueError) as error:
        raise VerificationError(what, got=str(error), expected="a block of rows") from error


def _ends_here(key: Value) -> bool:
    return zlib.crc32(str(key).encode()) % ROWS_ABOUT == 0


def _packed(lines: Sequence[bytes]) -> bytes:
    return zlib.compress(b"\n".join(lines), 6)
