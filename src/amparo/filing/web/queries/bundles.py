"""What is read about bundles: a matter's, one with its exhibits, and items by their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.filing.bundle.index import BadIndex, IndexRow, RowProblem
from amparo.filing.web.exhibits import full_path
from amparo.filing.web.models import Bundle, Production
from amparo.filing.web.words import compared_words
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter

__all__ = [
    "ProductionLine",
    "bundle_for",
    "bundles_of",
    "find_items",
    "productions_of",
]

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class ProductionLine:
    """A production and the job that makes it, if one does."""

    production: Production
    job: Job | None

    @property
    def is_under_way(self) -> bool:
        """Whether it is still being made."""
        return bool(self.job and not self.job.is_over and not self.production.finished_at)

    @property
    def compared(self) -> list[tuple[str, int]]:
        """What was compared, in words, and how often."""
        return compared_words(self.production.report)


def bundles_of(matter: Matter) -> QuerySet[Bundle]:
    """The matter's bundles with how many exhibits and productions each has, last changed first."""
    counted = Bundle.objects.filter(matter=matter).annotate(
        exhibit_count=Count("exhibits", distinct=True),
        production_count=Count(
            "productions", filter=Q(productions__entry__isnull=False), distinct=True
        ),
    )
    return counted.select_related("made_by")


def bundle_for(user: User, pk: UUID) -> Bundle:
    """A bundle of a matter that ``user`` may see; not found otherwise."""
    rows = Bundle.objects.filter(matter__in=visible_matters(user)).select_related("matter")
    return get_object_or_404(rows, pk=pk)


def productions_of(bundle: Bundle) -> list[ProductionLine]:
    """A bundle's productions, newest first, with the jobs that make them."""
    rows = list(
        bundle.productions.select_related("by", "approved_by", "entry").prefetch_related(
            "volumes__object"
        )
    )
    jobs = Job.objects.in_bulk([row.job_id for row in rows if row.job_id])
    return [ProductionLine(row, jobs.get(row.job_id) if row.job_id else None) for row in rows]


def find_items(matter: Matter, rows: Sequence[IndexRow]) -> list[Item]:
    """The item that each row of an index names, by received path or by file name.

    A path that fits exactly wins over names; capitals and the way accents are composed do not
    matter. Raises BadIndex with every row that names nothing, or more than one item.
    """
    found, problems = [], []
    for row in rows:
        fitting = _fitting(matter, row.file)
        if len(fitting) == 1:
            found.append(fitting[0])
        elif fitting:
            problems.append(_ambiguous(row, fitting))
        else:
            says = f"No file of the matter is called “{row.file}”."
            problems.append(RowProblem(row.row, says, "Write its received path or its name."))
    if problems:
        raise BadIndex(problems)
    return found


def _fitting(matter: Matter, file: str) -> list[Item]:
    """The items that ``file`` may mean, from the narrowest sense that fits any."""
    wanted = _plain(file)
    candidates = _candidates(matter, file)
    for sense in (_by_path, _by_end_of_path, _by_name):
        fitting = [item for item in candidates if sense(item, wanted)]
        if fitting:
            return fitting
    return []


def _candidates(matter: Matter, file: str) -> list[Item]:
    """Items whose name could be the last part of ``file``, however its accents are composed."""
    name = file.replace("\\", "/").rstrip("/").rpartition("/")[2]
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
    wanted = Q()
    for form in forms:
        wanted |= Q(name__iexact=form) | Q(path__iendswith=form)
        wanted |= Q(acquisitions__path__iendswith=form)
    rows = Item.objects.filter(wanted, matter=matter).distinct()
    return list(rows.select_related("object", "parent").prefetch_related("acquisitions"))


def _by_path(item: Item, wanted: str) -> bool:
    return wanted in set(_paths(item))


def _by_end_of_path(item: Item, wanted: str) -> bool:
    return "/" in wanted and any(path.endswith(f"/{wanted}") for path in _paths(item))


def _by_name(item: Item, wanted: str) -> bool:
    return "/" not in wanted and _plain(item.name) == wanted


def _paths(item: Item) -> Iterable[str]:
    yield _plain(full_path(item))
    for acquisition in item.acquisitions.all():
        yield _plain(acquisition.path)


def _plain(path: str) -> str:
    composed = unicodedata.normalize("NFC", path.replace("\\", "/").strip())
    return composed.removeprefix("./").rstrip("/").casefold()


def _ambiguous(row: IndexRow, items: Sequence[Item]) -> RowProblem:
    paths = sorted(full_path(item) for item in items)
    named = ", ".join(f"“{path}”" for path in paths[:_MOST_NAMED])
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    says = f"“{row.file}” may be {len(paths)} files: {named}{more}."
    return RowProblem(row.row, says, "Write the path of the one that you mean.")
