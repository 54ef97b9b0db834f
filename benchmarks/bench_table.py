"""Cross-tables of 1,000,000 acts, beside pandas' crosstab of the same columns.

Bar: under 300 ms from records in memory, for acts and for victims (who are counted once). Both are
held against each other cell by cell, so that a fast answer is also the right one. By right, where
an act stands under each right that it touches, and by SDG indicator the same bar holds; a plain
program joins each act with its rights and counts the longer table (``merge``, ``crosstab``).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

import pandas as pd

from amparo.patterns.rights import vocabulary
from amparo.patterns.tables import CrossTable, Records, cross

BAR = 300.0
ACTS = 1_000_000
ROUNDS = 5
KINDS = ("torture", "enforced disappearance", "murder", "rape", "arrest", "not known", "killing")


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
            "violation": draw.choices(KINDS, k=ACTS),
            "armed_conflict": draw.choices(["yes", "no", None], k=ACTS),
            "verified": draw.choices(["yes", "no"], k=ACTS),
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
    records = Records.of_frame(frame.drop(columns="year"))
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
    return 0 if by_right(frame, records) and good else 1


def by_right(frame: pd.DataFrame, records: Records) -> bool:
    """Acts and victims by right, acts by indicator."""
    known = vocabulary()
    found = [(word, act) for word in KINDS if (act := known.act_of(word))]
    touched = pd.DataFrame(
        [(word, known.rights[touch.right].label) for word, act in found for touch in act.touches],
        columns=["violation", "right"],
    )

    def peer() -> pd.DataFrame:
        whole = frame.merge(touched, on="violation")
        return pd.crosstab(whole["right"], whole["year"])

    theirs, table = peer(), cross(records, rows="right", columns="year")
    for right in theirs.index:
        if [table.count(right, year) for year in table.column_labels] != list(theirs.loc[right]):
            raise SystemExit(f"{right}: the two do not agree")
    their_time, good = best(peer), True
    for rows, unit in (("right", "act"), ("right", "victim"), ("sdg", "act")):
        mine = best(lambda r=rows, u=unit: cross(records, rows=r, columns="year", unit=u))  # type: ignore[misc]
        good &= mine <= BAR
        beside = f"   pandas {their_time:7.0f} ms   ratio {their_time / mine:5.1f}"
        print(
            f"{ACTS:,} rows, {unit:6} by {rows:5} ours {mine:7.0f} ms"
            f"{beside if (rows, unit) == ('right', 'act') else ''} (bar {BAR:.0f} ms)"
        )
    return good


if __name__ == "__main__":
    sys.exit(main())
