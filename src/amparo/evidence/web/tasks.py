"""Background work on the proof: a package to download, an import, a verification, time stamps."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import require_workspace
from amparo.accounts.web.models import User
from amparo.base.errors import AmparoError, Cancelled, StorageError
from amparo.base.web.jobs import Progress, enqueue, standing, task
from amparo.base.web.models import Job
from amparo.evidence.store.safe import Safe
from amparo.evidence.web import hearers
from amparo.evidence.web.actions import disposal, open_stamps, watching
from amparo.evidence.web.actions.packages import begin_export, build_download
from amparo.evidence.web.actions.received import import_package, is_here
from amparo.evidence.web.actions.stamps import TASK, fetch_stamps
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.backups.drilling import refuse_unknown, try_restore
from amparo.evidence.web.models import Export, Item, StoredObject
from amparo.evidence.web.models.disposal import Disposal
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.models import Matter

__all__ = [
    "ask_for_package",
    "ask_to_import",
    "ask_to_try_restore",
    "ask_to_verify",
    "drill",
    "erase",
    "export",
    "open_stamp",
    "receive",
    "rehash",
    "stamp",
    "verify",
]

EXPORT = "evidence.export"
IMPORT = "evidence.import"
VERIFY = "evidence.verify"
REHASH = "evidence.rehash"
DRILL = "evidence.drill"


def ask_for_package(matter: Matter, *, acting_user: User, purpose: str = "") -> Export:
    """Queue a package of the matter for download."""
    with transaction.atomic():
        made = begin_export(matter, acting_user=acting_user, purpose=purpose)
        job = enqueue(EXPORT, matter_id=matter.pk, user_id=acting_user.pk, export_id=str(made.pk))
        made.job_id = job.pk
        made.save(update_fields=["job_id"])
    return made


def ask_to_import(object_name: str, *, acting_user: User, fingerprint: str = "") -> Job:
    """Queue the import of a package that was uploaded and lies sealed under ``object_name``."""
    require_workspace(acting_user, WorkspaceVerb.IMPORT_PACKAGE)
    return enqueue(
        IMPORT,
        user_id=acting_user.pk,
        object_name=object_name,
        acting_user_id=str(acting_user.pk),
        fingerprint=fingerprint,
    )


def ask_to_verify(*, acting_user: User) -> Job:
    """Queue a verification, or give the one that is under way."""
    require_workspace(acting_user, WorkspaceVerb.VERIFY)
    user_id = acting_user.pk
    return _under_way(VERIFY) or enqueue(VERIFY, user_id=user_id, acting_user_id=str(user_id))


def ask_to_try_restore(place: str, *, acting_user: User) -> Job:
    """Queue a drill of the backup at ``place``, or give the one that is under way. UsageError."""
    require_workspace(acting_user, WorkspaceVerb.BACK_UP)
    refuse_unknown(place)
    return _under_way(DRILL) or enqueue(
        DRILL, user_id=acting_user.pk, acting_user_id=str(acting_user.pk), place=place
    )


def _under_way(name: str) -> Job | None:
    states = [Job.State.QUEUED, Job.State.RUNNING]
    return Job.objects.filter(name=name, state__in=states).first()


@task(EXPORT)
def export(progress: Progress, *, export_id: str) -> None:
    """Build the package that somebody asked for; a package that is built is not built again."""
    asked = Export.objects.select_related("matter", "by").get(pk=UUID(export_id))
    if asked.finished_at:
        return
    total = Item.objects.filter(matter=asked.matter).count()
    done = 0

    def written(path: str, _size: int) -> None:
        nonlocal done
        done += 1
        progress.report(done, total, path.rpartition("/")[2])

    build_download(asked, on_file=written)


@task(IMPORT)
def receive(progress: Progress, *, object_name: str, acting_user_id: str, fingerprint: str) -> None:
    """Import an uploaded package, let its files be read, and drop the upload.

    An upload that could not be looked at to the end stays for another try.
    """
    user = User.objects.get(pk=UUID(acting_user_id))
    kept, done = open_safe(), 0

    def sealed(path: str, _size: int) -> None:
        nonlocal done
        done += 1
        progress.report(done, None, path.rpartition("/")[2])

    def written(matter: Matter) -> None:
        for item in Item.objects.filter(matter=matter, parent=None).select_related("matter"):
            hearers.tell(item, user)

    if progress.job.attempts > 1 and not kept.store.exists(object_name):
        return  # its worker was killed when all was done
    try:
        with kept.open(object_name) as stream:
            if progress.job.attempts == 1 or not is_here(stream):
                import_package(
                    stream,
                    acting_user=user,
                    fingerprint=fingerprint,
                    on_file=sealed,
                    on_written=written,
                )
    except (StorageError, Cancelled):
        raise
    except AmparoError:
        _drop(kept, object_name)
        raise
    _drop(kept, object_name)


def _drop(kept: Safe, object_name: str) -> None:
    """Let go of an upload, unless the same bytes are evidence."""
    if not StoredObject.objects.filter(object_name=object_name).exists():
        kept.store.delete(object_name)


@task(VERIFY)
def verify(progress: Progress, *, acting_user_id: str) -> None:
    """Verify the workspace for the person who asked."""
    verify_workspace(
        acting_user=User.objects.get(pk=UUID(acting_user_id)),
        on_progress=lambda part, done, total: progress.report(done, total or None, part),
    )


@task(DRILL)
def drill(progress: Progress, *, acting_user_id: str, place: str) -> None:
    """Try a restore for the person who asked; what it found stands in the ledger and the audit."""
    try_restore(
        place,
        acting_user=User.objects.get(pk=UUID(acting_user_id)),
        on_progress=lambda part, done, total: progress.report(done, total or None, part),
    )


@task(REHASH)
def rehash(progress: Progress) -> None:
    """Read again what was not read for long; alarms say what is not what was sealed."""
    if watching.the_watch().is_on:
        watching.rehash(open_safe(), now=timezone.now(), on_progress=progress.report)


standing(REHASH, timedelta(days=1))


@task(disposal.TASK)
def erase(_progress: Progress, *, disposal_id: str, derivatives: list[str]) -> None:
    """Destroy the bytes of what two people decided to dispose of."""
    decided = Disposal.objects.get(pk=UUID(disposal_id), decision__approved=True)
    disposal.carry_out(decided, derivatives, open_safe())


@task(open_stamps.TASK)
def open_stamp(_progress: Progress) -> None:
    """Send what waits for a calendar, and ask again for what was promised."""
    open_stamps.fetch_open_stamps()


standing(open_stamps.TASK, timedelta(days=1))


@task(TASK)
def stamp(_progress: Progress) -> None:
    """Ask for the time stamps that wait."""
    fetch_stamps()
