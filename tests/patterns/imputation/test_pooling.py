"""Rubin's rules beside numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.estimate.pooling import few, pooled


def test_five_answers_by_hand() -> None:
    """Mean 12, within 4, between 2.5: extra 6/5 of it is 3, the whole 7, and so on by Rubin 1987,
    (3.1.2) to (3.1.10)."""
    found = pooled([10, 11, 12, 13, 14], [4] * 5)
    assert (found.value, found.within, found.between) == (12, 4, 2.5)
    assert found.share == pytest.approx(3 / 7)
    assert found.freedom == pytest.approx(4 * (1 + 4 / 3) ** 2)  # 21.78
    assert found.missing == pytest.approx((3 / 4 + 2 / (found.freedom + 3)) / (1 + 3 / 4))
    # Student's t with 21.78 degrees of freedom has its 97.5 % point between those of 21 and 22.
    assert 2.0739 < (found.upper - 12) / math.sqrt(7) < 2.0796


def test_answers_that_agree_leave_the_normal_interval() -> None:
    found = pooled([5, 5, 5], [1, 1, 1])
    assert (found.share, found.missing, found.freedom) == (0, 0, math.inf)
    assert found.upper == pytest.approx(5 + 1.959964, abs=1e-6)


def test_without_variance_within_two_replicates_reach_twelve_deviations() -> None:
    """The t-quantile with one degree of freedom is 12.706."""
    found = pooled([4, 6], [0, 0])
    assert (found.freedom, found.missing) == (1, 1)
    assert (found.upper - 5) / math.sqrt(1.5 * 2) == pytest.approx(12.706, abs=0.001)


def test_one_answer_is_refused_and_few_say_so() -> None:
    with pytest.raises(UsageError, match="no variance"):
        pooled([1], [1])
    assert "useless" in few(2)[0]
    assert "unreliable" in few(9)[0]
    assert few(10) == ()
