"""What a matter's package holds, gathered from the rows as of one entry of the ledger."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version
from uuid import UUID

from django.db.models import QuerySet

from amparo.accounts.web.models import User
from amparo.base.canonical import Json
from amparo.base.errors import VerificationError
from amparo.evidence import custody, ledger
from amparo.evidence.packages import records
from amparo.evidence.packages.proof import Stamped
from amparo.evidence.web.models import Acquisition, CustodyEvent, Item, LedgerEntry, TimeStamp
from amparo.evidence.web.queries import facts
from amparo.evidence.web.queries.stated import named_in, statements_of
from amparo.matters.web.models import Matter

__all__ = ["contents_of", "contents_of_item", "entries_of", "full_paths", "software", "stamps_for"]

Numbered = dict[UUID, list[tuple[custody.Acquired, int]]]


def entries_of(matter: Matter, until: int) -> list[ledger.Entry]:
    """The matter's entries up to number ``until``, in order."""
    rows = LedgerEntry.objects.filter(matter_id=matter.pk, seq__lte=until).order_by("seq")
    texts = rows.values_list("seq", "canonical").iterator()
    return [ledger.parse(text, what=f"ledger entry {seq}") for seq, text in texts]


def contents_of(
    matter: Matter, entries: Sequence[ledger.Entry], *, by: User, at: str, purpose: str
) -> records.Contents:
    """Items, acquisitions and custody events that ``entries`` state, with who took part.

    Raises VerificationError for a row that is missing, and for an item that nothing states.
    """
    _refuse_unstated(matter)
    acquisitions = _acquisitions(matter, entries)
    events = _events(matter, entries)
    paths = full_paths(matter)
    statements = statements_of(entries)
    rows = Item.objects.filter(pk__in=list(acquisitions), matter=matter).select_related("object")
    items = [
        records.PackagedItem(
            item=facts.item(row),
            title=row.title,
            media_type=row.media_type,
            acquisitions=acquisitions[row.pk],
            events=events.get(row.pk, []),
            full_path=paths[row.pk],
            is_disposed=row.status == Item.Status.DISPOSED,
        )
        for row in rows
    ]
    return records.Contents(
        matter=records.Matter(
            str(matter.pk), matter.number, matter.title, matter.kind, matter.status
        ),
        export=records.Export(str(by), at, purpose, software()),
        people=_people(items, by, named_in(statements)),
        items=items,
        statements=statements,
    )


def contents_of_item(
    row: Item, entries: Sequence[ledger.Entry], *, by: User, at: str
) -> records.Contents:
    """The same of one item: ``entries`` are those about it, for its custody report."""
    mine = [entry for entry in entries if entry.fact.subject == f"item:{row.pk}"]
    came = _acquisitions_in(Acquisition.objects.filter(item=row), mine)
    events = _events_in(CustodyEvent.objects.filter(item=row), mine)
    statements = _about(statements_of(entries), str(row.pk))
    item = records.PackagedItem(
        item=facts.item(row),
        title=row.title,
        media_type=row.media_type,
        acquisitions=came.get(row.pk, []),
        events=events.get(row.pk, []),
        full_path=_path_of(row),
        is_disposed=row.status == Item.Status.DISPOSED,
    )
    matter = row.matter
    return records.Contents(
        matter=records.Matter(
            str(matter.pk), matter.number, matter.title, matter.kind, matter.status
        ),
        export=records.Export(str(by), at, "", software()),
        people=_people([item], by, named_in(statements)),
        items=[item],
        statements=statements,
    )


def full_paths(matter: Matter) -> dict[UUID, str]:
    """The received path of each item; what lay inside a file has that file's path before it."""
    rows = Item.objects.filter(matter=matter).values_list("pk", "parent_id", "path")
    known = {pk: (parent, path) for pk, parent, path in rows}
    paths: dict[UUID, str] = {}
    for pk in known:
        names: list[str] = []
        at: UUID | None = pk
        while at:
            at, path = known[at]
            names.append(path)
        paths[pk] = "/".join(reversed(names))
    return paths


def stamps_for(entries: Sequence[ledger.Entry], size: int) -> list[Stamped]:
    """For each entry the earliest granted time stamp that covers it, each stamp once."""
    granted = TimeStamp.objects.filter(
        status=TimeStamp.Status.GRANTED, checkpoint_id__lte=size
    ).select_related("checkpoint")
    ordered = sorted(granted, key=lambda stamp: (stamp.checkpoint_id, stamp.stamped_at))
    sizes = [stamp.checkpoint_id for stamp in ordered]
    wanted = sorted({bisect_left(sizes, entry.seq) for entry in entries} - {len(sizes)})
    return [_stamped(ordered[place]) for place in wanted]


def software() -> str:
    """The program's name and version, as packages and acquisitions state it."""
    return f"Amparo {version('amparo')}"


def _acquisitions(matter: Matter, entries: Sequence[ledger.Entry]) -> Numbered:
    return _acquisitions_in(Acquisition.objects.filter(item__matter=matter), entries)


def _acquisitions_in(found_in: QuerySet[Acquisition], entries: Sequence[ledger.Entry]) -> Numbered:
    rows = {str(row.pk): row for row in found_in}
    found: Numbered = defaultdict(list)
    for entry, name in _stated(entries, custody.ACQUIRED, "acquisition"):
        row = rows.get(name)
        if row is None:
            raise _missing(f"acquisition {name}", entry)
        found[row.item_id].append((facts.acquired(row), entry.seq))
    return found


def _events(
    matter: Matter, entries: Sequence[ledger.Entry]
) -> dict[UUID, list[tuple[custody.Event, int]]]:
    return _events_in(CustodyEvent.objects.filter(item__matter=matter), entries)


def _events_in(
    found_in: QuerySet[CustodyEvent], entries: Sequence[ledger.Entry]
) -> dict[UUID, list[tuple[custody.Event, int]]]:
    rows = {str(row.pk): row for row in found_in}
    found: dict[UUID, list[tuple[custody.Event, int]]] = defaultdict(list)
    for entry, name in _stated(entries, custody.CUSTODY, "custody"):
        row = rows.get(name)
        if row is None:
            raise _missing(f"custody event {name}", entry)
        found[row.item_id].append((facts.event(row), entry.seq))
    return found


def _stated(
    entries: Sequence[ledger.Entry], kind: str, part: str
) -> list[tuple[ledger.Entry, str]]:
    """The entries of a kind with the id of the row that each states."""
    return [(e, custody.stated_id(e.fact.details, part)) for e in entries if e.fact.kind == kind]


def _refuse_unstated(matter: Matter) -> None:
    """An item that came past the ledger would be left out of the package without a word."""
    alone = Item.objects.filter(matter=matter, acquisitions=None).first()
    if alone:
        expected = "the acquisition that brought it"
        raise VerificationError(f"item {alone.pk}, {alone.name}", got="none", expected=expected)


def _about(statements: Sequence[records.Statement], item: str) -> list[records.Statement]:
    """What is said of one item: what names it, holds on the whole matter, and what ended those."""
    mine = {
        each.facts["id"]
        for each in statements
        if item in _list(each.facts.get("items"))
        or each.facts.get("item") == item
        or (each.part == "hold" and not each.facts["items"])
    }
    return [
        each
        for each in statements
        if {each.facts["id"], each.facts.get("disposal"), each.facts.get("hold")} & mine
    ]


def _list(value: Json | None) -> Sequence[Json]:
    return value if isinstance(value, list) else ()


def _path_of(row: Item) -> str:
    """The received path of one item, with the path of what it lay in before it."""
    return f"{_path_of(row.parent)}/{row.path}" if row.parent else row.path


def _missing(what: str, entry: ledger.Entry) -> VerificationError:
    expected = f"the row that ledger entry {entry.seq} states"
    return VerificationError(what, got="no row", expected=expected)


def _people(
    items: Sequence[records.PackagedItem], by: User, others: set[str]
) -> list[records.Person]:
    named = set(others)
    named |= {came.acquired_by for each in items for came, _ in each.acquisitions}
    named |= {event.actor for each in items for event, _ in each.events if event.actor}
    rows = User.objects.filter(pk__in=named | {str(by.pk)})
    return [records.Person(str(row.pk), str(row), row.role) for row in rows]


def _stamped(row: TimeStamp) -> Stamped:
    return Stamped(
        size=row.checkpoint_id,
        note=row.checkpoint.note,
        authority=row.authority,
        request=bytes(row.request or b""),
        response=bytes(row.response or b""),
    )
