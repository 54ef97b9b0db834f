"""The 50 percent rule, by OFAC's own examples and with what is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.linkage.screening import Stake, Verdict, owned_by
from amparo.linkage.screening.shares import share


def stakes(*said: tuple[str, str, str]) -> list[Stake]:
    return [Stake(owner, owned, *share(percent)) for owner, owned, percent in said]


@pytest.mark.parametrize(
    ("said", "of", "verdict"),
    [
        # FAQ 401: X owns 50 % of A, A owns 50 % of B.
        ([("X", "A", "50"), ("A", "B", "50")], "B", Verdict.BLOCKED),
        # X owns 50 % of A and 10 % of B, A owns 40 % of B.
        ([("X", "A", "50"), ("X", "B", "10"), ("A", "B", "40")], "B", Verdict.BLOCKED),
        # X owns 25 % of A and of B, each of which owns 50 % of C.
        (
            [
                ("X", "A", "25"),
                ("X", "B", "25"),
                ("A", "C", "50"),
                ("B", "C", "50"),
                ("X", "C", "0"),
            ],
            "C",
            Verdict.NOT,
        ),
        # X owns 50 % of A and 10 % of B; A owns 40 % of B: and a fourth below it.
        (
            [("X", "A", "50"), ("X", "B", "10"), ("A", "B", "40"), ("B", "C", "50")],
            "C",
            Verdict.BLOCKED,
        ),
        # FAQ 399: X owns 25 % of A and Y 25 %: taken together.
        ([("X", "A", "25"), ("Y", "A", "25")], "A", Verdict.BLOCKED),
        ([("X", "A", "49.99")], "A", Verdict.NOT),
        ([("X", "A", "25-50"), ("Y", "A", "10")], "A", Verdict.PERHAPS),
        ([("X", "A", "")], "A", Verdict.PERHAPS),
        ([("X", "A", ">50")], "A", Verdict.BLOCKED),
    ],
)
def test_the_rule(said: list[tuple[str, str, str]], of: str, verdict: Verdict) -> None:
    assert owned_by(stakes(*said), {"X", "Y"})[of].verdict is verdict


def test_who_may_be_listed_leaves_it_open() -> None:
    said = stakes(("P", "A", "60"), ("A", "B", "100"))
    found = owned_by(said, set(), {"P"})
    assert found["B"].verdict is Verdict.PERHAPS
    assert found["A"].reasons == ("P holds 60 % and may be listed, or be owned by who may be.",)
    assert owned_by(said, set()) == {}


def test_owners_in_a_circle_end() -> None:
    said = stakes(("A", "B", "60"), ("B", "A", "60"), ("A", "A", "40"), ("X", "A", "30"))
    found = owned_by(said, {"X"})
    assert found["A"].verdict is Verdict.NOT
    assert found["A"].least == Decimal(30)


def test_one_holding_said_twice_is_not_two() -> None:
    said = [*stakes(("X", "A", "30"), ("X", "A", "30")), Stake("X", "A", "20", "20")]
    found = owned_by(said, {"X"})["A"]
    assert (found.verdict, found.least, found.most) == (Verdict.PERHAPS, Decimal(30), Decimal(50))


def test_a_holding_that_ended_is_said_and_not_counted() -> None:
    said = [Stake("X", "A", "60", "60", ended="2019"), *stakes(("Y", "A", "10"))]
    found = owned_by(said, {"X", "Y"})["A"]
    assert found.verdict is Verdict.NOT
    assert found.reasons[-1] == "The holding of X has ended (2019)."


def test_more_than_the_whole_is_remarked() -> None:
    found = owned_by(stakes(("X", "A", "60"), ("Z", "A", "70")), {"X"})["A"]
    assert any("more than the whole" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("51 %", ("51", "51")),
        ("33,3", ("33.3", "33.3")),
        ("25 to 50 %", ("25", "50")),
        ("more than 50", ("50", "100")),
        ("under 25", ("0", "25")),
        ("140", ("0", "100")),
        ("-3", ("0", "100")),
        ("most", ("0", "100")),
        ("NaN", ("0", "100")),
    ],
)
def test_shares_as_they_are_said(said: str, ends: tuple[str, str]) -> None:
    assert share(said) == ends


NODES = st.sampled_from("ABCDEX")


@given(st.lists(st.tuples(NODES, NODES, st.integers(0, 100)), max_size=12))
def test_more_knowledge_never_unblocks(said: list[tuple[str, str, int]]) -> None:
    every = [Stake(a, b, str(c), str(c)) for a, b, c in said]
    one = {k for k, v in owned_by(every, {"X"}).items() if v.verdict is Verdict.BLOCKED}
    two = {k for k, v in owned_by(every, {"X", "A"}).items() if v.verdict is Verdict.BLOCKED}
    assert one <= two | {"A"}
