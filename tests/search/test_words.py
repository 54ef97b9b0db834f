"""Words as the index keeps them and as a query asks for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.search.words import asked_words, index_words, mend_lines, word_pieces


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The perse-\ncution of x-ray", "the persecution of x ray"),
        ("mid\u00ad\nway", "midway"),
        ("1999-\n2000", "1999 2000"),
        ("والمحكمة بالمحكمة المحكمة", "محكمه محكمه محكمه"),
        ("الله الذي", "الله الذي"),
        ("中国人", "中国 国人 人"),
        ("第3条", "第 3 条"),
        ("", ""),
    ],
)
def test_index_words(text: str, words: str) -> None:
    assert index_words(text) == words


@pytest.mark.parametrize(
    ("written", "words", "open_ended"),
    [
        ("court", ("court",), False),
        ("中国人", ("中国", "国人"), False),
        ("人", ("人",), True),
        ("中国3条", ("中国", "国", "3", "条"), True),
        ("무하마드", (index_words("무하마드"),), True),
        ("المحكمة", ("محكمه",), False),
    ],
)
def test_asked_words(written: str, words: tuple[str, ...], open_ended: bool) -> None:
    asked = asked_words(word_pieces(written))
    assert (asked.words, asked.open_ended) == (words, open_ended)


@given(st.text())
def test_mending_keeps_every_place(text: str) -> None:
    assert len(mend_lines(text)) == len(text)


@given(st.text())
def test_index_words_hold_no_syntax(text: str) -> None:
    assert not set(index_words(text)) & set("\"'*:()^{}+-\x00\n\t")
