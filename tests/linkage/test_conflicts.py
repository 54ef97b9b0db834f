"""Who may decide on a hit, and how several stand together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from amparo.linkage.conflicts import (
    Decided,
    Seat,
    Standing,
    best_alike,
    may_decide,
    pair_of,
    standing_of,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CLEARED = Decided(Standing.CLEARED, "R. Ortega", NOW)
DECLARED = Decided(Standing.DECLARED, "R. Ortega", NOW)


@pytest.mark.parametrize(
    ("seat", "disclosed", "may"),
    [
        (Seat(sees_asking=True, sees_found=True, reviews=True), False, True),
        (Seat(sees_asking=False, sees_found=True, reviews=True), False, False),
        (Seat(sees_asking=False, sees_found=True, reviews=True), True, True),
        (Seat(sees_asking=True, sees_found=False, reviews=True), True, False),
        (Seat(sees_asking=True, sees_found=True, reviews=False), True, False),
        (Seat(sees_asking=False, sees_found=True, reviews=True, walled=True), True, False),
    ],
)
def test_who_decides(seat: Seat, disclosed: bool, may: bool) -> None:
    assert may_decide(seat, disclosed=disclosed) is may


def test_several_stand_as_the_worst_of_them() -> None:
    assert standing_of([CLEARED, None, DECLARED]) is Standing.OPEN
    assert standing_of([CLEARED, DECLARED]) is Standing.DECLARED
    assert standing_of([CLEARED]) is Standing.CLEARED
    assert standing_of([]) is Standing.CLEARED


def test_a_decision_holds_while_both_names_stay() -> None:
    one = pair_of("m", "Omar Haddad", "p", "عمر حداد")
    assert one == pair_of("m", "OMAR  HADDAD", "p", "عمر حداد")
    assert one != pair_of("m", "Omar Hadad", "p", "عمر حداد")
    assert one != pair_of("n", "Omar Haddad", "p", "عمر حداد")


def test_the_nearest_spelling_is_taken() -> None:
    found = best_alike(["Omar Haddad"], ["Lina Saleh", "عمر حداد"])
    assert found is not None
    assert found.spelling == "عمر حداد"
    assert best_alike(["Omar Haddad"], ["Lina Saleh"]) is None
