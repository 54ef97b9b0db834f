"""Multiple systems estimation: speed next to R's packages.

R's times were measured on this kind of machine (they stand in the shared oracles); R is not run
here. Ours are processor seconds on one core. Intervals are held to known truth in
``bench_estimate_truth.py``.

    python benchmarks/bench_estimate.py
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from amparo.patterns.estimate.histories import Table, from_csv
from amparo.patterns.estimate.models import decomposable, latent, loglinear, sparse

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("AMPARO_SHARED_DATA") or ROOT.parent / "shared" / "data") / "mse"
TABLES = {
    "Kosovo": "kosovo_1999_4lists",
    "UK": "sparsemse_UKdat",
    "Netherlands": "sparsemse_Ned",
    "New Orleans": "sparsemse_NewOrl",
    "Western US": "sparsemse_Western",
    "Australia": "msetools_Australia",
}
SPARSE = {"Kosovo": 57.6, "UK": 318.5, "Netherlands": 782.5, "New Orleans": 2059.7}


def read(name: str) -> Table:
    """A real table."""
    return from_csv(SHARED / f"{TABLES.get(name, name)}.csv")


def seconds(work: Callable[[], Any]) -> float:
    """Processor seconds on one core: the best of three, after one that compiles."""
    work()
    best = math.inf
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def speed() -> None:
    """Print each figure, its goal and R's."""
    kosovo, five = read("Kosovo"), read("sparsemse_UKdat_5")
    taken = seconds(lambda: latent.fit(kosovo))
    found = latent.fit(kosovo)
    rate = found.effective / taken
    print(f"latent classes, Kosovo {rate:>9,.0f} effective a second (goal 500; LCMCR 92)")
    print(f"    R-hat {found.r_hat:.3f}, {len(found.draws)} chains, {len(found.modes)} mode(s)")
    _against("all 113 four-list models", lambda: loglinear.select(kosovo), 0.05, 0.82)
    _against("all 6,893 five-list models", lambda: loglinear.select(five), 3, 115)
    _against("dga, five lists", lambda: decomposable.posterior(five, most=40_000), 1, 8.5)
    for name, by_r in SPARSE.items():
        table = read(name)
        words = f"sparse, 1,000 bootstraps, {name}"
        _against(words, lambda table=table: sparse.bootstrap(table), by_r / 20, by_r)  # type: ignore[misc]


def _against(words: str, work: Callable[[], Any], goal: float, by_r: float) -> None:
    taken = seconds(work)
    print(f"{words:<38} {taken:>8.3f} s (goal {goal:g}; R {by_r:g}: {by_r / taken:,.0f} times)")


if __name__ == "__main__":
    speed()
