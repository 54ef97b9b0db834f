"""Folders that a backup is restored into: a new home, or a scratch one for a drill."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from amparo.base import files
from amparo.base.workspace import refuse_taken
from amparo.evidence.backup.places import Place

__all__ = ["MARK", "SERVERS", "Scratch", "make_room", "scratch"]

MARK = ".restoring"
"""Stands in a home while a restore is under way."""

SERVERS = ("DATABASE_URL", "OBJECTS_URL")
"""What a drill takes out of its environment: it restores beside the servers, never into them."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """A private folder, and what the environment says besides (objects in a bucket)."""

    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)


def make_room(home: Path) -> None:
    """Take a folder for the new workspace; what a restore that was cut off left is taken up."""
    if (home / MARK).exists():
        for rest in home.glob("amparo.db*"):
            rest.unlink()
    else:
        refuse_taken(home)
    with files.storage_errors(home):
        for folder in (home, home / "backups"):
            files.make_private_folder(folder)
        if not (home / "objects").exists():
            files.make_private_folder(home / "objects")
        (home / MARK).touch()


@contextmanager
def scratch(place: Place) -> Iterator[Scratch]:
    """A private folder for a drill, whose objects are those of the backup, read where they lie."""
    home = Path(tempfile.mkdtemp(prefix="amparo-drill-"))
    try:
        (home / MARK).touch()
        if place.address.startswith("s3://"):
            yield Scratch(home, {"OBJECTS_URL": f"{place.address}/objects"})
        else:
            (home / "objects").symlink_to(Path(place.address) / "objects")
            yield Scratch(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
