"""Names in parts: what is a name, and what the other words are to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.linkage.names import Kind, normal, parse
from amparo.linkage.names.latin import latin_of

KINDS = [
    ("Sergey Ivanovich Belov", [Kind.NAME, Kind.FATHER, Kind.NAME]),
    ("Олена Іванівна Коваль", [Kind.NAME, Kind.FATHER, Kind.NAME]),
    ("Mohammed bin Salman", [Kind.NAME, Kind.PARTICLE, Kind.FATHER]),
    ("Isa ibn Maryam", [Kind.NAME, Kind.PARTICLE, Kind.MOTHER]),
    ("Leyla Aliyeva Heydar qizi", [Kind.NAME, Kind.NAME, Kind.NAME, Kind.PARTICLE]),
    ("Abu Omar al-Masri", [Kind.KUNYA, Kind.PARTICLE, Kind.NAME]),
    ("Umm Khalid", [Kind.KUNYA]),
    ("Abd al-Rahman Saleh", [Kind.NAME, Kind.NAME]),
    ("Dr. Lina Haddad", [Kind.TITLE, Kind.NAME, Kind.NAME]),
    ("J.-C. Martin", [Kind.INITIAL, Kind.INITIAL, Kind.NAME]),
    ("JC Martin", [Kind.INITIAL, Kind.INITIAL, Kind.NAME]),
    ("Ludwig van den Berg", [Kind.NAME, Kind.PARTICLE, Kind.PARTICLE, Kind.NAME]),
    ("Ana de la Cruz", [Kind.NAME, Kind.PARTICLE, Kind.PARTICLE, Kind.NAME]),
    ("Robert Hall Jr.", [Kind.NAME, Kind.NAME, Kind.GENERATION]),
    ("Acme Trading Ltd.", [Kind.NAME, Kind.GENERIC, Kind.FORM]),
    ("Brigade Forty-Four", [Kind.GENERIC, Kind.NUMBER]),
]


@pytest.mark.parametrize(("name", "kinds"), KINDS, ids=[name for name, _ in KINDS])
def test_what_each_word_is(name: str, kinds: list[Kind]) -> None:
    assert [part.kind for part in parse(name).parts] == kinds


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Олена Коваль", "olena koval"),
        ("Dr. Müller, Jörg", "muller jorg"),
        ("O'Brien", "obrien"),
        ("Acme Trading LLC", "acme trading"),
        ("Nguyễn Thị Minh", "nguyen thi minh"),
    ],
)
def test_the_normal_form(name: str, form: str) -> None:
    assert normal(name) == form


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Сергій", "sergiy"),
        ("नरेन्द्र", "narendr"),
        ("মুহাম্মদ", "muhammad"),
        ("தமிழ்", "tamil"),
        ("ਸਿੰਘ", "singh"),
        ("രാഹുൽ", "rahul"),
        ("አበበ", "abebe"),
        ("习近平", "xijinping"),
        ("김정은", "gimjeongeun"),
        ("バラク", "baraku"),
        ("ნინო", "nino"),
        ("Հայկ", "hayk"),
        ("Αλέξης", "alexis"),
    ],
)
def test_words_of_many_scripts_in_latin_letters(word: str, latin: str) -> None:
    assert latin_of(word) == latin


@given(st.text(max_size=80))
def test_any_text_can_be_parsed(text: str) -> None:
    found = parse(text)
    assert all(part.word for part in found.parts)
    assert parse(text) == found


def test_a_text_that_is_no_name_is_read_in_part() -> None:
    assert len(parse("word " * 10_000).text) <= 500
