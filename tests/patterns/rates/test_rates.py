"""Rates per people, beside what was published."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.rates import populations, rates, standardised
from amparo.patterns.tables import Records

# Down's syndrome by the mother's age, first births, Michigan 1950–64: J. Fleiss (1981), p. 249.
COUNTS = [107, 141, 60, 40, 39, 25]
BIRTHS = [230061, 329449, 114920, 39487, 14208, 3052]
STANDARD = [319933, 931318, 786511, 488235, 237863, 61313]


def test_the_gamma_interval_of_fay_and_feuer() -> None:
    """Table 1 of Statistics in Medicine 16 (1997) as R's epitools computes it."""
    found = standardised(COUNTS, BIRTHS, STANDARD, per=1)
    told = (found.crude, found.rate, found.lower, found.upper)
    published = (0.000563475054603742, 0.000923045255331994, 0.000804417498507042)
    assert told == pytest.approx((*published, 0.001057633457492612), rel=1e-9)


def test_none_counted_has_an_upper_limit() -> None:
    found = standardised([0, 0], [1000, 1000], [1, 1], per=1000)
    assert (found.rate, found.lower) == (0, 0)
    assert found.upper > 1


@pytest.mark.parametrize("people", [[1000], [0, 1000], [-5, 10]])
def test_people_must_be_people(people: list[float]) -> None:
    with pytest.raises(UsageError):
        standardised([1, 2], people, [1, 1])


CENSUS = Records.of(
    ["place", "population"], [("Norte", "10 000"), ("SUR", "20,000"), ("Este", 500)]
)


def test_groups_without_people_and_people_without_records_are_told() -> None:
    acts = Records.of(["place"], [("norte",)] * 30 + [("Sur",)] * 2 + [("Oeste",)])
    found = rates(
        acts, rows="place", population=populations(CENSUS, "place", "population"), unit="row"
    )
    assert [(each.label, each.count, each.rate) for each in found.rates] == [
        ("norte", 30, pytest.approx(300)),
        ("Sur", 2, pytest.approx(10)),
        ("Este", 0, 0),
    ]
    assert [each.is_unstable for each in found.rates] == [False, True, True]
    assert (found.without, found.unseen) == ((("Oeste", 1),), ("Este",))
    assert found.rows("Sur") == [31, 32]


@pytest.mark.parametrize("written", ["many", "0", "-4"])
def test_a_number_of_people_that_is_none_is_refused(written: str) -> None:
    census = Records.of(["place", "population"], [("A", written)])
    with pytest.raises(UsageError, match="no number of people"):
        populations(census, "place", "population")


def test_a_group_twice_is_refused() -> None:
    census = Records.of(["place", "population"], [("A", 4), ("A", 5)])
    with pytest.raises(UsageError, match="twice"):
        populations(census, "place", "population")


def test_tables_that_do_not_meet_are_refused() -> None:
    with pytest.raises(UsageError, match="No group"):
        rates(Records.of(["place"], [("X",)]), rows="place", population={"Y": 5.0}, unit="row")
