"""Production: from prepared exhibits to finished volumes, planned again until each one fits."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from amparo.base.errors import UsageError
from amparo.filing.bundle.assembly import Step, assemble
from amparo.filing.bundle.exhibits import ExhibitFailed, Prepared
from amparo.filing.bundle.layout import Layout, lay_out
from amparo.filing.bundle.manifest import manifest_of, manifest_text
from amparo.filing.bundle.numbering import letters
from amparo.filing.bundle.preparation import slip_for
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.volumes import plan_volumes

__all__ = ["Produced", "Volume", "produce"]

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Volume:
    """A finished volume: a readable file at its beginning, its name and its size in bytes."""

    number: int
    name: str
    file: BinaryIO
    size: int


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
    spool: Callable[[], BinaryIO] = io.BytesIO,
    step: Step | None = None,
) -> Produced:
    """Write the volumes of a bundle into files that ``spool`` gives (readable and seekable).

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
            volume.file.close()
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
    spool: Callable[[], BinaryIO],
    step: Step | None,
) -> tuple[Volume, ...]:
    volumes = []
    for each in layout.volumes:
        file = spool()
        assemble(request, exhibits, layout, each.number, manifest, file, step)
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        name = request.file_name(each.number, len(layout.volumes))
        volumes.append(Volume(each.number, name, file, size))
    return tuple(volumes)
