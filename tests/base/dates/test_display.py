import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.dates import display, from_person, parse
from amparo.base.dates.words import LANGUAGES, words
from tests.base.dates import builders


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("2021-03~", "en", "about March 2021"),
        ("1999?", "en", "1999 (uncertain)"),
        ("2020-05/2020-07", "en", "between May and July 2020"),
        ("2021-03-05", "en", "5 March 2021"),
        ("2021-03-05", "en-US", "March 5, 2021"),
        ("2021-03-05/2021-03-09", "en-US", "between March 5 and March 9, 2021"),
        ("2021-03-05", "en-GB", "5 March 2021"),
        ("2021-03-01", "fr", "1er mars 2021"),
        ("../2021-03-01", "fr", "jusqu’au 1er mars 2021"),
        ("../2021-22", "fr", "jusqu’à l’été 2021"),
        ("2021-03-05/2021-03-09", "es", "entre el 5 y el 9 de marzo de 2021"),
        ("2021-03-05", "ar", "5 آذار/مارس 2021"),
        ("2020-05/2020-07", "ar", "بين أيار/مايو وتموز/يوليو 2020"),
        ("2021-03~", "uk", "близько березня 2021 р."),
        ("2020-05/2020-07", "uk", "між травнем і липнем 2020 р."),
        ("1999/2001", "ru", "между 1999 и 2001 гг."),
        ("2021-05-02/..", "ru", "со 2 мая 2021 г."),
        ("201X", "ru", "2010-е годы"),
        ("-0044", "en", "45 BCE"),
        ("1985-04-XX", "en", "April 1985, day unknown"),
        ("2020-05~/2020-07?", "en", "from about May 2020 to July 2020 (uncertain)"),
        ("1985-04-12T23:20:30-04", "en", "12 April 1985, 23:20:30 UTC-04"),
        ("2020/", "en", "from 2020, end unknown"),
    ],
)
def test_words(text, language, words):
    assert display(parse(text), language) == words


@given(
    builders.single | builders.moments | builders.open_ended,
    st.sampled_from([*LANGUAGES, "en-US", "xx"]),
)
def test_every_date_has_words_in_every_language(text, language):
    said = display(parse(text), language)
    assert said
    assert not set(said) & set("{}~%X")


sayable = (
    st.integers(1000, 9999).map(str)
    | st.dates(min_value=__import__("datetime").date(1000, 1, 1)).map(str)
    | st.builds("{}-{}".format, st.integers(1000, 9999), builders.months)
    | st.builds("{}-{}".format, st.integers(1000, 9999), st.sampled_from(["21", "23"]))
    | builders.decades
)
spans = st.tuples(sayable, sayable).map(lambda ends: sorted(ends, key=lambda one: parse(one).first))


@given(st.builds("{}{}".format, sayable, builders.marks), st.sampled_from([*LANGUAGES, "en-US"]))
def test_what_is_written_is_understood(text, language):
    assert from_person(display(parse(text), language)).text == text


@given(spans, st.sampled_from([*LANGUAGES, "en-US"]))
def test_spans_that_are_written_are_understood(ends, language):
    made = parse("/".join(ends))
    assert from_person(display(made, language)).text == made.text


@given(sayable, st.sampled_from(["{}/..", "../{}"]), st.sampled_from([*LANGUAGES, "en-US"]))
def test_open_spans_that_are_written_are_understood(text, form, language):
    made = parse(form.format(text))
    assert from_person(display(made, language)).text == made.text


def test_every_language_has_the_same_entries():
    english = words("en")
    for language in LANGUAGES:
        other = words(language)
        for section in ("dates", "notes", "phrases", "typed"):
            assert other[section].keys() == english[section].keys(), (language, section)
        assert all(len(forms) == 12 for forms in other["months"].values())
        assert all(len(forms) == 4 for forms in other["seasons"].values())


def test_no_word_means_two_things():
    from amparo.base.dates.tokens import fold

    meanings = {}
    for language in LANGUAGES:
        vocabulary = words(language)
        for index in range(12):
            names = [forms[index] for forms in vocabulary["months"].values()]
            names = [part for name in names for part in name.split("/")]
            for name in [*names, *vocabulary["typed"]["months"][index]]:
                assert meanings.setdefault(fold(name), index) == index, name
