"""What people type is understood as it was meant, or asked back."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.interviews.answers import UNKNOWN
from amparo.interviews.kinds import LONGEST, understood


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Al‑Khatib \n Leïla ", "Al‑Khatib Leïla"),
        ("text", "أمل\u200fتلمارين", "أمل\u200fتلمارين"),
        ("long", "one\r\ntwo", "one\ntwo"),
        ("date", "March 2021", "2021-03"),
        ("date", "about 1990", "1990~"),
        ("date", "29 February 2024", "2024-02-29"),
        ("until", "الآن", "present"),
        ("until", "2021-09", "2021-09"),
        ("yes_no", "Sí", "yes"),
        ("yes_no", "нет", "no"),
        ("number", "٣", "3"),
        ("a_number", "A 12 345 678", "A012345678"),
        ("ssn", "000120014", "000-12-0014"),
        ("email", "a@example.org", "a@example.org"),
        ("phone", "+380 44 000 00 14", "+380 44 000 00 14"),
    ],
)
def test_an_answer_is_understood(kind: str, typed: str, kept: str) -> None:
    assert understood(kind, [typed]) == (kept,)


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("date", "3/4/2020", "two ways"),
        ("date", "29 February 2023", "2023"),
        ("yes_no", "perhaps", "yes or no"),
        ("number", "two", "digits"),
        ("a_number", "123", "seven to nine"),
        ("ssn", "12-34", "nine digits"),
        ("email", "nobody", "name@example.org"),
        ("phone", "call me", "digits"),
        ("text", "x" * (LONGEST + 1), "characters"),
    ],
)
def test_what_cannot_be_understood_is_asked_back(kind: str, typed: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        understood(kind, [typed])


def test_choices_are_those_that_were_offered() -> None:
    assert understood("choices", ["race", "religion", "race"], ("race", "religion")) == (
        "race",
        "religion",
    )
    with pytest.raises(UsageError, match="none of the choices"):
        understood("choice", ["blue"], ("red",))


def test_nothing_is_no_answer() -> None:
    assert understood("date", ["", "  "]) == ()
    assert understood("choice", [""], ("red",)) == ()


def test_one_question_takes_one_answer() -> None:
    with pytest.raises(UsageError, match="one answer"):
        understood("text", ["a", "b"])


@pytest.mark.parametrize("kind", ["text", "date", "yes_no", "number", "choice", "long"])
@pytest.mark.parametrize("typed", ["I don’t know", "No sé", "لا أعرف", "не знаю", "unknown"])
def test_who_does_not_know_may_say_so(kind: str, typed: str) -> None:
    assert understood(kind, [typed], ("red",)) == (UNKNOWN,)
