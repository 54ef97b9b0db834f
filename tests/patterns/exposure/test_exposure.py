"""Acts by unit and up the chain of command, as it was then."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.exposure import chain, exposed
from amparo.patterns.tables import Records

UNITS = Records.of(
    ["unit", "above", "from", "to"],
    [
        ("1st Company", "2nd Battalion", "2019", "2020-06"),
        ("1st Company", "3rd Battalion", "2020-07", ""),
        ("2nd Battalion", "Division", "", ""),
        ("3rd Battalion", "Division", "", ""),
    ],
)
ACTS = Records.of(
    ["victim", "unit", "date"],
    [
        ("V1", "1st Company", "2020-01-02"),
        ("V1", "1st Company", "2020-06"),
        ("V2", "1st Company", "2020"),
        ("V3", "1st Company", "2021-05"),
        ("V4", "2nd Battalion", "2020"),
        ("V5", "Militia", "2020"),
        ("V6", "", "2020"),
        ("V7", "1st Company", ""),
    ],
)


def lines(counted: str = "act"):  # type: ignore[no-untyped-def]
    found = exposed(ACTS, chain(UNITS), unit="unit", when="date", counted=counted)
    return {line.unit: line for line in found.lines}


def test_each_act_goes_up_the_chain_of_its_day() -> None:
    seen = lines()
    assert seen["1st Company"].own == (1, 2, 3, 4, 8)
    assert seen["2nd Battalion"].own == (5,)
    assert seen["2nd Battalion"].under == (1,)
    assert seen["3rd Battalion"].under == (4,)


def test_what_a_date_leaves_open_is_perhaps() -> None:
    """June 2020 may be before or after the end of a post that ended in June; a year, or no date,
    may be on either side."""
    assert lines()["2nd Battalion"].perhaps == (2, 3, 8)
    assert lines()["3rd Battalion"].perhaps == (3, 8)


def test_the_unit_of_counting_is_kept() -> None:
    assert lines("victim")["1st Company"].counts[0] == 4
    assert lines("act")["1st Company"].counts[0] == 5


def test_units_outside_the_chain_and_rows_without_one_are_told() -> None:
    found = exposed(ACTS, chain(UNITS), unit="unit", when="date")
    assert found.unknown == (("Militia", (6,)),)
    assert (found.nobody, found.undated) == ((7,), (8,))


def test_a_circle_is_refused_by_name() -> None:
    rows = [("A", "B"), ("B", "C"), ("C", "A")]
    with pytest.raises(UsageError, match="A → B → C → A"):
        chain(Records.of(["unit", "above"], rows))
