"""Names out of columns: what is a rank or a number is no name, and short forms are known."""

from __future__ import annotations

import pytest

from amparo.linkage.records.naming import names
from amparo.linkage.records.sheets import from_rows


def made(**cells: str) -> dict[str, str | None]:
    table = from_rows("x", tuple(cells), [list(cells.values())]).table
    said = names({role: table.column(role) for role in cells})
    return {role: column.to_pylist()[0] for role, column in said.items()}


@pytest.mark.parametrize(
    ("given", "family", "name", "found"),
    [
        ("Sir", "Temple", "Sir William Temple", ("william", "temple")),
        ("Sir", "Temple", "Sir Temple", (None, "temple")),
        ("2nd", "Bt.", "2nd Henry Burn Bt.", ("henry", "burn")),
        ("Nadia", "", "Nadia", ("nadia", None)),
        ("Nadia", "II", "", ("nadia", None)),
        ("Lady", "Moreno", "", ("lady", "moreno")),
        ("Jack", "Lord", "Jack Lord", ("jack", "lord")),
        ("", "Haddad", "Omar Haddad", ("omar", "haddad")),
    ],
)
def test_ranks_and_numbers_are_no_names(given, family, name, found) -> None:
    said = made(given=given, family=family, name=name)
    assert (said["given"], said["family"]) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Captain Omar Haddad", ("omar", "haddad")),
        ("Lord Moreno", ("lord", "moreno")),
        ("Lev Petrov Jr.", ("lev", "petrov")),
    ],
)
def test_a_whole_name_keeps_two_words(name, found) -> None:
    said = made(name=name)
    assert (said["given"], said["family"]) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bill", "william", True),
        ("Bill", "willy", True),
        ("Саша", "aleksandr", True),
        ("Bill", "walter", False),
    ],
)
def test_forms_of_one_name_are_known(one: str, other: str, same: bool) -> None:
    assert (f" {other} " in (made(given=one)["given_forms"] or "")) is same


def test_a_name_without_forms_says_nothing_of_them() -> None:
    assert made(given="Qwerty")["given_forms"] is None
