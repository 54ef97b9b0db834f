"""Where two texts differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amparo.extract.near.differences import LONGEST, compare

words = st.lists(st.sampled_from(["we", "left", "at", "night", "أمل", "Olena"]), max_size=40)


def test_words_of_one_and_of_the_other_stand_in_their_order() -> None:
    found = list(compare("I, Amal, was\ntold to leave.", "I, Rosa, was told to leave now."))
    assert [(each.one, each.other, each.is_same) for each in found] == [
        ("I,", "I,", True),
        ("Amal,", "Rosa,", False),
        ("was told to", "was told to", True),
        ("leave.", "leave now.", False),
    ]


def test_the_same_words_differ_nowhere_and_long_texts_are_cut() -> None:
    (same,) = compare("a b", "a  b\n")
    assert same.is_same
    (cut,) = compare("a " * (LONGEST + 5), "a " * LONGEST)
    assert cut.is_same


@given(words, words)
def test_both_texts_can_be_put_together_again(one: list[str], other: list[str]) -> None:
    found = list(compare(" ".join(one), " ".join(other)))
    assert " ".join(each.one for each in found if each.one).split() == one
    assert " ".join(each.other for each in found if each.other).split() == other
    assert all(each.one or each.other for each in found)


def test_more_words_than_there_are_letters_below_the_surrogates() -> None:
    one = [f"w{n}" for n in range(LONGEST)]
    other = [f"v{n}" for n in range(LONGEST)]
    other[100:120] = one[100:120]
    found = list(compare(" ".join(one), " ".join(other)))
    assert sum(len(each.one.split()) for each in found) == LONGEST
    assert sum(len(each.other.split()) for each in found) == LONGEST


def test_what_is_long_and_the_same_is_folded() -> None:
    (same,) = compare("a " * 100, "a " * 100)
    assert same.folded == (" ".join("a" * 20), 60, " ".join("a" * 20))
    assert [each.folded for each in compare("a b", "a c")] == [None, None]
