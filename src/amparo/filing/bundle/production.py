"""Production: from prepared exhibits to finished volumes, planned again until each one fits."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from amparo.base.errors import UsageError
from amparo.filing.bundle.assembly import Step, assemble
from amparo.filing.bundle.exhibits import ExhibitFailed, Prepared
from amparo.filing.bundle.layout import Layout, lay_out
from amparo.filing.bundle.manifest import manifest_of, manifest_text
from amparo.filing.bundle.numbering import letters
from amparo.filing.bundle.preparation import slip_for
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.volumes import plan_volumes

__all__ = ["MemorySpool", "Produced", "Spool", "Volume", "produce"]

_ATTEMPTS = 5


class Spool(Protocol):
    """Where a volume is written to: in memory, or sealed as it comes."""

    def write(self, data: bytes, /) -> int:
        """Take the next bytes."""
        ...

    def finish(self) -> BinaryIO:
        """Give what was written, to read from its beginning."""
        ...

    def discard(self) -> None:
        """Forget it: it did not become part of a bundle."""
        ...


class MemorySpool:
    """Keeps a volume in memory."""

    def __init__(self) -> None:
        self._file = io.BytesIO()

    def write(self, data: bytes, /) -> int:
        """Take the next bytes."""
        return self._file.write(data)

    def finish(self) -> BinaryIO:
        """Give what was written, to read from its beginning."""
        self._file.seek(0)
        return self._file

    def discard(self) -> None:
        """Forget it."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Volume:
    """A finished volume: its name, a readable file at its beginning, its size in bytes."""

    number: int
    name: str
    file: BinaryIO
    size: int
    spool: Spool


@dataclass(frozen=True, slots=True)
class Produced:
    """A finished bundle: volumes, exhibits as shown, where all stands, the manifest as JSON.

    ``exhibits`` may differ from what was asked for: one that broke is a slip sheet now.
    """

    volumes: tuple[Volume, ...]
    exhibits: tuple[Prepared, ...]
    layout: Layout
    manifest: str


def produce(
    request: Request,
    exhibits: Sequence[Prepared],
    *,
    spool: Callable[[], Spool] = MemorySpool,
    step: Step | None = None,
) -> Produced:
    """Write the volumes of a bundle, each into a new ``spool()``.

    ``step`` is told how many pages were added, exhibit by exhibit; it may raise to cancel.
    Raises UsageError for a bundle without exhibits, for page numbers that cannot be set, and when
    volumes cannot be kept below the limit.
    """
    if not exhibits:
        raise UsageError("A bundle needs an exhibit.", next_step="Add one.")
    letters().require(request.profile.numbering.prefix)
    limit = target = request.most_bytes
    current = list(exhibits)
    attempts = 0
    while attempts < _ATTEMPTS:
        layout = lay_out(request, current, plan_volumes(current, target))
        manifest = manifest_text(manifest_of(request, current, layout))
        try:
            volumes = _write(request, current, layout, manifest, spool, step)
        except ExhibitFailed as error:
            broken = current[error.item]
            if broken.slip:
                raise
            current[error.item] = slip_for(broken.exhibit, request.profile, error)
            continue
        largest = max(volume.size for volume in volumes)
        if not limit or largest <= limit:
            return Produced(volumes, tuple(current), layout, manifest)
        for volume in volumes:
            volume.spool.discard()
        target = int(target * limit / largest * 0.97)
        attempts += 1
    raise UsageError(
        f"The volumes cannot be kept below {limit:,} bytes.",
        next_step="Raise the limit, or scan the largest exhibits at a lower resolution.",
    )


def _write(
    request: Request,
    exhibits: Sequence[Prepared],
    layout: Layout,
    manifest: str,
    spool: Callable[[], Spool],
    step: Step | None,
) -> tuple[Volume, ...]:
    """Write every volume; what was written is discarded when one of them cannot be."""
    spools: list[Spool] = []
    volumes = []
    try:
        for each in layout.volumes:
            spools.append(spool())
            counted = _Counted(spools[-1])
            assemble(request, exhibits, layout, each.number, manifest, counted, step)
            name = request.file_name(each.number, len(layout.volumes))
            file = spools[-1].finish()
            volumes.append(Volume(each.number, name, file, counted.size, spools[-1]))
    except BaseException:
        for one in spools:
            one.discard()
        raise
    return tuple(volumes)


class _Counted:
    """Counts what goes into a spool."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.size = 0

    def write(self, data: bytes, /) -> int:
        self.size += len(data)
        return self._spool.write(data)
