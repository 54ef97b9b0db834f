"""A table of names as CSV with headings, and a table of who owns what.

Columns are told by their headings, in ``columns.toml``; only the name is needed. Several names,
dates or countries in one cell are parted by ``;`` or ``|``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from amparo.base.errors import UnreadableFile
from amparo.base.folding import fold_words
from amparo.linkage.screening.entries import Alias, Entry, Identifier, Kind, NameList, Stake
from amparo.linkage.screening.said_dates import born_as, day_of
from amparo.linkage.screening.shares import share

__all__ = ["read_rows"]

_PARTED = re.compile(r"\s*[;|]\s*")
_NAMELESS = "{} rows without a name were left out."
_KINDS: dict[str, Kind] = {
    "person": "person",
    "individual": "person",
    "body": "body",
    "entity": "body",
    "organisation": "body",
    "organization": "body",
    "company": "body",
    "unit": "body",
    "vessel": "vessel",
    "aircraft": "aircraft",
}


def read_rows(rows: Iterable[Sequence[str]], title: str) -> NameList:
    """The list; ``UnreadableFile`` when no heading is that of a name or of an owner."""
    lines = iter(rows)
    heads = [_columns().get(_squeezed(cell), "") for cell in next(lines, ())]
    if {"owner", "owned"} <= set(heads):
        return _stakes(_cells(heads, lines), title)
    if "name" not in heads:
        raise UnreadableFile(
            "No column of the table is headed as a name.",
            next_step="Head one column “name”; the documentation lists the other headings.",
        )
    entries, nameless = [], 0
    for number, cells in enumerate(_cells(heads, lines), 1):
        if cells.get("name"):
            entries.append(_entry(cells, number))
        else:
            nameless += any(cells.values())
    remarks = (_NAMELESS.format(nameless),) if nameless else ()
    return NameList("csv", title, "", tuple(entries), remarks=remarks)


def _cells(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterable[dict[str, str]]:
    for line in lines:
        pairs = zip(heads, line, strict=False)
        yield {head: " ".join(cell.split()) for head, cell in pairs if head}


def _entry(cells: Mapping[str, str], number: int) -> Entry:
    numbers = (Identifier("", each) for each in _several(cells.get("identifier", "")))
    return Entry(
        number=cells.get("number") or f"row {number + 1}",
        name=cells["name"],
        kind=_KINDS.get(_squeezed(cells.get("kind", "")), "unknown"),
        aliases=tuple(Alias(each) for each in _several(cells.get("alias", ""))),
        born=tuple(map(born_as, _several(cells.get("born", "")))),
        countries=_several(cells.get("country", "")),
        programmes=_several(cells.get("programme", "")),
        identifiers=tuple(numbers),
        listed_on=day_of(cells.get("listed", "")),
        remarks=cells.get("remarks", ""),
    )


def _stakes(rows: Iterable[Mapping[str, str]], title: str) -> NameList:
    """Owners and owned as entries that are not listed, and the stakes between them."""
    stakes, names = [], dict[str, None]()
    for cells in rows:
        owner, owned = cells.get("owner", ""), cells.get("owned", "")
        if owner and owned:
            stakes.append(
                Stake(owner, owned, *share(cells.get("percent", "")), cells.get("ended", ""))
            )
            names |= {owner: None, owned: None}
    entries = tuple(Entry(number=name, name=name, is_listed=False) for name in names)
    return NameList("ownership-csv", title, "", entries, tuple(stakes))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in _PARTED.split(cell.strip()) if each))


@cache
def _columns() -> Mapping[str, str]:
    text = files("amparo.linkage.screening").joinpath("columns.toml").read_text("utf-8")
    columns = tomllib.loads(text)["columns"]
    return {_squeezed(head): column for column, heads in columns.items() for head in heads}


def _squeezed(said: str) -> str:
    return fold_words(said).replace(" ", "")
