"""Web archive collections (WACZ 1.1.1): the pages that they list, from the WARC files inside.

What was captured becomes children, as for a WARC; the WARC files, indexes and lists themselves stay
inside the collection, which is sealed whole. Files of no such kind become children too.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator

from amparo.base.errors import UnreadableFile
from amparo.extract.captures.surveying import Listed, survey
from amparo.extract.members import harmless
from amparo.extract.parts import stated_time
from amparo.extract.readers.webarchive import BROKEN, answers_of, pages_of
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read"]

_DAMAGED = (*BROKEN, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError)
_OWN = ("archive/", "indexes/", "pages/", "logs/")
_LISTS = ("datapackage.json", "datapackage-digest.json")
_LARGEST_LIST = 64 * 2**20
_CHUNK = 256 * 1024


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read a collection; UnreadableFile when it cannot be opened or holds no record."""
    try:
        archive = zipfile.ZipFile(file)
        listed = list(_listed(archive))
    except _DAMAGED as error:
        raise UnreadableFile("The collection is damaged and cannot be opened.") from error
    found = survey(_records(archive, limits), listed, broken=_DAMAGED)
    count = len(found.lines)
    reason = ""
    if not count:
        reason = "The collection holds no record that can be read."
    elif found.torn:
        reason = f"The archive breaks off after {count} records; they were read."
    return Reading(
        status="partial" if reason else "read",
        reason=reason,
        pages=pages_of(_records(archive, limits), found, broken=_DAMAGED),
        children=_children(archive, limits),
        metadata=_facts(archive) | {"records": str(count)},
        outline=found.outline(),
        tool="warcio",
        tool_version=version("warcio"),
    )


def _records(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Any]:
    """All records of all WARC files inside, one file after the other."""
    number = 0
    for info in _warcs(archive):
        with archive.open(info) as member:
            for record in ArchiveIterator(member):
                number += 1
                if number > limits.entries:
                    return
                yield record


def _warcs(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    wanted = (".warc", ".warc.gz")
    infos = [each for each in archive.infolist() if each.filename.lower().endswith(wanted)]
    return sorted(infos, key=lambda info: info.filename)


def _children(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Child]:
    yield from answers_of(_records(archive, limits), broken=_DAMAGED)
    for info in archive.infolist():
        own = info.filename.startswith(_OWN) or info.filename in _LISTS
        if not info.is_dir() and not own:
            path = harmless(info.filename)
            yield Child(path, _bytes(archive, info), modified=stated_time(info))


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except _DAMAGED as error:
        raise UnreadableFile("It is damaged inside the archive.") from error


def _listed(archive: zipfile.ZipFile) -> Iterator[Listed]:
    """The pages that the collection lists, line by line; lines that are none are passed over."""
    for info in archive.infolist():
        path = info.filename
        if not (path.startswith("pages/") and path.endswith(".jsonl")):
            continue
        if info.file_size > _LARGEST_LIST:
            continue
        for line in archive.read(info).decode("utf-8", "replace").splitlines():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict) and value.get("url"):
                keys = ("url", "ts", "title", "text")
                stated = (str(value.get(key) or "") for key in keys)
                yield Listed(*stated)


def _facts(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        value = json.loads(archive.read("datapackage.json")[:_LARGEST_LIST])
    except (*_DAMAGED, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    about: dict[str, Any] = value["metadata"] if isinstance(value.get("metadata"), dict) else {}
    told = {
        key: value.get(own) or about.get(own)
        for key, own in (
            ("title", "title"), ("description", "description"), ("created", "created"),
            ("producer", "software"), ("wacz:version", "wacz_version"),
            ("wacz:main page", "mainPageUrl"),
        )
    }  # fmt: skip
    return {key: str(each)[:2000] for key, each in told.items() if each}
