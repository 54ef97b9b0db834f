"""Rows held against the entries of the ledger that state them, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from amparo.base.canonical import Json
from amparo.base.errors import VerificationError
from amparo.evidence import custody
from amparo.evidence.ledger import Entry
from amparo.evidence.ledger.verification import Part, compare
from amparo.evidence.web.models import Acquisition, CustodyEvent, Item, LedgerEntry
from amparo.evidence.web.models.stated import StatedRow
from amparo.evidence.web.queries import facts
from amparo.evidence.web.queries.disposed import disposed_items
from amparo.evidence.web.queries.stated import STATED

__all__ = ["Statements", "check_columns"]


class Statements:
    """Compares batch by batch, and knows at the end which rows nothing states."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._acquisitions: set[UUID] = set()
        self._events: set[UUID] = set()
        self._rows: dict[str, set[UUID]] = {kind: set() for kind in STATED}

    def compare(self, batch: Iterable[Entry]) -> None:
        """Hold the rows that these entries state against them."""
        self._compare_acquisitions(_stated(batch, custody.ACQUIRED, "acquisition"))
        self._compare_events(_stated(batch, custody.CUSTODY, "custody"))
        for kind, model in STATED.items():
            self._compare_rows(kind, model, _stated(batch, kind, model.PART))

    def name_unstated(self) -> None:
        """Add the rows that somebody put there past the ledger."""
        acquisitions = Acquisition.objects.order_by("pk").values_list("pk", flat=True)
        events = CustodyEvent.objects.order_by("pk").values_list("pk", flat=True)
        unstated = [f"acquisition {pk}" for pk in acquisitions if pk not in self._acquisitions]
        unstated += [f"custody event {pk}" for pk in events if pk not in self._events]
        alone = Item.objects.filter(acquisitions=None).order_by("pk")
        unstated += [f"item {pk}" for pk in alone.values_list("pk", flat=True)]
        for kind, model in STATED.items():
            rows = model._base_manager.order_by("pk").values_list("pk", flat=True)
            unstated += [f"{kind} {pk}" for pk in rows if pk not in self._rows[kind]]
        for what in unstated:
            expected = "none: no entry of the ledger states it"
            self._part.add(VerificationError(what, got="a row", expected=expected))
        self._name_hidden()

    def _name_hidden(self) -> None:
        """Add the items that bear the mark of disposal although nobody decided it."""
        decided = {item.item for item in disposed_items()}
        marked = Item.objects.filter(status=Item.Status.DISPOSED).order_by("pk")
        for pk in marked.values_list("pk", flat=True):
            if str(pk) not in decided:
                got, expected = "disposed of", "another: nobody decided to dispose of it"
                self._part.add(
                    VerificationError(f"item {pk}: its state", got=got, expected=expected)
                )

    def _compare_acquisitions(self, stated: Mapping[UUID | str, Entry]) -> None:
        rows = Acquisition.objects.filter(pk__in=_ids(stated)).select_related("item__object")
        found = {row.pk: row for row in rows}
        self._acquisitions |= found.keys()
        for name, entry in stated.items():
            row = found.get(name) if isinstance(name, UUID) else None
            self._check(_check_acquisition, name, row, entry)

    def _compare_events(self, stated: Mapping[UUID | str, Entry]) -> None:
        found = {row.pk: row for row in CustodyEvent.objects.filter(pk__in=_ids(stated))}
        self._events |= found.keys()
        for name, entry in stated.items():
            row = found.get(name) if isinstance(name, UUID) else None
            self._check(_check_event, name, row, entry)

    def _compare_rows(
        self, kind: str, model: type[StatedRow], stated: Mapping[UUID | str, Entry]
    ) -> None:
        if not stated:
            return
        found = model._base_manager.in_bulk(_ids(stated))
        self._rows[kind] |= found.keys()
        for name, entry in stated.items():
            row = found.get(name) if isinstance(name, UUID) else None
            self._check(_check_row, name, row, entry, model.PART)

    def _check(self, check: Callable[..., None], *what: object) -> None:
        self._part.checked += 1
        try:
            check(*what)
        except VerificationError as error:
            self._part.add(error)


def check_columns(row: LedgerEntry, entry: Entry) -> None:
    """Hold the columns beside an entry's text, which searches use, against the text."""
    what = f"ledger entry {entry.seq}"
    matter = str(row.matter_id) if row.matter_id else None
    _same(f"{what}: the kind beside it", row.kind, entry.fact.kind)
    _same(f"{what}: the matter beside it", matter, entry.fact.matter)
    _same(f"{what}: the subject beside it", row.subject, entry.fact.subject or "")
    _same(f"{what}: the moment beside it", row.recorded_at, entry.fact.recorded_at)


def _check_acquisition(name: object, row: Acquisition | None, entry: Entry) -> None:
    what = f"acquisition {name}, held against ledger entry {entry.seq}"
    said = facts.acquired(row).details(facts.item(row.item)) if row else {}
    compare(what, _facts(said, "acquisition"), _facts(entry.fact.details, "acquisition") or {})
    brought = f"item of {what}"
    compare(brought, _facts(said, "item"), _facts(entry.fact.details, "item") or {})
    if row:
        _same(f"{brought}: its matter", str(row.item.matter_id), entry.fact.matter)


def _check_event(name: object, row: CustodyEvent | None, entry: Entry) -> None:
    what = f"custody event {name}, held against ledger entry {entry.seq}"
    said = facts.event(row).details() if row else {}
    compare(what, _facts(said, "custody"), _facts(entry.fact.details, "custody") or {})
    if row:
        _same(f"{what}: its entry", row.entry_id, entry.seq)


def _check_row(name: object, row: StatedRow | None, entry: Entry, part: str) -> None:
    what = f"{entry.fact.kind} {name}, held against ledger entry {entry.seq}"
    compare(what, row.facts() if row else None, _facts(entry.fact.details, part) or {})
    if row:
        _same(f"{what}: its entry", row.entry_id, entry.seq)
        matter = getattr(row, "matter", None)
        _same(f"{what}: its matter", str(matter.pk) if matter else None, entry.fact.matter)


def _stated(batch: Iterable[Entry], kind: str, part: str) -> dict[UUID | str, Entry]:
    """The entries of a kind by the id of the row that each states."""
    entries = [entry for entry in batch if entry.fact.kind == kind]
    return {_id(custody.stated_id(entry.fact.details, part)): entry for entry in entries}


def _facts(details: Mapping[str, Json], part: str) -> Mapping[str, Json] | None:
    value = details.get(part)
    return value if isinstance(value, Mapping) else None


def _ids(stated: Iterable[UUID | str]) -> list[UUID]:
    return [name for name in stated if isinstance(name, UUID)]


def _id(name: str) -> UUID | str:
    try:
        return UUID(name)
    except ValueError:
        return name


def _same(what: str, got: object, expected: object) -> None:
    if got != expected:
        raise VerificationError(what, got=got, expected=expected)
