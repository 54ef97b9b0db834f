import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.pinpoints import QuoteSelector, find_quote, quote

TEXT = "On that night they came to the house. We were asleep. They came again in May."


def found(text, anchor):
    return text[anchor.start : anchor.end]


def test_the_very_words():
    anchor = find_quote(TEXT, QuoteSelector("We were asleep."))
    assert (found(TEXT, anchor), anchor.how, anchor.unique) == ("We were asleep.", "exact", True)


def test_what_stands_around_chooses_between_equals():
    text = "He said no. She said no. They said no."
    anchor = find_quote(text, QuoteSelector("said no", prefix="She ", suffix=". They"))
    assert anchor.start == text.index("said no", 15)
    assert anchor.unique


def test_equals_without_context_are_not_unique():
    anchor = find_quote("no, no", QuoteSelector("no"))
    assert (anchor.start, anchor.unique) == (0, False)


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("THEY  CAME\nto the house", "they came to", "THEY  CAME\nto"),
        ("of perse-\ncution there", "persecution", "perse-\ncution"),
        ("un caf\u0065\u0301 noir", "caf\u00e9", "caf\u0065\u0301"),
        ("un caf\u00e9 noir", "cafe", "caf\u00e9"),
        ("وُلِدَ مُحَمَّد في", "محمد", "مُحَمَّد"),
        ("أحمد إلى المدينة", "احمد الى المدينه", "أحمد إلى المدينة"),
        ("Её дом", "ее дом", "Её дом"),
        ("straße", "STRASSE", "straße"),
        ("“quoted”, she said", '"quoted" she', "quoted”, she"),
    ],
)
def test_the_words_in_another_dress(text, words, stands):
    anchor = find_quote(text, QuoteSelector(words))
    assert anchor.how == "folded"
    assert found(text, anchor) == stands


def test_an_accent_is_never_left_behind():
    text = "cafe\u0301 and cafe"
    anchor = find_quote(text, QuoteSelector("cafe"))
    assert anchor.start == text.rindex("cafe")
    alone = find_quote("cafe\u0301", QuoteSelector("cafe"))
    assert (alone.start, alone.end, alone.how) == (0, 5, "folded")


def test_other_words_in_the_same_place():
    wanted = QuoteSelector("on the third", prefix="The arrest took place ", suffix=" of March 2021")
    text = "The arrest took place on the 3rd day of March 2021, he says."
    anchor = find_quote(text, wanted)
    assert (found(text, anchor), anchor.how) == ("on the 3rd day", "context")


def test_nothing_is_found_where_nothing_is_left():
    wanted = QuoteSelector("elephant", prefix="the great grey ", suffix=" walked away")
    assert find_quote(TEXT, wanted) is None
    assert find_quote("", wanted) is None
    assert find_quote(TEXT, QuoteSelector("—")) is None


letters = st.text(st.sampled_from("ab e\u0301\u0300 مُحَّد éЙи\u0306\n-.ß९"), min_size=1, max_size=60)


@given(letters, st.data())
def test_a_quotation_is_found_in_its_own_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    wanted = quote(text, start, end)
    anchor = find_quote(text, wanted)
    if anchor is None:
        assert not any(char.isalnum() for char in wanted.exact)
        return
    assert found(text, anchor) == wanted.exact or anchor.how != "exact"
    if anchor.unique and anchor.how == "exact":
        assert anchor.start <= start < end <= anchor.end


@given(letters, st.data())
def test_a_quotation_never_cuts_a_letter_from_its_marks(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    wanted = quote(text, start, end)
    for part in (wanted.exact, wanted.suffix, wanted.prefix):
        assert part in text
    whole = wanted.prefix + wanted.exact + wanted.suffix
    assert whole in text
    if not unicodedata.combining(text[0]):
        assert not unicodedata.combining(wanted.exact[0])


@given(letters, st.data())
def test_a_quotation_is_found_when_the_text_is_read_anew(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not any(char.isalnum() for char in text[start:end]):
        return
    wanted = quote(text, start, end)
    for reading in (
        unicodedata.normalize("NFC", text),
        unicodedata.normalize("NFD", text),
        text.upper(),
        text.replace(" ", "\n  "),
        "A new head line. " + text,
    ):
        anchor = find_quote(reading, wanted)
        assert anchor is not None
        assert 0 <= anchor.start < anchor.end <= len(reading)
