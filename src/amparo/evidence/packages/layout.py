"""Where received files lie in a package: under their own names, made safe on every system.

Names are given by strangers. A path that leaves the folder, a name that Windows reserves, two
names that differ only in case or in Unicode's spelling, a file that is also a folder (an archive
and what was found in it): each gets a name of its own that any computer can write and read.

>>> lay_out(["a/../b.pdf", "A.pdf", "a.pdf", "mail.eml", "mail.eml/photo.jpg"])
['a/_/b.pdf', 'A.pdf', 'a (2).pdf', 'mail.eml', 'mail.eml (contents)/photo.jpg']
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Sequence

__all__ = ["lay_out"]

LONGEST_NAME = 120
"""In bytes of UTF-8: room for a number and for encrypting file systems (143)."""
LONGEST_PATH = 180
"""In characters: with a folder before it, below the 260 of Windows."""
_ROOM = 20
"""For what keeps names apart: " (contents)", " (12)"."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\/\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_IGNORED = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def lay_out(paths: Sequence[str]) -> list[str]:
    """Return a safe relative path for each of ``paths``, all different, in the same order.

    The same paths in the same order give the same names. Folders are parted by ``/``.
    """
    cleaned = [[_cut(_clean(name)) for name in path.split("/")] for path in paths]
    files = {_key("/".join(names)) for names in cleaned}
    placed = [(_place_folders(names, files), names[-1]) for names in cleaned]
    folders = {_key("/".join(f[:n])) for f, _ in placed for n in range(1, len(f) + 1)}
    taken: set[str] = set()
    result = []
    for folder, name in placed:
        path = _first_free("/".join(folder), name, taken, folders)
        taken.add(_key(path))
        result.append(path)
    return result


def _clean(name: str) -> str:
    """One component of a path that every system takes for a plain name."""
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    name = _UNSAFE.sub("_", name).lstrip(" ")
    if name.rstrip(". ") != name:
        name = name.rstrip(". ") + "_"
    if not name or _RESERVED.fullmatch(name) or name.casefold() in _IGNORED or name[:2] == "._":
        name = f"_{name}" if name else "_"
    return name


def _cut(name: str) -> str:
    """Shorten a name by its middle, keeping the extension."""
    longest = LONGEST_NAME - _ROOM
    if len(name.encode()) <= longest:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension.encode()) > 16:
        stem, dot, extension = name, "", ""
    room = longest - len((dot + extension).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + dot + extension


def _place_folders(names: list[str], files: set[str]) -> list[str]:
    """The folders of a path, each renamed that bears the name of a file; one when it is long."""
    placed = [
        f"{name} (contents)" if _key("/".join(names[: depth + 1])) in files else name
        for depth, name in enumerate(names[:-1])
    ]
    if len("/".join([*placed, names[-1]])) <= LONGEST_PATH - _ROOM:
        return placed
    digest = hashlib.sha256("/".join(placed).encode()).hexdigest()
    return ["long paths", digest[:8]]


def _first_free(folder: str, name: str, taken: set[str], folders: set[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    if not stem:
        stem, dot, extension = name, "", ""
    for number in itertools.count(1):
        numbered = name if number == 1 else f"{stem} ({number}){dot}{extension}"
        path = f"{folder}/{numbered}" if folder else numbered
        if _key(path) not in taken and _key(path) not in folders:
            return path
    raise AssertionError("numbers do not end")


def _key(path: str) -> str:
    """What two paths share when some system takes them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())
