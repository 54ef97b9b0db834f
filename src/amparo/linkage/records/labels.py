"""What people said of pairs, heard as fact: when a model is learned, and when groups are made."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from amparo.linkage.records.vectors import Pairs

__all__ = ["Labels", "answers", "heard"]

Labels = Mapping[tuple[int, int], bool]
"""Whether two records are of one person, by the pair in either order."""
Weighed = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
"""The first and the second record of each pair, and its weight in bits."""

_CERTAIN = 1000.0  # bits of what a person said


def answers(pairs: Pairs, labels: Labels) -> NDArray[np.float64] | None:
    """For each pair 1 or 0 where a person has judged it, else NaN; ``None`` without labels."""
    if not labels:
        return None
    judged = {(min(pair), max(pair)): float(is_match) for pair, is_match in labels.items()}
    both = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return np.array([judged.get((min(pair), max(pair)), np.nan) for pair in both])


def heard(weighed: Weighed, labels: Labels) -> Weighed:
    """The pairs with what people said of them in the place of what they weigh."""
    if not labels:
        return weighed
    first, second, bits = weighed
    judged = {(min(pair), max(pair)): is_match for pair, is_match in labels.items()}
    both = zip(first.tolist(), second.tolist(), strict=True)
    kept = np.array([pair not in judged for pair in both], bool)
    said = np.array([_CERTAIN if is_match else -_CERTAIN for is_match in judged.values()])
    named = np.array(list(judged), np.int64)
    return (
        np.concatenate([first[kept], named[:, 0]]),
        np.concatenate([second[kept], named[:, 1]]),
        np.concatenate([bits[kept], said]),
    )
