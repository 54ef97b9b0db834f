"""How many deadlines a second: every rule over many days, next to adding days with dateutil.

The peer adds the same amount and knows no holidays, no readings, no steps and no sources.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from amparo.deadlines import compute, rulebook

DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(1_000)]
GOAL = 20_000


def rate(work: Callable[[date], object]) -> float:
    """Computations a second, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for day in DAYS:
            work(day)
        best = min(best, time.perf_counter() - start)
    return len(DAYS) / best


def main() -> None:
    """Print ours, the peer and the ratio."""
    book = rulebook()
    rates = {id_: rate(lambda day, rule=rule: compute(rule, day)) for id_, rule in book.items()}  # type: ignore[misc]
    ours = len(rates) / sum(1 / each for each in rates.values())
    peer = rate(lambda day: day + relativedelta(months=4))
    slowest = min(rates, key=lambda id_: rates[id_])
    print(f"ours, all {len(book)} rules   {ours:>10,.0f} a second (goal {GOAL:,})")
    print(f"ours, slowest rule    {rates[slowest]:>10,.0f} a second ({slowest})")
    print(f"dateutil, bare sum    {peer:>10,.0f} a second")
    print(f"ratio                 {peer / ours:>10.1f}")


if __name__ == "__main__":
    main()
