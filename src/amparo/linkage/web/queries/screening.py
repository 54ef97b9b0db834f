"""What was screened in a matter, how each hit stands, and who is owned by whom.

Everything here shows names that may be sealed: views ask ``require_knowing`` before they call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.linkage.screening import Blocked, Finding, Stake, owned_by
from amparo.linkage.screening.entries import Entry, entry_from
from amparo.linkage.web.models import (
    BroughtList,
    Screening,
    ScreeningHit,
    ScreeningResult,
    ScreeningRuling,
)
from amparo.linkage.web.queries.named import spellings_of
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter, Party

__all__ = [
    "HitLine",
    "NameLine",
    "ScreeningLine",
    "brought_lists",
    "hit_for",
    "hit_line",
    "line_of",
    "list_items",
    "names_of",
    "owned_in",
    "screening_for",
    "screenings_of",
    "unscreened",
]

MOST_ITEMS = 100
_SUFFIXES = (".xml", ".csv", ".json", ".jsonl", ".ndjson", ".ftm")


@dataclass(frozen=True, slots=True)
class ScreeningLine:
    """A screening, what came of it, and the job that makes it."""

    asked: Screening
    result: ScreeningResult | None
    job: Job | None

    @property
    def is_under_way(self) -> bool:
        """Whether it is still being made."""
        return bool(self.job and not self.job.is_over and not self.result)


@dataclass(frozen=True, slots=True)
class HitLine:
    """A hit with its list, the entry, and the ruling that stands."""

    hit: ScreeningHit
    entry: Entry
    listed: Mapping[str, Any]
    ruling: ScreeningRuling | None

    @property
    def standing(self) -> str:
        """``open``, ``same`` or ``not the same``."""
        return str(self.ruling.verdict) if self.ruling else str(ScreeningRuling.Verdict.OPEN)

    def said(self, finding: Finding) -> list[str]:
        """The sentences of the facts with this finding."""
        return [fact["said"] for fact in self.hit.facts if fact["finding"] == finding]

    @property
    def agrees(self) -> list[str]:
        """What else agrees."""
        return self.said(Finding.AGREES)

    @property
    def disagrees(self) -> list[str]:
        """What disagrees."""
        return self.said(Finding.DISAGREES)

    @property
    def unknown(self) -> list[str]:
        """What cannot be compared."""
        return self.said(Finding.UNKNOWN)


@dataclass(frozen=True, slots=True)
class NameLine:
    """Who was asked, with what was known of them, and their hits."""

    asked: Mapping[str, Any]
    hits: tuple[HitLine, ...]
    cut: bool


def screening_for(user: User, pk: UUID) -> Screening:
    """A screening in a matter that ``user`` may see; not found otherwise."""
    rows = Screening.objects.filter(matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("matter", "by"), pk=pk)


def hit_for(user: User, pk: UUID) -> ScreeningHit:
    """A hit in a matter that ``user`` may see; not found otherwise."""
    rows = ScreeningHit.objects.filter(screening__matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("screening__matter"), pk=pk)


def screenings_of(matter: Matter) -> list[ScreeningLine]:
    """Those of a matter, the newest first."""
    rows = list(Screening.objects.filter(matter=matter).select_related("by", "result"))
    jobs = Job.objects.in_bulk([row.job_id for row in rows])
    return [ScreeningLine(row, getattr(row, "result", None), jobs.get(row.job_id)) for row in rows]


def line_of(asked: Screening) -> ScreeningLine:
    """One with its result and its job."""
    result = ScreeningResult.objects.filter(screening=asked).first()
    return ScreeningLine(asked, result, Job.objects.filter(pk=asked.job_id).first())


def names_of(made: ScreeningResult) -> list[NameLine]:
    """Everyone who was asked, with their hits as they stand."""
    hits = list(made.screening.hits.all())
    rulings = _rulings([hit.pair for hit in hits])
    by_asked: dict[int, list[HitLine]] = {}
    for hit in hits:
        by_asked.setdefault(hit.asked, []).append(_hit_line(hit, made, rulings))
    return [
        NameLine(asked, tuple(by_asked.get(number, ())), number in made.cut)
        for number, asked in enumerate(made.asked)
    ]


def hit_line(hit: ScreeningHit) -> HitLine:
    """One hit as it stands."""
    made = ScreeningResult.objects.get(screening=hit.screening)
    return _hit_line(hit, made, _rulings([hit.pair]))


def _hit_line(
    hit: ScreeningHit, made: ScreeningResult, rulings: Mapping[str, ScreeningRuling]
) -> HitLine:
    return HitLine(hit, entry_from(hit.entry), made.lists[hit.listed], rulings.get(hit.pair))


def _rulings(pairs: list[str]) -> dict[str, ScreeningRuling]:
    """The ruling that stands on each pair: the latest."""
    rows = ScreeningRuling.objects.filter(pair__in=pairs).select_related("ruled_by")
    found: dict[str, ScreeningRuling] = {}
    for row in rows:  # the latest first
        found.setdefault(row.pair, row)
    return found


def owned_in(made: ScreeningResult, names: list[NameLine]) -> list[Blocked]:
    """The 50 percent rule over the tables of owners, by what was ruled of the owners' names."""
    listed, possible = set(), set()
    for line in names:
        for hit in line.hits:
            if not hit.entry.is_listed:
                continue
            if hit.standing == ScreeningRuling.Verdict.SAME:
                listed.add(line.asked["name"])
            elif hit.standing == ScreeningRuling.Verdict.OPEN:
                possible.add(line.asked["name"])
    stakes = [Stake(**each) for each in made.stakes]
    found = owned_by(stakes, listed, possible - listed)
    return [found[owned] for owned in sorted(found)]


def unscreened(matter: Matter, lines: list[ScreeningLine]) -> list[Party]:
    """The parties whose names, as they are written now, no finished screening asked."""
    asked = {
        (each["party"], name)
        for line in lines
        if line.result
        for each in line.result.asked
        for name in (each["name"], *each["spellings"])
    }
    parties = matter.parties.all()
    return [p for p in parties if any((str(p.pk), name) not in asked for name in spellings_of(p))]


def brought_lists() -> QuerySet[BroughtList]:
    """The lists of the workspace."""
    return BroughtList.objects.select_related("object", "brought_by")


def list_items(matter: Matter) -> list[Item]:
    """The files of a matter that may be lists of names."""
    by_name = Q()
    for suffix in _SUFFIXES:
        by_name |= Q(name__iendswith=suffix)
    rows = Item.objects.filter(by_name, matter=matter).exclude(status=Item.Status.DISPOSED)
    return list(rows.select_related("object")[:MOST_ITEMS])
