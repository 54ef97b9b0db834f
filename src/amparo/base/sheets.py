"""Rows of a table that a spreadsheet program will open: no cell may become a formula.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is run by spreadsheet
programs; an apostrophe in front makes it text
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

__all__ = ["cell", "row_of"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """``value`` as text that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def row_of(*values: object) -> list[str]:
    """A row of such cells."""
    return [cell(value) for value in values]
