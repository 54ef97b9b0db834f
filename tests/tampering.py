"""What a thief with the keys could do: past the triggers into rows, past the store into objects.

The same for every place where rows and objects can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import obstore
from django.db import connection

from amparo.evidence.store import place_of
from amparo.evidence.store.local import LocalStore
from amparo.evidence.web.safes import open_safe

__all__ = ["SealedObject", "change", "flip", "remove"]


@dataclass(frozen=True)
class SealedObject:
    """The sealed bytes of an object of the open workspace, to be changed behind its back."""

    name: str

    def read_bytes(self) -> bytes:
        with open_safe().store.open(self.name) as opened:
            return opened.read()

    def write_bytes(self, data: bytes | bytearray) -> None:
        store: Any = open_safe().store
        if isinstance(store, LocalStore):
            path = store._path(self.name)
            if path.exists():
                path.chmod(0o600)
            path.write_bytes(data)
        else:
            obstore.put(store._bucket, place_of(self.name), bytes(data))

    def unlink(self) -> None:
        open_safe().store.delete(self.name)


def flip(name: str, place: int) -> SealedObject:
    """Turn one bit of one byte of an object round."""
    sealed = SealedObject(name)
    data = bytearray(sealed.read_bytes())
    data[place] ^= 1
    sealed.write_bytes(data)
    return sealed


def change(table: str, column: str, value: object, where: str = "1 = 1") -> None:
    """Set a column of the one row for which ``where`` holds."""
    with connection.cursor() as cursor:
        _drop_triggers(cursor, table)
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {where}", [value])
        assert cursor.rowcount == 1


def remove(table: str, where: str) -> None:
    """Delete rows."""
    with connection.cursor() as cursor:
        _drop_triggers(cursor, table)
        cursor.execute(f"DELETE FROM {table} WHERE {where}")


def _drop_triggers(cursor: Any, table: str) -> None:
    on = ""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        on = f" ON {table}"
    for verb in ("update", "delete"):
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
