"""What is read about estimates: the lists that a table holds, those asked for, how far each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter
from amparo.patterns.estimate import Table, from_records
from amparo.patterns.estimate.parting import by_stratum
from amparo.patterns.imputation import Imputed, fitting, impute
from amparo.patterns.web.models import Estimation, EstimationResult
from amparo.patterns.web.queries.tables import Sheet

__all__ = [
    "EstimationLine",
    "estimation_for",
    "estimations_in",
    "estimations_of",
    "filled_strata_of",
    "line_of",
    "lists_of",
    "strata_of",
]


@dataclass(frozen=True, slots=True)
class EstimationLine:
    """An estimate that was asked for, what came of it, and the job that makes it."""

    asked: Estimation
    result: EstimationResult | None
    job: Job | None

    @property
    def is_under_way(self) -> bool:
        """Whether it is still being made."""
        return bool(self.job and not self.job.is_over and not self.result)


def estimation_for(user: User, pk: UUID) -> Estimation:
    """An estimate in a matter that ``user`` may see; not found otherwise."""
    rows = Estimation.objects.filter(item__matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("item__matter", "by", "result__entry"), pk=pk)


def estimations_of(item: Item) -> list[EstimationLine]:
    """Those asked of an item, the newest first."""
    return _lines(item.estimations.select_related("by", "result"))


def estimations_in(matter: Matter, most: int) -> list[EstimationLine]:
    """The newest of a matter."""
    rows = Estimation.objects.filter(item__matter=matter)
    return _lines(rows.select_related("by", "result", "item__parent")[:most])


def _lines(rows: QuerySet[Estimation]) -> list[EstimationLine]:
    jobs = Job.objects.in_bulk([row.job_id for row in rows])
    return [EstimationLine(row, getattr(row, "result", None), jobs.get(row.job_id)) for row in rows]


def line_of(asked: Estimation) -> EstimationLine:
    """One with its result and its job."""
    result = EstimationResult.objects.filter(estimation=asked).select_related("entry").first()
    return EstimationLine(asked, result, Job.objects.filter(pk=asked.job_id).first())


def lists_of(sheet: Sheet, lists: Sequence[str], count: str = "") -> Table:
    """The capture histories in chosen columns of a sheet. UsageError names the row."""
    return from_records(sheet.records, lists, count)


def strata_of(
    sheet: Sheet, lists: Sequence[str], count: str, stratum: str
) -> Mapping[str, Table] | None:
    """The same for each word of the column ``stratum``; None without one."""
    if not stratum:
        return None
    return by_stratum(sheet.records, lists, count, stratum)


def filled_strata_of(
    sheet: Sheet, lists: Sequence[str], stratum: str, *, times: int, seed: int
) -> Imputed:
    """The table with the strata that are not stated filled in ``times`` times, by the lists and by
    every column of few words. UsageError where they cannot be."""
    others = fitting(sheet.records, [stratum, *lists])
    return impute(sheet.records, [stratum], using=[*lists, *others], times=times, seed=seed)
