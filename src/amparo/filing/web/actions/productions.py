"""Producing a bundle: prepared, assembled, opened again and checked, then sealed and written down.

A bundle that does not hold is kept as a report, never as a file. The right to produce is asked
for when the bundle is asked for and again when it is released.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO, cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base import canonical
from amparo.base.errors import UsageError
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions import record, record_custody
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import StoredObject
from amparo.extract.sandbox import Sandbox
from amparo.filing.bundle.check import Report
from amparo.filing.bundle.confined import InRoom
from amparo.filing.bundle.exhibits import Prepared
from amparo.filing.bundle.preparation import prepare
from amparo.filing.bundle.production import Produced, produce
from amparo.filing.bundle.request import Request
from amparo.filing.web.exhibits import Renditions, request_of, stem_of, values_of, verify
from amparo.filing.web.models import Bundle, Exhibit, Production, Volume
from amparo.filing.web.spools import SealedSpool
from amparo.matters.access import Verb
from amparo.matters.web.access import require, require_knowing

__all__ = ["approve", "begin_production", "open_volume", "produce_bundle"]

PRODUCED = "bundle produced"
"""The kind of the ledger entry that states a bundle."""
APPROVED = "bundle approved"
"""The kind of the ledger entry that states an attorney's approval."""

OnStep = Callable[[int, int, str], None]
"""Is told what is done, of how much, and what it is."""


@transaction.atomic
def begin_production(bundle: Bundle, *, acting_user: User, stem: str = "") -> Production:
    """Note that ``acting_user`` asked for the bundle to be produced as it stands.

    ``stem`` is what its files will be called, without ending; "" is a name made of the matter's.
    """
    require(acting_user, Verb.PRODUCE, bundle)
    if not bundle.exhibits.exists():
        raise UsageError("This bundle has no exhibits yet.", next_step="Choose some, then produce.")
    last = bundle.productions.aggregate(last=Max("number"))["last"] or 0
    made = Production.objects.create(
        bundle=bundle,
        number=last + 1,
        by=acting_user,
        asked_at=timezone.now(),
        stem=stem[:120] or stem_of(bundle, last + 1),
    )
    audit("ask for a bundle", acting_user=acting_user, subject=made, matter_id=bundle.matter_id)
    return made


def produce_bundle(
    production: Production, *, room: Sandbox, safe: Safe, on_step: OnStep | None = None
) -> Report:
    """Produce a bundle and release it if it holds; doing it again begins anew.

    Raises VerificationError for the first thing that the check found, after writing all of them
    down, and for an original that is not what was sealed.
    """
    work = _Work(production, room, safe, on_step or _tell_nobody)
    request = request_of(production.bundle, production.asked_at, production.stem)
    produced = work.produced(request)
    spools = [cast(SealedSpool, volume.spool) for volume in produced.volumes]
    try:
        report = work.checked(produced, request)
        if report.holds:
            _release(production, produced, spools, report, work.digests)
        else:
            _note_findings(production, produced, report)
    except BaseException:
        for spool in spools:
            spool.discard()
        raise
    for spool in spools:
        spool.close() if report.holds else spool.discard()
    report.require()
    return report


@transaction.atomic
def approve(production: Production, *, acting_user: User) -> None:
    """An attorney's word that this may be filed; it is written into the ledger for good."""
    require(acting_user, Verb.REVIEW, production)
    if not production.volumes.exists():
        raise UsageError("There is nothing to approve: the bundle was not released.")
    if production.approved_at:
        return
    production.approved_by, production.approved_at = acting_user, timezone.now()
    production.save(update_fields=["approved_by", "approved_at"])
    record(
        APPROVED,
        acting_user=acting_user,
        matter=production.matter,
        subject=f"production:{production.pk}",
        details={"production": {"id": str(production.pk), "volumes": _digests(production)}},
    )
    audit(
        "approve a bundle",
        acting_user=acting_user,
        subject=production,
        matter_id=production.matter.pk,
    )


def open_volume(volume: Volume, *, safe: Safe, acting_user: User) -> BinaryIO:
    """Open a volume to be taken away, having written that down. The caller closes it."""
    production = volume.production
    require_knowing(acting_user, Verb.EXPORT, production)
    audit(
        "take a bundle away",
        acting_user=acting_user,
        subject=production,
        matter_id=production.matter.pk,
        volume=volume.name,
    )
    return safe.open(volume.object.object_name)


def _tell_nobody(done: int, total: int, what: str) -> None:
    """What ``on_step`` is when nobody listens."""


@dataclass
class _Work:
    """One production under way: who is told, and the digests of the originals as they were read."""

    production: Production
    room: Sandbox
    safe: Safe
    on_step: OnStep
    done: int = 0
    total: int = 0

    def __post_init__(self) -> None:
        self.values = values_of(self.production.bundle, self.safe)
        self.digests: list[tuple[Exhibit, str]] = []
        self.total = 2 * len(self.values) + 1

    def produced(self, request: Request) -> Produced:
        """Prepare every exhibit in a worker, and assemble the volumes into the safe."""
        rendition = Renditions(
            {row.item.object_id: row.item for row, _ in self.values},
            self.room,
            self.safe,
            self.production.by,
        )
        prepared = [self._prepared(row, value, request, rendition) for row, value in self.values]
        return produce(
            request,
            prepared,
            spool=partial(SealedSpool, self.safe),
            step=lambda _pages: self._step(1, request.title),
        )

    def _prepared(
        self, row: Exhibit, value: Any, request: Request, rendition: Renditions
    ) -> Prepared:
        self._step(1, value.description)
        self.digests.append((row, verify(row.item, self.safe)))
        return prepare(value, request.profile, rendition, InRoom(self.room).read)

    def checked(self, produced: Produced, request: Request) -> Report:
        """Open every volume again in a worker and compare it with the manifest."""
        self._step(0, request.title)
        files = [
            (volume.name, volume.file, layout.pages)
            for volume, layout in zip(produced.volumes, produced.layout.volumes, strict=True)
        ]
        return InRoom(self.room).check(files, produced.manifest, limit=request.most_bytes)

    def _step(self, more: int, what: str) -> None:
        self.done = min(self.done + more, self.total - 1)
        self.on_step(self.done, self.total, what)


@transaction.atomic
def _release(
    production: Production,
    produced: Produced,
    spools: Sequence[SealedSpool],
    report: Report,
    digests: Sequence[tuple[Exhibit, str]],
) -> None:
    """Keep the volumes, and say of the bundle and of each item in it that it goes into a filing."""
    bundle, now = production.bundle, timezone.now()
    require(production.by, Verb.PRODUCE, bundle)
    for volume, layout, spool in zip(
        produced.volumes, produced.layout.volumes, spools, strict=True
    ):
        Volume.objects.create(
            production=production,
            number=volume.number,
            name=volume.name,
            object=_kept(spool, now),
            first=layout.first,
            last=layout.last,
        )
    for row, digest in digests:
        record_custody(
            row.item,
            "produced",
            acting_user=production.by,
            purpose=bundle.title,
            hash_before=row.item.object_id,
            hash_after=digest,
        )
    production.entry = record(
        PRODUCED,
        acting_user=production.by,
        matter=bundle.matter,
        subject=f"production:{production.pk}",
        details={"production": _stated(production, produced)},
        now=now,
    )
    production.manifest, production.report = produced.manifest, _told(report)
    production.finished_at = now
    production.save(update_fields=["entry", "manifest", "report", "finished_at"])
    audit("produce", acting_user=production.by, subject=production, matter_id=bundle.matter_id)


def _kept(spool: SealedSpool, now: datetime) -> StoredObject:
    """The row of a volume that was sealed."""
    sealed = spool.sealed
    assert sealed is not None
    return keep_object(sealed, now=now)


@transaction.atomic
def _note_findings(production: Production, produced: Produced, report: Report) -> None:
    """Keep what the check found; there is no file."""
    production.manifest, production.report = produced.manifest, _told(report)
    production.finished_at = timezone.now()
    production.save(update_fields=["manifest", "report", "finished_at"])


def _told(report: Report) -> dict[str, Any]:
    return {
        "compared": dict(report.compared),
        "findings": [asdict(finding) for finding in report.findings[:200]],
    }


def _stated(production: Production, produced: Produced) -> dict[str, Any]:
    """What the ledger says: the volumes by digest, and the manifest with its originals."""
    return {
        "id": str(production.pk),
        "bundle": str(production.bundle_id),
        "volumes": _digests(production),
        "manifest": canonical.loads(produced.manifest),
    }


def _digests(production: Production) -> list[Any]:
    rows = production.volumes.select_related("object")
    return [{"name": row.name, "sha256": row.object_id, "size": row.object.size} for row in rows]
