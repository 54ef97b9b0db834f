"""Taking files in: an intake is opened, files are acquired into its matter, and it is finished.

An intake that was killed is taken up again where it stopped: what it has already acquired is
known by path and digest and not acquired twice. Item, acquisition and ledger entry are written in
one transaction, after the object is safely in the store.

``take_folder`` is the whole way for a folder. Who has bytes already sealed (an upload, a member of
an archive) uses ``acquiring``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UnreadableFile
from amparo.evidence.intake.folder import seal_sources
from amparo.evidence.intake.ingest import Sealed
from amparo.evidence.intake.sources import Source, sources
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions import queue_stamps, record
from amparo.evidence.web.actions.acquiring import (
    FOUND_INSIDE,
    Arrival,
    Taken,
    acquire,
    taken_before,
)
from amparo.evidence.web.models import Intake
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = [
    "Provenance",
    "finish_intake",
    "open_intake",
    "refuse",
    "take_folder",
]

FILES_AT_ONCE = 512
_FIRST_BATCH = 24
BYTES_AT_ONCE = 128 * 2**20


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is said of a whole delivery. ``occurred_at`` is EDTF; "" is not known."""

    from_whom: str = ""
    occurred_at: str = ""
    place: str = ""
    method: str = ""
    device: str = ""
    is_reconstruction: bool = False


Outcome = Sealed | UnreadableFile | Taken


@dataclass(frozen=True, slots=True)
class _Known:
    """A file that this intake has: as large and as old as it was then, and what became of it."""

    size: int
    modified_at: str
    taken: Taken

    def is_same(self, source: Source) -> bool:
        return (self.size, self.modified_at) == (source.size, source.modified_at)


@transaction.atomic
def open_intake(
    matter: Matter,
    root: str,
    *,
    acting_user: User,
    tool: str = "amparo",
    provenance: Provenance | None = None,
    go_on: bool = True,
) -> Intake:
    """Open an intake from ``root`` (a folder's path, "browser").

    Unless ``go_on`` is False, the same person's intake from there that was cut off, if what is
    said of it is the same, is taken up again. UsageError when the provenance's date is no EDTF,
    AccessDenied for who may not add.
    """
    require(acting_user, Verb.ADD, matter)
    said = asdict(provenance or Provenance())
    if said["occurred_at"]:
        dates.parse(said["occurred_at"])
    unfinished = Intake.objects.filter(matter=matter, root=root, by=acting_user, finished_at=None)
    for intake in unfinished if go_on else ():
        if intake.details.get("provenance") == said:
            return intake
    intake = Intake.objects.create(
        matter=matter,
        root=root,
        by=acting_user,
        tool=tool,
        details={"provenance": said, "refused": {}},
        started_at=timezone.now(),
    )
    _record_intake("intake opened", intake, acting_user)
    return intake


def take_folder(
    intake: Intake, root: Path, safe: Safe, *, acting_user: User, leave_out: Path | None = None
) -> Iterator[Taken]:
    """Seal and acquire every file below ``root``; one ``Taken`` for each, in order.

    What this intake has already, unchanged in size and time, is not read again. ``leave_out`` is
    the workspace, should it lie inside. StorageFull and StorageError end it; run again, it goes on.
    """
    safe.store.sweep()
    known = _known(intake)
    found = sources(root, leave_out=leave_out)
    for batch in _batches(_outcomes(found, known, safe)):
        yield from _take_batch(intake, batch, acting_user)


@transaction.atomic
def refuse(intake: Intake, path: str, reason: str, *, acting_user: User) -> Taken:
    """Write down that a file was there and why it could not be taken in."""
    require(acting_user, Verb.ADD, intake.matter)
    refused = intake.details.setdefault("refused", {})
    if refused.get(path) != reason:
        refused[path] = reason
        intake.save(update_fields=["details"])
        _record_intake("refused", intake, acting_user, path=path, reason=reason)
    return Taken(path, "failed", reason=reason)


@transaction.atomic
def finish_intake(intake: Intake, *, acting_user: User) -> None:
    """Close the intake and sign the ledger; finishing twice is once."""
    require(acting_user, Verb.ADD, intake.matter)
    if intake.finished_at:
        return
    intake.finished_at = timezone.now()
    intake.save(update_fields=["finished_at"])
    counted = intake.acquisition_set.exclude(method=FOUND_INSIDE).count()
    refused = len(intake.details.get("refused", {}))
    _record_intake("intake finished", intake, acting_user, acquired=counted, refused=refused)
    queue_stamps()


def _outcomes(
    found: Iterable[Source], known: Mapping[str, _Known], safe: Safe
) -> Iterator[tuple[Source, Outcome]]:
    """Every file with its outcome; what is known is told and not sealed again."""
    told: list[tuple[Source, Outcome]] = []

    def unknown() -> Iterator[Source]:
        for source in found:
            before = known.get(source.shown_path)
            if before and before.is_same(source):
                told.append((source, before.taken))
            else:
                yield source

    for outcome in seal_sources(unknown(), safe):
        yield from told
        told.clear()
        yield outcome
    yield from told


def _batches(outcomes: Iterable[tuple[Source, Outcome]]) -> Iterator[list[tuple[Source, Outcome]]]:
    """Groups small enough to be told often, large enough to share a transaction.

    The first are the smallest: rows are written while the next files are sealed.
    """
    batch: list[tuple[Source, Outcome]] = []
    most, size = min(_FIRST_BATCH, FILES_AT_ONCE), 0
    for source, outcome in outcomes:
        batch.append((source, outcome))
        size += source.size
        if len(batch) >= most or size >= BYTES_AT_ONCE:
            yield batch
            batch, most, size = [], min(2 * most, FILES_AT_ONCE), 0
    if batch:
        yield batch


def _take_batch(
    intake: Intake, batch: Sequence[tuple[Source, Outcome]], acting_user: User
) -> Iterator[Taken]:
    sealed = [
        Arrival(source.shown_path, outcome, source.modified_at)
        for source, outcome in batch
        if isinstance(outcome, Sealed)
    ]
    taken = iter(acquire(intake, sealed, acting_user=acting_user))
    for source, outcome in batch:
        if isinstance(outcome, Taken):
            yield outcome
        elif isinstance(outcome, Sealed):
            yield next(taken)
        else:
            yield refuse(intake, source.shown_path, outcome.message, acting_user=acting_user)


def _known(intake: Intake) -> dict[str, _Known]:
    """What an intake that was cut off has acquired, by path."""
    return {
        row.path: _Known(row.item.object.size, row.modified_at, taken)
        for row, taken in taken_before(intake)
    }


def _record_intake(kind: str, intake: Intake, acting_user: User, **more: str | int) -> None:
    provenance = intake.details["provenance"]
    record(
        kind,
        acting_user=acting_user,
        matter=intake.matter,
        subject=f"intake:{intake.pk}",
        details={"intake": {"root": intake.root, "tool": intake.tool, **provenance, **more}},
    )
