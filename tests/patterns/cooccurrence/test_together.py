"""What comes together on the same victim, and which ways repeat."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.cooccurrence import together
from amparo.patterns.tables import Records


def people(*kinds: str) -> Records:
    """One person for each word; its letters are what was done to them."""
    rows = [(f"P{n}", kind) for n, word in enumerate(kinds) for kind in word]
    return Records.of(["person", "act"], rows)


def test_fishers_tea() -> None:
    """R. Fisher, The Design of Experiments (1935), ch. 2: 3 of 4 right; here two-sided, 0.486."""
    found = together(
        people(*["ab"] * 3, "a", "b", *["c"] * 3, *["c"] * 2), what="act", within="person"
    )
    pair = next(each for each in found.pairs if {each.one, each.other} == {"a", "b"})
    assert (pair.both, pair.expected) == (3, pytest.approx(1.6))
    from scipy.stats import fisher_exact

    assert fisher_exact([[3, 1], [1, 3]]).pvalue == pytest.approx(0.486, abs=0.0005)


def test_pairs_open_their_rows() -> None:
    found = together(people(*["ab"] * 4, *["c"] * 8), what="act", within="person")
    first = found.pairs[0]
    assert (first.one, first.other, first.both) == ("a", "b", 4)
    assert first.rows == (1, 2, 3, 4, 5, 6, 7, 8)


def test_only_whole_ways_are_told() -> None:
    found = together(people(*["abc"] * 4, *["ab"] * 3, *["d"] * 5), what="act", within="person")
    assert [(way.kinds, len(way.groups)) for way in found.ways] == [
        (("a", "b"), 7),
        (("a", "b", "c"), 4),
    ]


def test_the_same_act_twice_on_one_person_is_one() -> None:
    found = together(people("aab", *["ab"] * 9), what="act", within="person")
    assert found.kinds == (("a", 10), ("b", 10))


def test_too_few_are_refused() -> None:
    with pytest.raises(UsageError, match="too few"):
        together(people("ab", "b"), what="act", within="person")
