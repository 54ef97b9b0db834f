"""Background work on the proof: a package to download, an import, a verification, time stamps."""

from __future__ import annotations

from uuid import UUID

from amparo.accounts.web.models import User
from amparo.base.web.jobs import Progress, task
from amparo.evidence.web.actions.packages import build_download
from amparo.evidence.web.actions.stamps import TASK, fetch_stamps
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.models import Export, Item

__all__ = ["export", "stamp", "verify"]


@task("evidence.export")
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


@task("evidence.verify")
def verify(progress: Progress, *, user_id: str) -> None:
    """Verify the workspace for the person who asked."""
    verify_workspace(
        acting_user=User.objects.get(pk=UUID(user_id)),
        on_progress=lambda part, done, total: progress.report(done, total or None, part),
    )


@task(TASK)
def stamp(_progress: Progress) -> None:
    """Ask for the time stamps that wait."""
    fetch_stamps()
