"""Findings: what a method says of a table, as values that pages, sheets and documents show alike.

A finding names its unit, says in words what was found and what was not, and carries grids in which
each number knows the records it was counted from.
"""

from amparo.patterns.findings.document import as_document
from amparo.patterns.findings.finding import WITHHELD, Cell, Finding, Grid, shown
from amparo.patterns.findings.spreadsheet import as_csv, as_workbook

__all__ = [
    "WITHHELD",
    "Cell",
    "Finding",
    "Grid",
    "as_csv",
    "as_document",
    "as_workbook",
    "shown",
]
