import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.base.pinpoints import (
    PageSelector,
    Pinpoint,
    QuoteSelector,
    RowSelector,
    SecondsSelector,
    describe,
)
from tests.base.pinpoints import builders

SHA256 = "0" * 64
CODES = [language.code for language in INTERFACE_LANGUAGES]


@pytest.mark.parametrize(
    ("selector", "language", "words"),
    [
        (None, "en", "the whole file"),
        (PageSelector(3), "en", "page 3"),
        (PageSelector(3, ((1, 1, 2, 2),)), "en", "page 3, as marked"),
        (PageSelector(3, (), QuoteSelector("at\nnight")), "en", "page 3, “at night”"),
        (SecondsSelector(65, 80.5), "en", "from 0:01:05 to 0:01:20.5"),
        (SecondsSelector(3600), "en", "from 1:00:00"),
        (RowSelector("Incidents", 12), "en", "row 12 of sheet “Incidents”"),
        (RowSelector("", 12), "fr", "ligne 12"),
        (PageSelector(3), "ar", "الصفحة 3"),
        (PageSelector(3), "uk", "сторінка 3"),
    ],
)
def test_words(selector, language, words):
    assert describe(Pinpoint(SHA256, selector), language) == words


@given(builders.pinpoints, st.sampled_from([*CODES, "en-US", "xx"]))
def test_every_place_has_words(pinpoint, language):
    assert describe(pinpoint, language).strip()


def test_a_long_quotation_is_cut_between_words():
    said = describe(Pinpoint(SHA256, QuoteSelector("word " * 60)))
    assert said.endswith("word…”")
    assert len(said) < 90
