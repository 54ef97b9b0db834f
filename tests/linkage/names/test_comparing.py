"""How alike two names are, and the reasons that are given."""

from __future__ import annotations

import csv
from pathlib import Path

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


BODIES = [
    ("Siemens Aktiengesellschaft", "Siemens AG", True),
    ("ООО Берёзка", "Beryozka OOO", True),
    ("Acme Trading Ltd", "Acme Trading GmbH", False),
    ("Heron Fund II", "Heron Fund III", False),
    ("Brigade Forty-Four", "Brigade 44", True),
    ("Acme Bank (Norge) AS", "Acme Bank (Chile) SA", False),
]


@pytest.mark.parametrize(("one", "other", "is_one"), BODIES)
def test_bodies(one: str, other: str, is_one: bool) -> None:
    assert bool(compare(one, other)) is is_one, compare(one, other)


def test_the_father_is_not_the_son() -> None:
    found = compare("Salman bin Rashid al-Masri", "Rashid bin Salman al-Masri")
    assert not found
    assert "father in one name and the child in the other" in found.reasons[0]


def test_single_names_are_ranked_by_sound() -> None:
    assert compare("Roosevelt", "روزفلت").score > compare("Roosevelt", "رستم").score > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haddad, Omar", "Omar Haddad"),
        ("Omar Haddad", "Haddad Omar"),
        ("محمد حسين", "Mohammad Hussein"),
        ("Acme Trading Ltd", "Acme Tradng"),
    ],
)
def test_the_order_of_the_two_does_not_count(one: str, other: str) -> None:
    assert compare(one, other).score == pytest.approx(compare(other, one).score, abs=0.06)


@pytest.mark.shared_data
def test_real_cases_are_judged_as_claimed(shared_data: Path) -> None:
    with (shared_data / "names" / "nomenklatura_name_bench_cases.csv").open("r", -1, "utf-8") as f:
        rows = list(csv.DictReader(f))
    said = [bool(compare(row["name1"], row["name2"])) for row in rows]
    right = [row["is_match"] == "true" for row in rows]
    both = sum(s and r for s, r in zip(said, right, strict=True))
    assert 2 * both / (sum(said) + sum(right)) >= 0.85
