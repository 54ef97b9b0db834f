"""Chained equations: each silent column filled in by all the others, in rounds, many times over.

S. van Buuren and K. Groothuis-Oudshoorn, "mice", *Journal of Statistical Software* 45(3), 2011;
the number of replicates after D. Rubin 1987 and I. White, P. Royston and A. Wood, *Statistics in
Medicine* 30, 2011, 377–399: at least as many as the per cent of cells that are silent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.estimate.pooling import enough
from amparo.patterns.imputation.imputed import Filled, Imputed
from amparo.patterns.imputation.matching import matched
from amparo.patterns.imputation.variables import (
    MOST_GROUPS,
    SPARED,
    Codes,
    Groups,
    Reals,
    Target,
    groups,
    target,
)
from amparo.patterns.tables import Records

__all__ = ["OnStep", "fitting", "impute"]

TIMES, ITERATIONS = 20, 10
MOST_TIMES = 1_000

OnStep = Callable[[int, int], None]
"""Is told how many replicates are made, of how many; it may raise to stop."""


def fitting(records: Records, leave: Sequence[str] = ()) -> list[str]:
    """The columns that can help: those of which one counts by, with 2 to 20 different words."""
    return [
        name
        for name, column in records.columns.items()
        if name not in leave and 2 <= len(column.words) <= min(MOST_GROUPS, len(records) // 2)
    ]


def impute(
    records: Records,
    columns: Sequence[str],
    *,
    using: Sequence[str] | None = None,
    times: int = TIMES,
    iterations: int = ITERATIONS,
    seed: int = 1,
    also_unknown: bool = False,
    on_step: OnStep | None = None,
) -> Imputed:
    """Fill in what ``columns`` do not state, ``times`` times.

    ``using`` are the columns, or parts of dates as ``date:year``, that help besides one another;
    None for all that ``fitting`` names. With ``also_unknown`` cells that say "unknown" are filled
    in too; otherwise they stay and are nobody's donors. The same seed gives the same replicates.
    UsageError for what cannot be filled in, and for fewer than two replicates.
    """
    enough(times)
    if times > MOST_TIMES:
        raise UsageError(f"{times} replicates are more than {MOST_TIMES}.")
    names = list(dict.fromkeys(columns))
    helping = list(fitting(records, names) if using is None else using)
    targets = [target(records, name, also_unknown=also_unknown) for name in names]
    silent = [each for each in targets if len(each.silent)]
    if not silent:
        raise UsageError(
            "None of these columns is silent anywhere; there is nothing to fill in.",
            next_step="Choose a column with empty cells.",
        )
    outside = [groups(records, name) for name in helping if name not in names]
    rounds = iterations if len(silent) > 1 else 1
    made = []
    for replicate in range(times):
        if on_step is not None:
            on_step(replicate, times)
        made.append(_one(targets, outside, rounds, np.random.default_rng([seed, replicate])))
    return Imputed(
        records=records,
        columns={each.name: _filled(each, made) for each in silent},
        using=tuple(name for name in helping if name not in names),
        times=times,
        iterations=rounds,
        seed=seed,
        also_unknown=also_unknown,
    )


_Made = tuple[dict[str, Codes], dict[str, Reals]]


def _one(
    targets: Sequence[Target], outside: Sequence[Groups], rounds: int, chance: np.random.Generator
) -> _Made:
    """One replicate: each column's words by row, and its trace by rounds."""
    now = {each.name: _begun(each, chance) for each in targets}
    trace: dict[str, list[Reals]] = {each.name: [] for each in targets}
    order = sorted((each for each in targets if len(each.silent)), key=lambda e: len(e.silent))
    for _ in range(rounds):
        for each in order:
            others = [_as_groups(other, now[other.name]) for other in targets if other is not each]
            drawn = matched(
                each.codes, each.scores, each.silent, each.stated, [*outside, *others], chance
            )
            now[each.name][each.silent] = drawn
            trace[each.name].append(each.scores[drawn].mean(axis=0))
    return now, {each.name: np.array(trace[each.name]) for each in order}


def _begun(each: Target, chance: np.random.Generator) -> Codes:
    """The column with each silent cell as any other cell is."""
    codes = each.codes.copy()
    codes[each.silent] = chance.choice(codes[each.stated], size=len(each.silent))
    return codes


def _as_groups(each: Target, codes: Codes) -> Groups:
    """A filled column as one that helps; cells that stay unknown are a group of their own."""
    grouping = np.append(each.grouping, each.groups)
    return Groups(grouping[np.where(codes == SPARED, -1, codes)], each.groups + 1)


def _filled(each: Target, made: Sequence[_Made]) -> Filled:
    return Filled(
        name=each.name,
        words=each.words,
        rows=each.silent,
        codes=np.array([now[each.name][each.silent] for now, _trace in made]),
        stated=each.codes[each.stated],
        numbers=each.numbers,
        trace=np.array([trace[each.name] for _now, trace in made]),
        spared=int(np.count_nonzero(each.codes == SPARED)),
    )
