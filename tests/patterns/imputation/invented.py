"""Invented acts, silent more often in some provinces, whose truth is known."""

from __future__ import annotations

import numpy as np

from amparo.patterns.tables import Records

__all__ = ["HEADS", "acts"]

HEADS = ["province", "sex", "age", "perpetrator"]
_BY = np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
_SILENT = np.array([0.1, 0.2, 0.6])
NAMES = ("Guard", "2-й батальйон", "الحرس")


def acts(rows: int = 600, seed: int = 1) -> tuple[Records, np.ndarray]:
    """Records whose perpetrators depend on the province, and so does their being stated; and how
    many acts each perpetrator truly has."""
    chance = np.random.default_rng(seed)
    province = chance.integers(3, size=rows)
    age = (25 + 10 * province + chance.normal(0, 4, rows)).astype(int)
    truth = (chance.random(rows)[:, None] > _BY[province].cumsum(axis=1)).sum(axis=1)
    silent = chance.random(rows) < _SILENT[province]
    ageless = chance.random(rows) < 0.2
    lines = [
        (
            ["Norte", "Sur", "Este"][province[n]],
            "woman" if n % 2 else "man",
            "" if ageless[n] else str(age[n]),
            "" if silent[n] else NAMES[truth[n]],
        )
        for n in range(rows)
    ]
    return Records.of(HEADS, lines), np.bincount(truth, minlength=3)
