"""Each comparison of two parts by itself: what it sees, and of what it says nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.linkage.names import parse
from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.comparisons import agree
from amparo.linkage.names.comparisons.distinct import distinct
from amparo.linkage.names.comparisons.families import of_one_family
from amparo.linkage.names.comparisons.initials import initial
from amparo.linkage.names.comparisons.numbers import numbers
from amparo.linkage.names.comparisons.same import same
from amparo.linkage.names.comparisons.short_forms import forms_of, short_form
from amparo.linkage.names.comparisons.slips import slip
from amparo.linkage.names.comparisons.sounds import alike_in_sound
from amparo.linkage.names.comparisons.wholes import written_together
from amparo.linkage.names.parsing import Kind, Part

Comparison = Callable[[Part, Part], Agreement | None]


def part(text: str, kind: Kind = Kind.NAME) -> Part:
    return Part.of(text, kind)


SEEN = [
    (same, "Kovács", "kovacs"),
    (same, "Ольга", "Olga"),
    (same, "習近平", "习近平"),
    (of_one_family, "Mehmet", "محمد"),
    (of_one_family, "Ivan", "Juan"),
    (short_form, "Misha", "Михаил"),
    (short_form, "Pepe", "José"),
    (short_form, "Bill", "William"),
    (short_form, "Hamoudi", "Mohammad"),
    (alike_in_sound, "Qaddafi", "القذافي"),
    (alike_in_sound, "Zelensky", "Зеленский"),
    (alike_in_sound, "バラク", "Barack"),
    (slip, "Lindenberg", "Lindenburg"),
    (slip, "Sech1n", "Sechin"),
    (slip, "Asasd", "Assad"),
]
UNSEEN = [
    (same, "Anna", "Hanna"),
    (of_one_family, "Anna", "Olga"),
    (short_form, "Sasha", "Misha"),
    (alike_in_sound, "Olga", "Oleg"),
    (alike_in_sound, "محمود", "Mohammad"),
    (alike_in_sound, "김종은", "김정은"),
    (slip, "Ali", "Alf"),
    (slip, "Castillo", "Castro"),
    (slip, "习近朋", "习近平"),
    (numbers, "Anna", "Olga"),
    (initial, "Anna", "Olga"),
]


@pytest.mark.parametrize(("comparison", "one", "other"), SEEN)
def test_what_it_sees(comparison: Comparison, one: str, other: str) -> None:
    for a, b in ((one, other), (other, one)):
        found = comparison(part(a), part(b))
        assert found is not None
        assert 0.6 < found.score <= 1
        assert found.said.endswith(".")


@pytest.mark.parametrize(("comparison", "one", "other"), UNSEEN)
def test_of_what_it_says_nothing(comparison: Comparison, one: str, other: str) -> None:
    assert comparison(part(one), part(other)) is None


def test_a_short_form_of_two_names_does_not_join_them() -> None:
    assert short_form(part("Alexander"), part("Alexandra")) is None
    assert {"alexander", "alexandra"} <= forms_of(part("Саша"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassan", "حسين"),
        ("محمود", "Mohammad"),
        ("Oleg", "Ольга"),
        ("Salem", "سليم"),
        ("Amin", "Amir"),
    ],
)
def test_names_that_sound_alike_and_are_two(one: str, other: str) -> None:
    found = distinct(part(one), part(other))
    assert found is not None
    assert found.score == 0
    assert agree(part(one), part(other)) is None


def test_initials_stand_for_a_name_or_against_it() -> None:
    assert initial(part("M", Kind.INITIAL), part("Maria")) == Agreement(
        0.8, "M may stand for “Maria”."
    )
    against = initial(part("B", Kind.INITIAL), part("Maria"))
    assert against is not None
    assert against.score == 0


def test_numbers_are_the_same_or_not() -> None:
    same_number = numbers(part("44", Kind.NUMBER), part("44", Kind.NUMBER))
    other = numbers(part("44", Kind.NUMBER), part("45", Kind.NUMBER))
    assert [each.score for each in (same_number, other) if each] == [1, 0]


def test_names_written_together() -> None:
    assert written_together(parse("AnnaKovacs"), parse("Anna Kovács")) is not None
    assert written_together(parse("Friedrichbuchenberg"), parse("Fridrich Buchenberg")) is not None
    assert written_together(parse("Brigade44"), parse("Brigade 44")) is None
    assert written_together(parse("Lina Saleh"), parse("Omar Haddad")) is None
