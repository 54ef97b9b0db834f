"""Cross-tables of 1,000,000 acts, beside pandas' crosstab of the same columns.

Bar: under 300 ms from records in memory, for acts and for victims (who are counted once). Both are
held against each other cell by cell, so that a fast answer is also the right one.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

import pandas as pd

from amparo.patterns.tables import CrossTable, Records, cross

BAR = 300.0
ACTS = 1_000_000
ROUNDS = 5


def acts() -> pd.DataFrame:
    draw = random.Random(7)
    victims = [f"V{draw.randrange(300_000)}" for _ in range(ACTS)]
    return pd.DataFrame(
        {
            "date": [
                f"{draw.randrange(1990, 2021)}-{draw.randrange(1, 13):02}" for _ in range(ACTS)
            ],
            "perpetrator": draw.choices(["army", "police", "guard", None], [5, 3, 2, 1], k=ACTS),
            "victim_id": victims,
        }
    )


def best(work: Callable[[], object]) -> float:
    """Milliseconds, the best of the rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def main() -> int:
    frame = acts()
    frame["year"] = frame["date"].str[:4]
    records = Records.of_frame(frame[["date", "perpetrator", "victim_id"]])
    start = time.perf_counter()
    records.column("year")
    print(f"years out of the dates, once   {(time.perf_counter() - start) * 1000:7.0f} ms")

    def ours(unit: str) -> CrossTable:
        return cross(records, rows="year", columns="perpetrator", unit=unit)

    perpetrator = frame["perpetrator"].fillna("(not stated)")
    peer = pd.crosstab(frame["year"], perpetrator)
    table = ours("act")
    for row in table.row_labels:
        for column in table.column_labels:
            if table.count(row, column) != peer.loc[row, column]:
                raise SystemExit(f"{row}, {column}: the two do not agree")
    theirs = best(lambda: pd.crosstab(frame["year"], perpetrator))
    by = frame.assign(perpetrator=perpetrator).groupby(["year", "perpetrator"])["victim_id"]
    their_victims = best(by.nunique)
    good = True
    for unit, peer_ms in (("act", theirs), ("victim", their_victims)):
        mine = best(lambda unit=unit: ours(unit))  # type: ignore[misc]
        good &= mine <= BAR
        print(
            f"{ACTS:,} rows, by {unit:8} ours {mine:7.0f} ms   pandas {peer_ms:7.0f} ms   "
            f"ratio {peer_ms / mine:5.1f} (bar {BAR:.0f} ms)"
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
