"""Properties of entries in an Outlook store, by their tags ([MS-OXPROPS]), as libpff gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["entries", "number", "text", "texts"]

_UNICODE, _BYTES = 0x1F, 0x1E
_INTEGER = 0x03


def texts(item: Any, tags: dict[int, str], encoding: str) -> dict[str, str]:
    """The text of each property that ``tags`` names and the item has, by the name given there."""
    found: dict[str, str] = {}
    for tag, kind, data in entries(item):
        name = tags.get(tag)
        value = _decoded(kind, data, encoding) if name else ""
        if name and value:
            found.setdefault(name, value)
    return found


def text(item: Any, tag: int, encoding: str = "cp1252") -> str:
    """The text of one property; "" when the item has none."""
    return texts(item, {tag: "value"}, encoding).get("value", "")


def number(item: Any, tag: int) -> int | None:
    """A property that is a number; None when the item has none."""
    for own, kind, data in entries(item):
        if own == tag and kind == _INTEGER and len(data) >= 4:
            return int.from_bytes(data[:4], "little")
    return None


def entries(item: Any) -> Iterator[tuple[int, int, bytes]]:
    """Tag, type and bytes of every property; those that libpff cannot read are passed over.

    Recipients are record sets themselves, everything else has some.
    """
    for records in _record_sets(item):
        for at in range(records.number_of_entries):
            try:
                entry = records.get_entry(at)
                yield entry.entry_type or 0, entry.value_type or 0, entry.data or b""
            except (OSError, RuntimeError):
                continue


def _record_sets(item: Any) -> Iterator[Any]:
    if not hasattr(item, "number_of_record_sets"):
        yield item
        return
    for at in range(item.number_of_record_sets):
        try:
            yield item.get_record_set(at)
        except (OSError, RuntimeError):
            continue


def _decoded(kind: int, data: bytes, encoding: str) -> str:
    if kind == _UNICODE:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    return data.decode(encoding, "replace").rstrip("\0") if kind == _BYTES else ""
