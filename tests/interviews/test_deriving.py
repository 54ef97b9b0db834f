"""What follows from answers: nobody is asked twice, and what was said is never replaced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amparo.base.errors import UsageError
from amparo.interviews.deriving import derived, parse_rules
from tests.interviews.builders import said

TODAY = date(2026, 11, 22)


def follows(**answers: Any) -> dict[str, str]:
    given = said(**answers)
    return {q: each.text for q, each in derived(given, TODAY).items() if q not in given}


def test_children_are_counted() -> None:
    found = follows(
        children__any="yes", children__1__name__given="Yusuf", children__3__name__given="Mariam"
    )
    assert found["children.count"] == "2"
    assert "children.count" not in follows(children__any="no")


def test_who_is_not_married_has_no_spouse() -> None:
    assert follows(applicant__marital_status="widowed")["spouse.none"] == "yes"
    assert "spouse.none" not in follows(applicant__marital_status="married")


def test_one_address_is_written_twice() -> None:
    found = follows(applicant__mailing_is_home="yes", applicant__home__street="5 Rowan Street")
    assert found["applicant.mailing.street"] == "5 Rowan Street"


def test_what_was_said_wins() -> None:
    given = said(
        applicant__mailing_is_home="yes",
        applicant__home__street="5 Rowan Street",
        applicant__mailing__street="Box 9",
    )
    assert derived(given, TODAY)["applicant.mailing.street"].text == "Box 9"


def test_names_are_put_together_for_forms_that_want_one_text() -> None:
    found = follows(
        applicant__other_names__1__name__given="Amal",
        applicant__other_names__1__name__family="Haroun",
        applicant__other_names__2__name__family="Talmarina",
        siblings__1__name__given="Mohammad",
        siblings__1__name__family="Talmarin",
        siblings__1__birth__city="Sorvin",
        siblings__1__birth__country="Marenia",
    )
    assert found["applicant.other_names"] == "Amal Haroun; Talmarina"
    assert found["siblings.1.name"] == "Mohammad Talmarin"
    assert found["siblings.1.birth_place"] == "Sorvin, Marenia"


def test_a_category_is_taken_apart() -> None:
    found = follows(work_permit__category="c8")
    assert (found["i765.category.first"], found["i765.category.second"]) == ("c", "8")


@pytest.mark.parametrize(
    ("answers", "petitioner", "beneficiary"),
    [
        ({"client_is": "petitioner", "relation": "spouse"}, "Amal", "Nabil"),
        ({"client_is": "beneficiary", "relation": "spouse"}, "Nabil", "Amal"),
        ({"client_is": "petitioner", "relation": "child", "which": "2"}, "Amal", "Salma"),
        ({"client_is": "beneficiary", "relation": "parent", "which": "2"}, "Salma", "Amal"),
        ({"client_is": "petitioner", "relation": "parent", "parent": "mother"}, "Amal", "Umm"),
        ({"client_is": "beneficiary", "relation": "child", "parent": "mother"}, "Umm", "Amal"),
        ({"client_is": "petitioner", "relation": "sibling", "which": "1"}, "Amal", "Mohammad"),
    ],
)
def test_the_family_is_described_once(
    answers: dict[str, str], petitioner: str, beneficiary: str
) -> None:
    found = follows(
        applicant__name__given="Amal",
        spouse__name__given="Nabil",
        children__1__name__given="Yusuf",
        children__2__name__given="Salma",
        mother__name__given="Umm",
        siblings__1__name__given="Mohammad",
        **{f"petition__{name}": value for name, value in answers.items()},
    )
    assert found["petitioner.name.given"] == petitioner
    assert found["beneficiary.name.given"] == beneficiary


def test_nothing_follows_from_what_is_kept_apart() -> None:
    rules = parse_rules(
        [
            {"copy": "safe.address", "to": "applicant.mailing"},
            {"question": "x", "join": ["safe.address.street"]},
            {"question": "y", "of": "safe.address.street", "table": {"7 Hidden Lane": "z"}},
        ]
    )
    given = said(safe__address__street="7 Hidden Lane")
    assert set(derived(given, TODAY, rules)) == set(given)


@pytest.mark.parametrize(
    "wrong", [{}, [{"question": "a", "copy": "b"}], [{"strange": 1}], ["a"], [{"says": "x"}]]
)
def test_wrong_rules_are_refused(wrong: Any) -> None:
    with pytest.raises(UsageError):
        parse_rules(wrong)
