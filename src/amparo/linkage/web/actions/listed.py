"""People of linked lists are keyed by their names, so that they are found while one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from uuid import UUID

from django.db import transaction

from amparo.extract.web.models import TableRows
from amparo.linkage.names import keys
from amparo.linkage.web.actions.named import VERSION
from amparo.linkage.web.models import (
    KeyedLinkage,
    Linkage,
    LinkedGroup,
    ListedKey,
    ListedName,
)
from amparo.matters.web.models import Matter

__all__ = ["key_linkage", "key_linkages_of"]

AT_ONCE = 2_000
UNFINISHED = 0
_PARTS = ("given", "family")
Progress = Callable[[int, int, str], object]
_Made = tuple[ListedName, str]


def key_linkages_of(matter: Matter, report: Progress | None = None) -> int:
    """Key the linkages of a matter that are not; gives how many were."""
    rest = Linkage.objects.filter(matter=matter, result__isnull=False)
    rest = rest.exclude(keyed__version=VERSION)
    return len([key_linkage(asked, report) for asked in list(rest)])


def key_linkage(asked: Linkage, report: Progress | None = None) -> KeyedLinkage:
    """Key the records of a linkage by their names; derived rows, so nothing is audited.

    A batch is a transaction, so that others can write in between; who looks for a name sees none of
    it before all is there.
    """
    _forget(asked)
    keyed = KeyedLinkage.objects.create(linkage=asked, version=UNFINISHED)
    groups = _groups_of(asked)
    columns: list[list[int]] = []
    number = 0
    for place, table in enumerate(asked.tables):
        lines = _lines_of(UUID(table["item"]), table["sheet"])
        head = next(lines, None)
        columns.append(_columns_of(table["roles"], head[3] if head else []))
        made = _named(keyed, place, lines, columns[-1], groups, number)
        while batch := list(islice(made, AT_ONCE)):
            number += len(batch)
            _write(keyed, [each for each in batch if each[1]])
            if report:
                report(number, asked.result.records, "Names are keyed.")
    keyed.columns, keyed.version = columns, VERSION
    keyed.save(update_fields=["columns", "version"])
    return keyed


@transaction.atomic
def _forget(asked: Linkage) -> None:
    ListedKey.objects.filter(keyed__linkage=asked).delete()
    KeyedLinkage.objects.filter(linkage=asked).delete()


def _named(
    keyed: KeyedLinkage,
    table: int,
    lines: Iterator[tuple[UUID | int, int, int, list[str]]],
    columns: Sequence[int],
    groups: dict[int, int],
    first: int,
) -> Iterator[_Made]:
    """Each record of a table with its name; "" where it has none."""
    for record, (page, line, row, cells) in enumerate(lines, start=first):
        name = " ".join(cells[at].strip() for at in columns if at < len(cells)).strip()
        listed = ListedName(keyed=keyed, table=table, line=line, row=row)
        listed.page_id = page  # type: ignore[assignment]
        listed.group = groups.get(record)
        yield listed, name


@transaction.atomic
def _write(keyed: KeyedLinkage, batch: Sequence[_Made]) -> None:
    listed = ListedName.objects.bulk_create(each for each, _ in batch)
    ListedKey.objects.bulk_create(
        (
            ListedKey(keyed=keyed, named=each, key=key)
            for each, (_, name) in zip(listed, batch, strict=True)
            for key in sorted(keys(name, forms=False))
        ),
        batch_size=5_000,
    )


def _groups_of(asked: Linkage) -> dict[int, int]:
    rows = LinkedGroup.objects.filter(linkage=asked).values_list("number", "records")
    return {record: number for number, records in rows.iterator() for record in records}


def _columns_of(roles: dict[str, str], head: Sequence[str]) -> list[int]:
    """The places of the cells that make a name: the whole name, or given and family name."""
    by_role = {
        roles.get(" ".join(name.split()), ""): at for at, name in reversed([*enumerate(head)])
    }
    if "name" in by_role:
        return [by_role["name"]]
    return [by_role[role] for role in _PARTS if role in by_role]


def _lines_of(item: UUID, sheet: str) -> Iterator[tuple[UUID | int, int, int, list[str]]]:
    """The rows of a sheet that are not blank: page, line of the page, row of the file, cells."""
    pages = TableRows.objects.filter(page__item=item, page__is_current=True, sheet=sheet)
    pages = pages.select_related("page").defer("page__packed").order_by("page__number")
    for page in pages.iterator(chunk_size=8):
        for line, (row, text) in enumerate(
            zip(page.numbers, page.page.text.split("\n"), strict=False)
        ):
            if text.strip():
                yield page.page_id, line, row, text.split("\t")
