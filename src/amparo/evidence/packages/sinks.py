"""Where a package is written: a folder that appears whole or not at all, or a zip in a stream."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import psutil

from amparo.base import files
from amparo.base.errors import UsageError

__all__ = ["FolderSink", "Sink", "ZipSink", "folder_in_progress"]

_PLAIN_FILE = 0o100644 << 16


class Sink(Protocol):
    """Takes a package's files one after another; a path is written once."""

    def write(self, path: str, blocks: Iterable[bytes], *, size: int) -> None:
        """Write ``blocks``, ``size`` bytes together, at ``path`` inside the package."""


class FolderSink:
    """Files below a folder that exists and is empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, path: str, blocks: Iterable[bytes], *, size: int) -> None:  # noqa: ARG002
        place = self._folder / path
        with files.storage_errors(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                for block in blocks:
                    file.write(block)


class ZipSink:
    """A zip written in one go to a stream that need not seek; nothing in it depends on a clock."""

    def __init__(self, stream: IO[bytes], top: str) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)
        self._top = top

    def write(self, path: str, blocks: Iterable[bytes], *, size: int) -> None:
        member = zipfile.ZipInfo(f"{self._top}/{path}")
        member.external_attr = _PLAIN_FILE
        member.create_system = 3
        member.file_size = size
        with self._zip.open(member, "w", force_zip64=size >= zipfile.ZIP64_LIMIT) as file:
            for block in blocks:
                file.write(block)

    def close(self) -> None:
        """Write the directory; before this the zip is none."""
        self._zip.close()


@contextmanager
def folder_in_progress(target: Path) -> Iterator[Path]:
    """Give a hidden folder beside ``target``, which becomes ``target`` when all went well.

    UsageError when ``target`` is there and not an empty folder. What a killed run left behind
    under the same name is removed first.
    """
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"{target} is there already.", next_step="Name a folder that does not exist yet."
        )
    _sweep(target)
    part = target.with_name(f".{target.name}.part-{os.getpid()}")
    with files.storage_errors(target):
        part.mkdir(mode=0o700, parents=True)
    try:
        yield part
        with files.storage_errors(target):
            part.chmod(0o755)
            if target.exists():
                target.rmdir()
            part.rename(target)
            files.flush_folder(target.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sweep(target: Path) -> None:
    if not target.parent.is_dir():
        return
    for left in target.parent.iterdir():
        found = re.fullmatch(rf"\.{re.escape(target.name)}\.part-(\d+)", left.name)
        if found and not (int(found[1]) != os.getpid() and psutil.pid_exists(int(found[1]))):
            shutil.rmtree(left, ignore_errors=True)
