"""What happened to an item, and what the ledger says of a matter, as people read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.base.web.models import Job
from amparo.evidence import custody, ledger
from amparo.evidence.custody import exhibits
from amparo.evidence.web.models import Acquisition, CustodyEvent, Export, Item, LedgerEntry
from amparo.evidence.web.words import entry_words, kind_label, kind_sentence
from amparo.matters.web.models import Matter

__all__ = [
    "Line",
    "PackageLine",
    "Step",
    "ledger_lines",
    "ledger_of",
    "packages_of",
    "shown_date",
    "timeline_of",
]

_FRACTION = re.compile(r"\.\d+Z$")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an item. ``recorded`` is empty when it was written down at once.

    ``facts`` are pairs of a label and what was said.
    """

    sentence: SafeString
    when: str
    recorded: str
    is_late: bool
    facts: tuple[tuple[str, str], ...]
    entry: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger, for a list."""

    seq: int
    entry_hash: str
    recorded_at: str
    what: str
    who: str
    item: Item | None
    occurred: str


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A package and the job that makes it, if one does."""

    export: Export
    job: Job | None


def timeline_of(item: Item) -> list[Step]:
    """How an item came and what was done with it since, in the order in which it happened."""
    numbers = _entry_numbers(item)
    came = item.acquisitions.select_related("acquired_by", "item__parent")
    events = item.custody.select_related("actor")
    steps = [(_moment(row.occurred_at, row), _came(row, numbers)) for row in came]
    steps += [(_moment(row.occurred_at, row), _done(row)) for row in events]
    return [step for _, step in sorted(steps, key=lambda pair: pair[0])]


def ledger_of(matter: Matter) -> QuerySet[LedgerEntry]:
    """The matter's entries, newest first."""
    return LedgerEntry.objects.filter(matter_id=matter.pk).order_by("-seq")


def ledger_lines(rows: Iterable[LedgerEntry]) -> list[Line]:
    """Entries as lines: what, who, about which item."""
    entries = [(row, ledger.parse(row.canonical)) for row in rows]
    people = User.objects.in_bulk(_ids(entry.fact.actor for _, entry in entries))
    named = {str(pk): str(person) for pk, person in people.items()}
    items = Item.objects.in_bulk(_ids(row.subject for row, _ in entries if "item:" in row.subject))
    about = {f"item:{pk}": item for pk, item in items.items()}
    return [
        Line(
            seq=row.seq,
            entry_hash=row.entry_hash,
            recorded_at=row.recorded_at,
            what=_entry_words(entry),
            who=named.get(entry.fact.actor.partition(":")[2], "Amparo"),
            item=about.get(row.subject),
            occurred=_when(entry.fact.occurred_at, entry.fact.recorded_at),
        )
        for row, entry in entries
    ]


def packages_of(matter: Matter) -> list[PackageLine]:
    """The matter's packages, newest first, with the jobs that make them."""
    rows = list(matter.exports.select_related("by", "object"))
    jobs = Job.objects.in_bulk([row.job_id for row in rows if row.job_id])
    return [PackageLine(row, jobs.get(row.job_id) if row.job_id else None) for row in rows]


def shown_date(text: str) -> str:
    """A date as a person gave it, or a moment of the program's, in the language of the page."""
    try:
        return dates.display(dates.parse(_FRACTION.sub("Z", text)), get_language() or "en")
    except UnclearDate:
        return text


def _came(row: Acquisition, numbers: dict[str, int]) -> Step:
    recorded = ledger.moment(row.recorded_at)
    parent = row.item.parent
    facts = [
        (gettext("Received path"), row.path),
        (gettext("Where"), row.place),
        (gettext("How"), row.method),
        (gettext("Device or medium"), row.device),
        (gettext("With"), row.tool),
        (gettext("File time as received"), shown_date(row.modified_at) if row.modified_at else ""),
    ]
    if parent:
        sentence = _sentence(gettext("Found inside {whom}"), "", str(parent))
    elif row.from_whom:
        sentence = _sentence(
            gettext("{actor} received it from {whom}"), str(row.acquired_by), row.from_whom
        )
    else:
        sentence = _sentence(
            gettext("{actor} took it in; from whom is not stated"), str(row.acquired_by)
        )
    return Step(
        sentence=sentence,
        when=shown_date(row.occurred_at or recorded),
        recorded=_when(recorded, row.occurred_at or recorded),
        is_late=row.is_reconstruction,
        facts=tuple((label, said) for label, said in facts if said),
        entry=numbers.get(str(row.pk)),
    )


def _done(row: CustodyEvent) -> Step:
    recorded = ledger.moment(row.recorded_at)
    return Step(
        sentence=_sentence(kind_sentence(row.kind), row.by_whom or str(row.actor or "Amparo")),
        when=shown_date(row.occurred_at),
        recorded=_when(recorded, row.occurred_at),
        is_late=row.is_reconstruction,
        facts=((gettext("Purpose"), row.purpose),) if row.purpose else (),
        entry=row.entry_id,
    )


def _sentence(pattern: str, actor: str, whom: str = "") -> SafeString:
    """A sentence with its names, each in its own direction."""
    bdi = "<bdi>{}</bdi>"
    return format_html(pattern, actor=format_html(bdi, actor), whom=format_html(bdi, whom))


def _when(moment: str, other: str) -> str:
    """``moment`` as it is shown, unless the other one says the same."""
    return "" if moment == other else shown_date(moment)


def _moment(occurred_at: str, row: Acquisition | CustodyEvent) -> tuple[str, str]:
    """What sorts a step: when it happened, then when it was written down."""
    recorded = ledger.moment(row.recorded_at)
    try:
        return dates.parse(_FRACTION.sub("Z", occurred_at or recorded)).sort_key, recorded
    except UnclearDate:
        return dates.parse(_FRACTION.sub("Z", recorded)).sort_key, recorded


def _entry_numbers(item: Item) -> dict[str, int]:
    """The entry that states each acquisition, by the acquisition's id."""
    rows = LedgerEntry.objects.filter(subject=f"item:{item.pk}", kind=custody.ACQUIRED)
    parsed = (ledger.parse(text) for text in rows.values_list("canonical", flat=True))
    return {custody.stated_id(e.fact.details, "acquisition"): e.seq for e in parsed}


def _entry_words(entry: ledger.Entry) -> str:
    stated = entry.fact.details.get("custody")
    if entry.fact.kind == custody.CUSTODY and isinstance(stated, dict):
        return kind_label(str(stated.get("kind")))
    handled = entry.fact.details.get("exhibit_event")
    if isinstance(handled, dict):
        known = exhibits.vocabulary().events.get(str(handled.get("kind")))
        told = gettext("Exhibit: %(what)s")
        return told % {"what": gettext(known.label)} if known else entry_words(entry.fact.kind)
    return entry_words(entry.fact.kind)


def _ids(names: Iterable[str]) -> set[str]:
    """The ids in ``user:<id>`` or ``item:<id>``."""
    return {name.partition(":")[2] for name in names if ":" in name}
