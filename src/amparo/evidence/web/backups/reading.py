"""Blocks of a backup, opened: each is checked against what its snapshot says before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from amparo.base.errors import ObjectMissing, VerificationError
from amparo.evidence.backup.blocks import decoder, rows_in
from amparo.evidence.backup.manifest import Table
from amparo.evidence.store.safe import Safe

__all__ = ["object_names", "stored_rows"]


def stored_rows(table: Table, safe: Safe) -> Iterator[list[list[object]]]:
    """The rows of a table, a block at a time; VerificationError names the first broken block."""
    decode = decoder([column.kind for column in table.columns])
    found = 0
    for number, digest in enumerate(table.blocks, 1):
        what = f"Block {number} of {table.name}"
        rows = rows_in(_opened(safe, digest, what), what=what)
        found += len(rows)
        yield [decode(row) for row in rows]
    if found != table.rows:
        raise VerificationError(f"Rows of {table.name}", got=found, expected=table.rows)


def object_names(table: Table, safe: Safe) -> set[str]:
    """The names of the objects in a snapshot's table of objects."""
    place = [column.name for column in table.columns].index("object_name")
    return {str(row[place]) for rows in stored_rows(table, safe) for row in rows}


def _opened(safe: Safe, digest: str, what: str) -> bytes:
    name = safe.name_of(digest)
    label = f"{what} (rows/{name[:2]}/{name[2:10]}…)"
    try:
        with safe.open(name) as opened:
            block = opened.read()
    except ObjectMissing as error:
        raise VerificationError(label, got="nothing", expected="a sealed block") from error
    except VerificationError as error:
        error.args = (str(error).replace(f"Object {name[:12]}…", label),)
        error.what = error.what.replace(f"Object {name[:12]}…", label)
        error.message = error.message.replace(f"Object {name[:12]}…", label)
        raise
    got = sha256(block).hexdigest()
    if got != digest:
        raise VerificationError(label, got=got, expected=digest)
    return block
