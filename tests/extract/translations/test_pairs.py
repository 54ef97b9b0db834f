"""A translation's passages beside what they say in another language."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.extract.recordings.transcripts import Line
from amparo.extract.translations.pairs import (
    Pair,
    by_page,
    carry_over,
    digest,
    from_rows,
    missing,
    pasted,
    to_rows,
)
from amparo.extract.translations.passages import of_lines, of_page

PAGES = ("UNO\n\n12 34\n\nDos palabras.", "أنا أمل & سمير\n\nDos palabras.")
PASSAGES = [each for n, text in enumerate(PAGES, 1) for each in of_page(n, text)]
WHOLE = "ONE\n\nTwo words.\n \n\nI am Amal & Samir\n\nTwo words again."


def test_a_whole_translation_goes_beside_its_passages_in_order() -> None:
    pairs = pasted(PASSAGES, WHOLE)
    assert [pair.text for pair in pairs] == [
        "ONE",
        "",
        "Two words.",
        "I am Amal & Samir",
        "Two words again.",
    ]
    assert missing(pairs) == 0


@pytest.mark.parametrize("text", ["ONE", f"{WHOLE}\n\nMore."])
def test_too_few_or_too_many_paragraphs_are_told(text: str) -> None:
    with pytest.raises(UsageError, match="paragraphs and the original 4"):
        pasted(PASSAGES, text)


def test_words_go_over_to_the_same_passages_read_anew() -> None:
    before = pasted(PASSAGES, WHOLE)
    anew = [
        each
        for n, text in enumerate(("UNO\n\nDos\npalabras.", PAGES[1].replace("Dos", "Tres")), 1)
        for each in of_page(n, text)
    ]
    assert [pair.text for pair in carry_over(before, anew)] == [
        "ONE",
        "Two words.",
        "I am Amal & Samir",
        "",
    ]


def test_the_same_words_twice_keep_their_order() -> None:
    passages = list(of_page(1, "Sí.\n\nSí."))
    pairs = [Pair(passages[0], "Yes."), Pair(passages[1], "Yes, indeed.")]
    assert carry_over(pairs, passages) == pairs


def test_rows_say_it_all() -> None:
    recorded = [Pair(each, "We left.") for each in of_lines([Line(1, 2.5, "Salimos.", "A & B")])]
    for pairs in (pasted(PASSAGES, WHOLE), recorded):
        assert from_rows(to_rows(pairs)) == pairs


def test_the_digest_tells_every_change() -> None:
    pairs = pasted(PASSAGES, WHOLE)
    changed = [*pairs[:-1], Pair(pairs[-1].passage, "Two words")]
    digests = {
        digest("es", "en", pairs),
        digest("es", "fr", pairs),
        digest("es", "en", changed),
        digest("es", "en", pairs[:-1]),
    }
    assert len(digests) == 4


def test_the_search_is_given_each_page() -> None:
    assert dict(by_page(pasted(PASSAGES, WHOLE))) == {
        1: "ONE\n\nTwo words.",
        2: "I am Amal & Samir\n\nTwo words again.",
    }
