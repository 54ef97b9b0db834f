"""Folding: which writings meet, which stay apart, and the way back to the original."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.folding import cased_words, fold, fold_words, fold_words_with_offsets


@pytest.mark.parametrize(
    "writings",
    [
        ("STRASSE", "Straße", "strasse"),
        ("Łódź", "lodz"),
        ("İstanbul", "ISTANBUL", "ıstanbul", "istanbul"),
        ("København", "kobenhavn"),
        ("Þór", "thor"),
        ("ﬁnance", "ｆｉｎａｎｃｅ", "Finance"),
        ("أحمد", "احمد", "إحمد", "آحمد", "ٱحمد", "أَحْمَد", "أحـــمد"),
        ("مكتبة", "مكتبه", "مَكْتَبَةٌ"),
        ("على", "علي", "علی"),
        ("مؤمن", "مومن"),
        ("کتاب", "كتاب", "ڪتاب"),
        ("ﷲ", "الله"),
        ("٢٠٢١", "۲۰۲۱", "२०२१", "2021"),
        ("שָׁלוֹם", "שלום", "שלומ"),
        ("Фёдор", "Федор", "ФЕДОР"),
        ("Йосип", "Иосип"),
        ("її", "іі"),
        ("ґанок", "ганок"),
        ("п’ять", "пʼять", "п'ять"),
        ("Ἀθῆναι", "αθηναι"),
    ],
)
def test_these_meet(writings: tuple[str, ...]) -> None:
    assert len({fold(writing) for writing in writings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("и", "і"), ("е", "є"), ("ب", "پ"), ("ك", "گ"), ("ماء", "ما"), ("а", "a")]
)
def test_these_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O’Brien's e-mail", ["o", "brien", "s", "e", "mail"]),
        ("کتاب‌ها", ["كتاب", "ها"]),
        ("court¹ and m²", ["court", "1", "and", "m", "2"]),
        ("co\u00adoperate", ["cooperate"]),
        ("हिन्दी ไทย", ["हिन्दी", "ไทย"]),
        ("a_b—c…", ["a", "b", "c"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert fold_words(text).split() == words


def test_every_character_folds_once_and_for_all() -> None:
    for code in range(sys.maxunicode + 1):
        folded = fold_words(chr(code))
        assert fold_words(folded) == folded, hex(code)
        cased = cased_words(f"a{chr(code)}b")
        assert [fold_words(word) for word in cased] == fold_words(f"a{chr(code)}b").split()


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    text = "".join(char for char in text if not char.isdigit())
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)


@given(st.text(), st.data())
def test_a_match_leads_back_to_its_characters(text: str, data: st.DataObject) -> None:
    folded = fold_words_with_offsets(text)
    assert folded.text == fold_words(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold_words(text[first:last])


def test_a_match_keeps_its_marks() -> None:
    text = "قال مُحَمَّدٌ نعم"
    folded = fold_words_with_offsets(text)
    start = folded.text.index("محمد")
    first, last = folded.original_span(start, start + 4)
    assert text[first:last] == "مُحَمَّدٌ"
