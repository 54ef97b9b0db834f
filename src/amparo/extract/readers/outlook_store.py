"""Outlook stores (.pst, .ost) by libpff: each message a child, set as an internet message.

The store is not split: a message given here was made from its parts in the store (headers as
kept, bodies, attachments), and says so in a header. Entries that lie in no folder, as deleted ones
do until their room is used again, are given as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, BinaryIO

import pypff

from amparo.base.errors import UnreadableFile
from amparo.extract.members import told
from amparo.extract.readers import outlook_entry
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read"]

_DEEPEST = 40
_UNSAFE = re.compile(r"[\\/\x00-\x1f]+")
_MADE = {"made from": "an entry of an Outlook store, by libpff"}
_NO_FOLDER = "(in no folder)"


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read a store; UnreadableFile when libpff cannot open it."""
    store = pypff.file()
    damaged: list[str] = []
    try:
        store.open_file_object(file)
        root = store.get_root_folder()
    except (OSError, RuntimeError) as error:
        raise UnreadableFile(
            "The Outlook store is damaged or locked, and cannot be opened.",
            next_step="Open it in Outlook and export its messages.",
        ) from error
    folders = list(_folders(root, "", 0, damaged))
    lines = [f"{path or '/'}: {count} messages" for path, _, count in folders]
    if orphans := _orphans(store):
        lines.append(f"{_NO_FOLDER}: {orphans}, deleted or lost")
    reason = told("Folders damaged and left out", damaged)
    return Reading(
        status="partial" if reason else "read",
        reason=reason,
        children=_children(store, folders),
        metadata={"folders": "\n".join(lines)},
        tool="libpff",
        tool_version=version("libpff-python"),
    )


def _folders(
    folder: Any, path: str, depth: int, damaged: list[str]
) -> Iterator[tuple[str, Any, int]]:
    """Give folders with their path and count of messages; those that are damaged are named."""
    try:
        yield path, folder, folder.number_of_sub_messages
        inner = range(folder.number_of_sub_folders if depth < _DEEPEST else 0)
    except (OSError, RuntimeError):
        damaged.append(path or "/")
        return
    for number in inner:
        try:
            below = folder.get_sub_folder(number)
            label = _UNSAFE.sub(" ", below.name or "folder").strip()
        except (OSError, RuntimeError):
            damaged.append(f"{path}/folder {number + 1}")
            continue
        yield from _folders(below, f"{path}/{label}".lstrip("/"), depth + 1, damaged)


def _children(store: Any, folders: list[tuple[str, Any, int]]) -> Iterator[Child]:
    for path, folder, count in folders:
        for number in range(count):
            place = f"{path}/".lstrip("/")
            yield _child(f"{place}{number + 1:05d}", _Entry(folder.get_sub_message, number))
    for number in range(_orphans(store)):
        yield _child(f"{_NO_FOLDER}/{number + 1:05d}", _Entry(store.get_orphan_item, number))


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry that is fetched when it is needed, so that a damaged one costs itself alone."""

    fetch: Callable[[int], Any]
    number: int

    def subject(self) -> str:
        """Its subject as a part of a file name; "" when it has none or is damaged."""
        try:
            subject = getattr(self.fetch(self.number), "subject", "") or ""
        except (OSError, RuntimeError):
            return ""
        return _UNSAFE.sub(" ", subject).strip()[:120]

    def message(self) -> Iterator[bytes]:
        """The entry as an internet message; UnreadableFile when it is damaged."""
        try:
            yield outlook_entry.as_internet_message(self.fetch(self.number))
        except (OSError, RuntimeError, ValueError, AttributeError) as error:
            raise UnreadableFile(f"Message {self.number + 1} of its folder is damaged.") from error


def _child(path: str, entry: _Entry) -> Child:
    label = entry.subject() or f"message {entry.number + 1}"
    return Child(f"{path} {label}.eml", entry.message(), "message/rfc822", "", _MADE)


def _orphans(store: Any) -> int:
    """How many entries lie in no folder, as deleted ones do until their room is used again."""
    try:
        return int(store.number_of_orphan_items)
    except (OSError, RuntimeError):
        return 0
