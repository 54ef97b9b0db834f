"""Three sources of the same disappearances, linked person by person: the list to estimate from.

Amal's exercise book, the complaints lodged in Almar and Fanal's table overlap as such lists do, so
that the sample shows an estimate of how many no source names.
"""

from __future__ import annotations

import csv
import io

from amparo.site.sample import pages

__all__ = ["DISTRICTS", "GROUP", "LISTS", "PATH", "districts", "table"]

PATH = "Fanal/Linked list of the disappeared.csv"
"""Where it lies among the sample's files."""

DISTRICTS = "Fanal/People of the districts.csv"
"""Where the people of each district lie, so that the list can be set beside them."""

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


def _csv(name: str) -> bytes:
    told = pages.text(name)
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([told["head"], *told["rows"]])
    return written.getvalue().encode("utf-8-sig")
