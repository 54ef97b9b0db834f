"""Words in one block of bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.extract.reading import Word, Words

numbers = st.integers(0, 2**32 - 1)
sides = st.floats(width=32, allow_nan=False, allow_infinity=False)
words = st.builds(Word, numbers, numbers, st.tuples(sides, sides, sides, sides))


@given(st.lists(words))
def test_packing_keeps_words(given_words: list[Word]) -> None:
    packed = Words.of(given_words)
    assert list(packed) == given_words
    assert [packed[i] for i in range(len(packed))] == given_words
    assert list(packed[1:3]) == given_words[1:3]
    assert Words(packed.packed) == packed
    assert Words.of(packed) is packed


def test_a_broken_block_is_refused() -> None:
    with pytest.raises(ValueError, match="25 bytes"):
        Words(bytes(25))


def test_there_is_no_word_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        Words.of([])[0]
