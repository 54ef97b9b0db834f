"""What is gathered while a table is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from amparo.patterns.charts import Picture
from amparo.patterns.findings import Cell, Grid

__all__ = ["Telling", "opening_cell"]


@dataclass
class Telling:
    """What has been told so far."""

    says: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    python: list[str] = field(default_factory=list)


def opening_cell(rows: Sequence[int]) -> Cell:
    """A count that opens these rows."""
    return Cell(len(rows), (lambda: rows) if rows else None)
