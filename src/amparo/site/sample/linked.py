"""Three sources of the same disappearances, apart and linked person by person.

Amal's exercise book, the complaints lodged in Almar and Fanal's table overlap as such lists do, so
that the sample shows how their records are linked, and an estimate of how many no source names.
Beside them stands a table of acts, for counts by right and by indicator.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from amparo.site.sample import pages

__all__ = [
    "ACTS",
    "DISTRICTS",
    "GROUP",
    "LISTS",
    "PATH",
    "SOURCES",
    "acts",
    "districts",
    "source",
    "table",
]

PATH = "Fanal/Linked list of the disappeared.csv"
"""Where it lies among the sample's files."""

DISTRICTS = "Fanal/People of the districts.csv"
"""Where the people of each district lie, so that the list can be set beside them."""

ACTS = "Fanal/Acts in Sorvin.csv"
"""Where the table of acts lies."""

SOURCES = {
    "Fanal/Names in the exercise book.csv": {
        "Name": "name",
        "Day taken": "event",
        "District": "region",
    },
    "Fanal/Complaints lodged in Almar.csv": {
        "Missing person": "name",
        "Date of the event": "event",
        "District": "region",
    },
    "Fanal/Incidents in Sorvin.csv": {"Person": "name", "Date (EDTF)": "event"},
}
"""The three sources that were linked, and what their columns hold."""

_NAME, _TAKEN, _DISTRICT, _AGE, _BY, _BOOK = 1, 2, 4, 5, 6, 7
_TOLD = ("a mother", "a neighbour", "a wife", "a colleague", "a brother")

LISTS = ("Exercise book", "Complaints", "Fanal")
"""The columns that are lists."""
GROUP = "people taken from Sorvin and its region and not seen again, 2019 to 2022"
"""Who is counted, as the estimate of the sample says it."""


def table() -> bytes:
    """The linked list as CSV, one row a person, 1 where a source names them."""
    return _csv("linked")


def districts() -> bytes:
    """How many people live in each district, and where, as CSV."""
    return _csv("districts")


def acts() -> bytes:
    """The acts of which Fanal's table and the statements speak, as CSV, one row an act."""
    return _csv("acts")


def source(name: str) -> bytes:
    """The people of one source, "book" or "complaints", as that source writes them, as CSV."""
    told = pages.text("sources")[name]
    place = _BOOK if name == "book" else _BOOK + 1
    rows = []
    for number, row in enumerate(row for row in pages.text("linked")["rows"] if row[place]):
        written = told["names"].get(row[0], row[_NAME])
        day = told["days"].get(row[0], row[_TAKEN])
        if name == "book":
            told_by = _TOLD[row[0] % len(_TOLD)]
            rows.append([2 + number // 3, written, day, row[_DISTRICT], row[_BY], told_by])
        else:
            lodged = f"{min(int(row[_TAKEN][:4]) + row[0] % 2, 2022)}"
            rows.append([401 + number * 3, written, day, row[_DISTRICT], row[_AGE], lodged])
    return _written([told["head"], *rows])


def _csv(name: str) -> bytes:
    told = pages.text(name)
    return _written([told["head"], *told["rows"]])


def _written(rows: Iterable[Sequence[object]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode("utf-8-sig")
