"""One column filled in once: predictive mean matching with donors drawn anew.

Those whose cell is stated are drawn with replacement (the approximate Bayesian bootstrap of D.
Rubin and N. Schenker, *Journal of the American Statistical Association* 81, 1986, 366–374), a
linear regression of the column on the others is fitted to them, and each silent row receives the
value of one of those drawn whose prediction is nearest to its own (R. Little, *Journal of Business
& Economic Statistics* 6, 1988, 287–296; D. Heitjan and R. Little, *Applied Statistics* 40, 1991,
13–29). So every value that is filled in is one that somebody's record has, and the doubt about the
regression is in the draw. A column of words is predicted as one column of 0 and 1 for each word.

Rows that look alike in every helping column are one pattern, and patterns are fitted, not rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amparo.patterns.imputation.variables import Codes, Groups, Reals

__all__ = ["DONORS", "matched"]

DONORS = 5
_RIDGE = 1e-5


def matched(
    codes: Codes,
    scores: Reals,
    silent: Codes,
    stated: Codes,
    helping: Sequence[Groups],
    chance: np.random.Generator,
) -> Codes:
    """A value for each row of ``silent``, by the rows of ``stated``.

    ``codes`` are the column's words by row, ``scores`` what is predicted for each word.
    """
    pattern, first = patterns(helping, len(codes))
    drawn = stated[chance.integers(len(stated), size=len(stated))]
    drawn = drawn[np.argsort(pattern[drawn], kind="stable")]
    many = np.bincount(pattern[drawn], minlength=len(first))
    predicted = _predicted(design(helping, first), pattern[drawn], many, scores[codes[drawn]])
    donors = _drawn(predicted, many, pattern[silent], chance)
    return np.asarray(codes[drawn][donors], dtype=np.int64)


def patterns(helping: Sequence[Groups], rows: int) -> tuple[Codes, Codes]:
    """Each row's pattern of helping groups, and the first row of each pattern."""
    pattern = np.zeros(rows, dtype=np.int64)
    first = np.zeros(1, dtype=np.int64)
    for column in helping:
        _kinds, first, pattern = np.unique(
            pattern * column.number + column.codes, return_index=True, return_inverse=True
        )
    return pattern, first.astype(np.int64)


def design(helping: Sequence[Groups], rows: Codes) -> Reals:
    """A column of ones, and one of 0 and 1 for each group of each column."""
    parts = [np.eye(column.number)[column.codes[rows]] for column in helping]
    return np.hstack([np.ones((len(rows), 1)), *parts])


def _predicted(made: Reals, pattern: Codes, many: Codes, scores: Reals) -> Reals:
    """The regression's prediction for each pattern, patterns by dimensions of ``scores``."""
    sums = np.stack(
        [
            np.bincount(pattern, weights=scores[:, dimension], minlength=len(many))
            for dimension in range(scores.shape[1])
        ],
        axis=1,
    )
    squares = made.T @ (made * many[:, None])
    ridge = np.full(len(squares), _RIDGE * max(1.0, float(many.sum())))
    ridge[0] = 0.0  # a group that nobody drawn is of is predicted as the others are
    squares[np.diag_indices_from(squares)] += ridge
    return np.asarray(made @ np.linalg.solve(squares, made.T @ sums), dtype=float)


def _drawn(predicted: Reals, many: Codes, asking: Codes, chance: np.random.Generator) -> Codes:
    """For each asking row's pattern one donor, by place among donors in the order of patterns.

    Donors are of the nearest patterns, as many patterns as hold ``DONORS`` donors.
    """
    from scipy.spatial import cKDTree

    giving = np.flatnonzero(many)
    near = min(DONORS, len(giving))
    wanted, which = np.unique(asking, return_inverse=True)
    tree = cKDTree(predicted[giving])
    found = np.asarray(tree.query(predicted[wanted], k=range(1, near + 1))[1], dtype=np.int64)
    sizes = many[giving][found]
    before = np.cumsum(sizes, axis=1) - sizes
    sizes = np.where(before < DONORS, sizes, 0)
    ends = np.cumsum(sizes, axis=1)
    at = (chance.random(len(asking)) * ends[which, -1]).astype(np.int64)
    nearest = (at[:, None] >= ends[which]).sum(axis=1)
    rank = np.arange(len(asking))
    starts = np.cumsum(many) - many
    inside = at - (ends[which] - sizes[which])[rank, nearest]
    return np.asarray(starts[giving][found[which, nearest]] + inside, dtype=np.int64)
