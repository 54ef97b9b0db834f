"""The index misses nothing within its bits: held to looking at every pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.extract.near.bands import BANDS, close_pairs, keys, probes


def every_pair(marks: np.ndarray, most: int) -> set[tuple[int, int, int]]:
    apart = np.bitwise_count(marks[:, None] ^ marks[None, :])
    return {
        (int(i), int(j), int(apart[i, j])) for i, j in zip(*np.nonzero(apart <= most), strict=True)
        if i < j
    }  # fmt: skip


def crowd(size: int, seed: int = 0) -> np.ndarray:
    """Different marks, a third of them near another one."""
    random = np.random.default_rng(seed)
    marks = random.integers(0, 2**64, size, dtype=np.uint64)
    for place in range(0, size - 1, 3):
        bits = random.choice(64, random.integers(0, 13), replace=False)
        turned = np.bitwise_or.reduce(np.uint64(1) << bits.astype(np.uint64), initial=np.uint64(0))
        marks[place + 1] = marks[place] ^ turned
    return np.unique(marks)


@pytest.mark.parametrize("most", [0, 3, 6, 9])
@pytest.mark.parametrize("size", [2, 300, 3000])
def test_all_close_pairs_are_found_once(size: int, most: int) -> None:
    marks = crowd(size)
    found = list(zip(*(each.tolist() for each in close_pairs(marks, most)), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == every_pair(marks, most)


def test_pairs_are_found_some_millions_at_a_time(monkeypatch) -> None:
    monkeypatch.setattr("amparo.extract.near.bands._MOST_AT_ONCE", 10)
    marks = crowd(200)
    found = set(zip(*(each.tolist() for each in close_pairs(marks, 9)), strict=True))
    assert found == every_pair(marks, 9)


def test_nobody_has_no_pairs() -> None:
    assert [len(each) for each in close_pairs(np.empty(0, np.uint64), 9)] == [0, 0, 0]


def test_more_bits_than_are_sure_are_refused() -> None:
    with pytest.raises(ValueError, match="within 10 bits"):
        close_pairs(crowd(3), 10)


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=9))
def test_a_mark_within_nine_bits_is_always_probed(whole: int, bits: set[int]) -> None:
    other = whole
    for bit in bits:
        other ^= 1 << bit
    found = set(probes(whole.to_bytes(8, "big")))
    assert found & set(keys(other.to_bytes(8, "big")))
    assert len(found) == 64 + len(BANDS)
