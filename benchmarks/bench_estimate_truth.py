"""The headline's intervals held to known truth, next to other methods' on the same cases.

Within one list, or two read as one, the truth is how many people it names; the other lists have to
find it. Tables of one matter, such as the UK's with five lists and with six, are one kind. What is
learned (lift and reach) is learned without the kind that it is tried on: once for each kind, and
for every way to part the kinds into two halves. The forms of the middle and of the error, the prior
and their constants were chosen after looking at all kinds, and so are not held out.

    python -m benchmarks.bench_estimate_truth            # ours
    python -m benchmarks.bench_estimate_truth --peers    # and each method alone
"""

from __future__ import annotations

import math
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from pathlib import Path

import numpy as np

from amparo.patterns.estimate.histories import Table, from_csv
from amparo.patterns.estimate.known_truth import Case, cases
from amparo.patterns.estimate.methods import Settings, estimate
from amparo.patterns.estimate.models.averaging import (
    Calibration,
    Headline,
    calibrated,
    calibration,
    parts_of,
)
from tests.patterns.estimate.tables import DIABETES, HEPATITIS

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("AMPARO_SHARED_DATA") or ROOT.parent / "shared" / "data") / "mse"
KINDS = {
    "UK": ("sparsemse_UKdat", "sparsemse_UKdat_5"),
    "Netherlands": ("sparsemse_Ned", "sparsemse_Ned_5"),
    "Kosovo": ("kosovo_1999_4lists",),
    "Western US": ("sparsemse_Western",),
    "New Orleans": ("sparsemse_NewOrl", "sparsemse_NewOrl_5"),
    "Australia": ("msetools_Australia",),
    "Colombia": ("verdata/R1_HOMBRE_1999",),
}
FIRST_HALF = ("UK", "Kosovo", "Western US", "New Orleans")
TAIL = 0.04
LIFTS, OF_TWO = (0.0, 0.1, 0.2, 0.3, 0.4), (0.0, 0.2, 0.4, 0.6)


@dataclass(frozen=True)
class Known:
    """A case, its kind, and the totals that the headline averages, which cost the time."""

    kind: str
    case: Case

    @cached_property
    def parts(self) -> dict[str, float]:
        return parts_of(self.case.table)

    @property
    def single(self) -> bool:
        """Whether one list is given, not two read as one."""
        return " or " not in self.case.given

    @property
    def unseen(self) -> float:
        return self.case.truth - self.case.table.documented + 0.5

    def headline(self, known: Calibration) -> Headline:
        return calibrated(self.case.table, self.parts, known)


Trial = tuple[Known, float, bool, float]
"""A case, the logarithm of estimate over truth, whether the interval holds, upper over lower."""


def every() -> list[Known]:
    """All cases that the checks do not refuse."""
    return [
        Known(kind, case)
        for kind, table in _tables()
        for case in cases(kind, table, least_lists=2, pairs=True)
    ]


def _tables() -> Iterator[tuple[str, Table]]:
    for kind, names in KINDS.items():
        for name in names:
            table = from_csv(SHARED / f"{name}.csv")
            yield kind, table.joined(9).only(range(8)) if kind == "Colombia" else table
    yield "Hepatitis", HEPATITIS
    yield "Diabetes", DIABETES


def learned(known: Sequence[Known]) -> Calibration:
    """Lift by least squares, then reach by quantiles; each kind counts alike, small ones less."""
    numbers = Counter(each.kind for each in known)
    weights = np.array([1 / max(numbers[each.kind], 6) for each in known])
    tries = [replace(calibration(), lift=a, lift_of_two=b) for a, b in product(LIFTS, OF_TWO)]

    def loss(tried: Calibration) -> float:
        errors = [math.log(each.headline(tried).total / each.case.truth) for each in known]
        return float(weights @ np.square(errors))

    best = min(tries, key=loss)
    away = np.array([_errors_away(each, best) for each in known])
    order = np.argsort(away)
    reached = np.cumsum(weights[order]) / weights.sum()
    low, high = (
        away[order][min(int(np.searchsorted(reached, q)), len(away) - 1)] for q in (TAIL, 1 - TAIL)
    )
    return replace(best, down=max(1.2, -float(low)), up=max(1.2, float(high)))


def _errors_away(each: Known, known: Calibration) -> float:
    """How many times its error the headline lies below the truth."""
    found = each.headline(known)
    middle = math.log(found.total - each.case.table.documented + 0.5)
    return (math.log(each.unseen) - middle) / found.error


def tried(known: Sequence[Known], chosen: Calibration) -> list[Trial]:
    """What the headline says of each case."""
    found = []
    for each in known:
        answer, truth = each.headline(chosen), each.case.truth
        low, high = answer.interval
        found.append((each, math.log(answer.total / truth), low <= truth <= high, high / low))
    return found


def line(words: str, trials: Sequence[Trial]) -> None:
    """Print coverage, root mean square log error and the median width."""
    held = np.mean([held for _, _, held, _ in trials])
    error = math.sqrt(np.mean([error**2 for _, error, _, _ in trials]))
    width = np.median([width for *_, width in trials])
    print(
        f"{words:<34} {len(trials):>4} cases  held {held:>6.1%}  log error {error:.3f}"
        f"  upper/lower {width:.1f}"
    )


def by_number(words: str, trials: Sequence[Trial]) -> None:
    """The same for one list given, two lists given, and all."""
    line(f"{words}, one list given", [t for t in trials if t[0].single])
    line(f"{words}, two lists given", [t for t in trials if not t[0].single])
    line(f"{words}, all", trials)


def left_out(known: Sequence[Known]) -> list[Trial]:
    """Each kind tried by what was learned on the others."""
    found: list[Trial] = []
    for kind in dict.fromkeys(each.kind for each in known):
        chosen = learned([each for each in known if each.kind != kind])
        trials = tried([each for each in known if each.kind == kind], chosen)
        line(f"    {kind}", trials)
        found += trials
    return found


def halves(known: Sequence[Known]) -> None:
    """Every way to learn on half of the kinds and try on the rest."""
    kinds = sorted({each.kind for each in known})
    shares, errors = [], []
    for size in (len(kinds) // 2, len(kinds) - len(kinds) // 2):
        for chosen in combinations(kinds, size):
            half = learned([each for each in known if each.kind in chosen])
            trials = tried([each for each in known if each.kind not in chosen], half)
            shares.append(np.mean([held for _, _, held, _ in trials]))
            errors.append(math.sqrt(np.mean([error**2 for _, error, _, _ in trials])))
    print(
        f"{len(shares)} ways into halves: held {np.median(shares):.1%} in the middle, "
        f"{np.quantile(shares, 0.1):.1%} in the worst tenth, {min(shares):.1%} at worst; "
        f"log error {np.median(errors):.3f} in the middle, {max(errors):.3f} at worst"
    )


def peers(known: Sequence[Known]) -> None:
    """Each method alone, on cases of three lists and more with one list given."""
    known = [each for each in known if each.single and len(each.case.table.lists) > 2]
    line("the headline", tried(known, calibration()))
    for method in ("chao", "coverage", "loglinear", "dga", "lcmcr", "sparse"):
        trials = [_alone(each, method) for each in known]
        line(method, [trial for trial in trials if trial is not None])


def _alone(each: Known, method: str) -> Trial | None:
    answer = estimate(each.case.table, method, Settings(bootstraps=200, beside=False))
    if answer.estimate is None or answer.lower is None or answer.upper is None:
        return None
    truth = each.case.truth
    held = answer.lower <= truth <= answer.upper
    return each, math.log(answer.estimate / truth), held, answer.upper / answer.lower


def main() -> None:
    """Print the headline's coverage as shipped and held out, and the peers' if asked."""
    known = every()
    by_number("as shipped", tried(known, calibration()))
    print("learned on the other kinds:")
    by_number("held out", left_out(known))
    first = [each for each in known if each.kind in FIRST_HALF]
    second = [each for each in known if each.kind not in FIRST_HALF]
    line("first half on the second", tried(second, learned(first)))
    line("second half on the first", tried(first, learned(second)))
    halves(known)
    if "--peers" in sys.argv:
        print("the methods alone, one list given:")
        peers(known)


if __name__ == "__main__":
    main()
