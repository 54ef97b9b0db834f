"""How alike two names are, and the reasons that are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.linkage.names import ALIKE, compare, keys

ONE_PERSON = [
    ("Mohammad Hussein", "محمد حسين"),
    ("Mohammad Hussein", "Мухаммад Хусейн"),
    ("HUSSEIN, Mohamed", "Mohammad Hussain"),
    ("Володимир Зеленський", "Volodymyr Oleksandrovych Zelenskyy"),
    ("Abd al-Rahman al-Masri", "Abdurrahman El Masry"),
    ("Jean-Claude Martin", "J.-C. Martin"),
    ("Misha Petrov", "Mikhail Petrov"),
    ("Саша Коваль", "Олександр Коваль"),
    ("习近平", "Xi Jinping"),
    ("नरेन्द्र मोदी", "Narendra Modi"),
    ("አበበ በቂላ", "Abebe Bekila"),
    ("ბარაკ ობამა", "Barack Obama"),
    ("AnnaKovacs", "Anna Kovács"),
    ("Dr. Lina Haddad", "Lina Haddad"),
]
TWO_PEOPLE = [
    ("Ahmad al-Raymi", "Ahmad al-Hamzi"),
    ("Boris Novak", "Viktor Novak"),
    ("Sergey Ivanovich Belov", "Sergey Petrovich Belov"),
    ("习近朋", "习近平"),
    ("김종은", "김정은"),
    ("B. Kovács", "Anna Kovács"),
    ("محمود حسن", "محمد حسين"),
    ("Lina Haddad", "Omar Saleh"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_spellings_of_one_name_are_alike_and_found(one: str, other: str) -> None:
    found = compare(one, other)
    assert found.score >= ALIKE, found
    assert keys(one) & keys(other)


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_names_that_contradict_are_not_alike(one: str, other: str) -> None:
    assert compare(one, other).score < ALIKE, compare(one, other)


def test_every_score_has_its_reasons() -> None:
    found = compare("Sergey Ivanovich Belov", "Sergej Petrovich Belov")
    assert found.reasons == (
        "“Ivanovich” stands against “Petrovich”.",
        "A letter differs between “Sergey” and “Sergej”.",
        "Both have “Belov”.",
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    found = compare(one, other)
    assert 0 <= found.score <= 1
    assert found.reasons
