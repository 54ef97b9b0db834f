"""Small tables for tests, and the real ones of the shared folder."""

from __future__ import annotations

from pathlib import Path

from amparo.patterns.estimate.histories import Table, from_csv

__all__ = ["DIABETES", "HEPATITIS", "REAL", "invented", "read"]

REAL = {
    "Kosovo": "kosovo_1999_4lists",
    "UK": "sparsemse_UKdat",
    "Netherlands": "sparsemse_Ned",
    "New Orleans": "sparsemse_NewOrl",
    "Western US": "sparsemse_Western",
    "Australia": "msetools_Australia",
}

# Hepatitis A in Taiwan, 1995: lists P, Q, E (Chao and others 2001, table 1).
HEPATITIS = Table(("P", "Q", "E"), {1: 69, 2: 55, 4: 63, 3: 21, 5: 17, 6: 18, 7: 28})

# Diabetes in Casale Monferrato, 1988: four lists (Bruno and others 1994).
_COUNTS = (58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10)
DIABETES = Table(
    ("clinics", "hospitals", "prescriptions", "reagents"),
    {int(f"{15 - place:04b}"[::-1], 2): count for place, count in enumerate(_COUNTS)},
)


def invented(people: int = 1000, chances: tuple[float, ...] = (0.3, 0.25, 0.4)) -> Table:
    """Independent lists of a population of ``people``, each cell at its expected count."""
    counts: dict[int, int] = {}
    for history in range(1, 2 ** len(chances)):
        share = 1.0
        for i, chance in enumerate(chances):
            share *= chance if history >> i & 1 else 1 - chance
        counts[history] = round(people * share)
    return Table(tuple("ABCDEFGH"[: len(chances)]), {h: n for h, n in counts.items() if n})


def read(shared: Path, name: str) -> Table:
    """A real table by its name."""
    return from_csv(shared / "mse" / f"{REAL.get(name, name)}.csv")
