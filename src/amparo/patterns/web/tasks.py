"""Background work: an estimate, with every method beside it and what it depends on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from amparo.base.errors import VerificationError
from amparo.base.web.jobs import Progress, task
from amparo.patterns import estimate as estimates
from amparo.patterns import imputation
from amparo.patterns.web.actions import ESTIMATE, keep_estimate
from amparo.patterns.web.models import Estimation
from amparo.patterns.web.queries import Sheet, filled_strata_of, lists_of, sheet_of, strata_of

__all__ = ["estimate"]


@task(ESTIMATE)
def estimate(progress: Progress, *, estimation_id: str) -> None:
    """Make an estimate that somebody asked for; one that is made is not made again."""
    rows = Estimation.objects.select_related("item__matter", "by")
    asked = rows.get(pk=UUID(estimation_id))
    if hasattr(asked, "result"):
        return
    if asked.item.object_id != asked.item_sha256:
        raise VerificationError("The table", got=asked.item.object_id, expected=asked.item_sha256)
    sheet = sheet_of(asked.item, asked.sheet)
    apart = _filled(progress, asked, sheet) if asked.filled else None
    made = estimates.answer_whole(
        lists_of(sheet, asked.lists, asked.count),
        estimates.Settings(seed=asked.seed),
        strata=None if apart else strata_of(sheet, asked.lists, asked.count, asked.stratum),
        on_step=progress.report,
    )
    keep_estimate(asked, made, acting_user=asked.by, apart=apart)


def _filled(progress: Progress, asked: Estimation, sheet: Sheet) -> dict[str, Any]:
    """The strata over replicates in which those that are not stated are filled in."""
    progress.report(0, 1, "The groups are filled in.")
    filled = filled_strata_of(
        sheet, asked.lists, asked.stratum, times=asked.filled, seed=asked.seed
    )
    settings = estimates.Settings(seed=asked.seed, beside=False)
    told = imputation.estimate_strata(filled, asked.lists, by=asked.stratum, settings=settings)
    column = filled.columns[asked.stratum]
    about = {"times": filled.times, "rows": len(column.rows), "share": column.share}
    return told.as_json() | {"filled": about | {"using": list(filled.using)}}
