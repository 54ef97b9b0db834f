"""What is read about linked records: how far it is, the next pair, groups, and how right it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.base.web.models import Job
from amparo.extract.web.queries.tables import Place, cells_at, head_of
from amparo.linkage.records.journal import Entry, groups_after
from amparo.linkage.records.quality import Judged, Quality, quality
from amparo.linkage.records.reviewing import LAYERS, layer_of, most_informative
from amparo.linkage.records.roles import roles
from amparo.linkage.records.waterfall import Step
from amparo.linkage.web.models import (
    Linkage,
    LinkageResult,
    LinkedGroup,
    LinkedPair,
    PairDecision,
)
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter

__all__ = [
    "LinkageLine",
    "Record",
    "Review",
    "decided",
    "groups_of",
    "labels_for",
    "line_of",
    "linkage_for",
    "linkages_of",
    "named_by",
    "pair_in",
    "people_of",
    "quality_of",
    "records_of",
    "review_of",
    "steps_of",
]

Verdict = PairDecision.Verdict
_KINDS: Mapping[str, Literal["merge", "part"]] = {"merge": "merge", "part": "part"}


@dataclass(frozen=True, slots=True)
class LinkageLine:
    """A linkage, what came of it, and the job that makes it."""

    asked: Linkage
    result: LinkageResult | None
    job: Job | None

    @property
    def is_under_way(self) -> bool:
        """Whether it is still being made."""
        return bool(self.job and not self.job.is_over and not self.result)


@dataclass(frozen=True)
class Record:
    """A record as it is shown: its table, where it stands, what it says by role."""

    number: int
    table: str
    place: Place
    cells: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """What the record calls the person, or its row."""
        parts = [self.cells.get(role, "") for role in ("name", "given", "family")]
        whole = parts[0] or " ".join(part for part in parts[1:] if part)
        return whole or f"{self.table} {self.place.row}"


@dataclass(frozen=True, slots=True)
class Review:
    """The pair to judge next, with its two records, and how far the review is."""

    pair: LinkedPair | None
    judged: int
    whole: int


def linkage_for(user: User, pk: UUID) -> Linkage:
    """A linkage in a matter that ``user`` may see; not found otherwise."""
    rows = Linkage.objects.filter(matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("matter", "by"), pk=pk)


def linkages_of(matter: Matter) -> list[LinkageLine]:
    """Those of a matter, the newest first."""
    rows = Linkage.objects.filter(matter=matter).select_related("by", "result")
    jobs = Job.objects.in_bulk([row.job_id for row in rows])
    return [LinkageLine(row, getattr(row, "result", None), jobs.get(row.job_id)) for row in rows]


def line_of(asked: Linkage) -> LinkageLine:
    """One with its result and its job."""
    result = LinkageResult.objects.filter(linkage=asked).first()
    return LinkageLine(asked, result, Job.objects.filter(pk=asked.job_id).first())


def records_of(result: LinkageResult, numbers: Iterable[int]) -> dict[int, Record]:
    """Records by number, with what their rows say now; a row that is gone says nothing."""
    tables, places, begin = result.linkage.tables, [], 0
    for table, where in zip(tables, result.places, strict=True):
        places.append((begin, table, where))
        begin += len(where["rows"])
    found = {}
    for number in numbers:
        start, table, where = next(each for each in reversed(places) if each[0] <= number)
        at = number - start
        place = Place(UUID(table["item"]), where["pages"][at], where["rows"][at])
        found[number] = (table, place)
    cells = cells_at(place for _, place in found.values())
    heads = {
        (table["item"], table["sheet"]): head_of(UUID(table["item"]), table["sheet"])
        for table, _ in found.values()
    }
    return {
        number: Record(
            number,
            table["name"],
            place,
            _by_role(table["roles"], heads[table["item"], table["sheet"]], cells.get(place, [])),
        )
        for number, (table, place) in found.items()
    }


def _by_role(
    columns: Mapping[str, str], heads: Sequence[str], cells: Sequence[str]
) -> dict[str, str]:
    names = [" ".join(head.split()) for head in heads]
    said = dict(zip(names, cells, strict=False))
    order = {role: place for place, role in enumerate(roles())}
    chosen = sorted(((role, column) for column, role in columns.items()), key=lambda e: order[e[0]])
    return {role: said.get(column, "").strip() for role, column in chosen}


def decided(asked: Linkage) -> dict[int, str]:
    """The verdict that stands, by the key of the pair."""
    rows = PairDecision.objects.filter(pair__linkage=asked).order_by("pk")
    return dict(rows.values_list("pair_id", "verdict"))


def labels_for(asked: Linkage | None) -> dict[tuple[int, int], bool]:
    """What people said of pairs, here and in the linkages that were heard; "not sure" left out."""
    labels: dict[tuple[int, int], bool] = {}
    if asked is None:
        return labels
    labels |= labels_for(asked.after)
    rows = PairDecision.objects.filter(pair__linkage=asked).order_by("pk")
    for first, second, verdict in rows.values_list("pair__first", "pair__second", "verdict"):
        labels.pop((first, second), None)
        if verdict != Verdict.UNSURE:
            labels[first, second] = verdict == Verdict.MATCH
    return labels


def pair_in(asked: Linkage, pk: object) -> LinkedPair:
    """A pair of this linkage; not found otherwise."""
    if not str(pk).isdecimal():
        pk = 0
    return get_object_or_404(LinkedPair, linkage=asked, pk=pk)


def review_of(asked: Linkage, *, sampled: bool) -> Review:
    """The next pair: of the sample in its order, or else the most informative one."""
    rows = LinkedPair.objects.filter(linkage=asked)
    rows = rows.filter(sampled__isnull=False) if sampled else rows
    keys = list(rows.order_by("pk").values_list("pk", "bits", "alike", "sampled"))
    verdicts = decided(asked)
    judged = {place for place, key in enumerate(keys) if key[0] in verdicts}
    if sampled:
        left = [key for place, key in enumerate(keys) if place not in judged]
        following = [key[0] for key in sorted(left, key=lambda key: key[3] or 0)]
    else:
        order = most_informative([key[1] for key in keys], [key[2] for key in keys], judged)
        following = [keys[place][0] for place in order[:1]]
    pair = LinkedPair.objects.get(pk=following[0]) if following else None
    return Review(pair, len(judged), len(keys))


def steps_of(pair: LinkedPair) -> list[Step]:
    """The steps of a pair, the heaviest first."""
    steps = [Step(s["name"], s["title"], s["says"], s["bits"], s["one_in"]) for s in pair.steps]
    return sorted(steps, key=lambda step: -abs(step.bits))


def groups_of(asked: Linkage) -> QuerySet[LinkedGroup]:
    """What the program takes for people, the largest first."""
    return LinkedGroup.objects.filter(linkage=asked)


def named_by(result: LinkageResult) -> int:
    """How many different people the records name, if every group is one person."""
    sizes = [
        len(records) for records in groups_of(result.linkage).values_list("records", flat=True)
    ]
    return result.records - sum(sizes) + len(sizes)


def people_of(asked: Linkage) -> list[tuple[int, ...]]:
    """The people that hold by the journal."""
    rows = asked.journal.values_list("kind", "records")
    return groups_after(Entry(_KINDS[kind], tuple(records)) for kind, records in rows)


def quality_of(result: LinkageResult) -> tuple[Quality, int]:
    """What the judged sample says of the whole, and of how many of it people were not sure."""
    rows = LinkedPair.objects.filter(linkage=result.linkage_id, sampled__isnull=False)
    verdicts = decided(result.linkage)
    judged, matches, unsure = Counter[int](), Counter[int](), 0
    for pk, bits in rows.values_list("pk", "bits"):
        verdict = verdicts.get(pk)
        if verdict == Verdict.UNSURE:
            unsure += 1
        elif verdict:
            judged[layer_of(bits)] += 1
            matches[layer_of(bits)] += verdict == Verdict.MATCH
    layers = [
        Judged(result.layers[place], judged[place], matches[place], layer.least >= 0)
        for place, layer in enumerate(LAYERS)
    ]
    return quality(layers), unsure
