"""Rows of a table that a spreadsheet program will open: no cell may become a formula.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is run by spreadsheet
programs; an apostrophe in front makes it text
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

__all__ = ["cell", "row_of", "write"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """``value`` as text that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def row_of(*values: object) -> list[str]:
    """A row of such cells."""
    return [cell(value) for value in values]


def write(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file (RFC 4180) in UTF-8 with the mark that spreadsheet programs need to see it."""
    page = StringIO()
    sheet = csv.writer(page)
    sheet.writerow(heads)
    sheet.writerows(row_of(*row) for row in rows)
    return page.getvalue().encode("utf-8-sig")
