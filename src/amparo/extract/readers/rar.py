"""RAR archives, by bsdtar where it is installed: no free licence allows a reader of our own.

bsdtar turns the archive into a tar in the worker's private memory, which is then read like any
other tar; it writes no member anywhere and follows no link.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from amparo.base import programs
from amparo.base.errors import ProgramFailed, ProgramMissing, UnreadableFile
from amparo.extract.readers.archives import read_tar
from amparo.extract.reading import Limits, Reading

__all__ = ["read"]

_CHUNK = 2**20


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Open a RAR; UnreadableFile when it is locked, or bsdtar is not there."""
    folder = Path(tempfile.mkdtemp())
    packed, unpacked = folder / "packed.rar", folder / "unpacked.tar"
    with packed.open("wb") as stream:
        while chunk := file.read(_CHUNK):
            stream.write(chunk)
    command: list[str | Path] = ["bsdtar", "-c", "-f", unpacked, "--format=pax", f"@{packed}"]
    try:
        stated = programs.run(["bsdtar", "--version"], timeout=20).stdout.decode("utf-8", "replace")
        done = programs.run(command, timeout=limits.seconds * 0.8, accept=(0, 1))
    except ProgramMissing as error:
        raise UnreadableFile(
            "RAR archives are not opened here: the free program bsdtar is not installed. "
            "The archive is kept and sealed.",
            next_step=f"{error.next_step} Or unpack it, and add the files beside it.",
        ) from error
    except ProgramFailed as error:
        raise UnreadableFile(f"The RAR archive cannot be opened. {error.message}") from error
    said = done.stderr.decode("utf-8", "replace")
    if "ncrypt" in said or "assphrase" in said:
        raise UnreadableFile(
            "The archive is locked by a password.",
            next_step="Ask for the password, unpack it, and add the files beside it.",
        )
    reading = replace(
        read_tar(unpacked.open("rb")), tool="bsdtar", tool_version=" ".join(stated.split()[1:2])
    )
    if done.status == 0:
        return reading
    told = " ".join(said.replace(str(folder), "").split())[:300]
    return replace(reading, status="partial", reason=f"The archive is damaged: {told}")
