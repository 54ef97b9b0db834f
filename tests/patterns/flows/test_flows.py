"""What followed what, in the order that dates certainly have."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.flows import flows
from amparo.patterns.tables import Records

HEADS = ["person", "act", "date"]


def told(*rows: tuple[str, str, str]) -> Records:
    return Records.of(HEADS, rows)


def found(*rows: tuple[str, str, str]):  # type: ignore[no-untyped-def]
    return flows(told(*rows), who="person", what="act", when="date")


def test_steps_count_persons_and_days() -> None:
    seen = found(
        ("A", "transfer", "2021-01-11"), ("A", "arrest", "2021-01-01"),
        ("B", "arrest", "2021-03-01"), ("B", "transfer", "2021-03-05"),
        ("C", "arrest", "2021-03-01"),
    )  # fmt: skip
    (step,) = seen.steps
    assert (step.before, step.after, step.people, step.days) == ("arrest", "transfer", 2, 7)
    assert (seen.people, seen.once) == (3, 1)
    assert step.rows == (1, 2, 3, 4)
    assert seen.paths[0].people == ("A", "B")


def test_no_order_is_made_up() -> None:
    seen = found(
        ("A", "arrest", "2021-03"), ("A", "killing", "2021-03-12"),
        ("B", "arrest", "2021-02"), ("B", "killing", "2021-03-12"),
    )  # fmt: skip
    assert seen.unordered == (1, 2)
    assert [(step.before, step.people, step.days) for step in seen.steps] == [("arrest", 1, None)]
    assert [path.people for path in seen.paths] == [("B",)]


def test_the_order_is_asked_by_the_sign_test() -> None:
    rows = [
        row
        for n in range(10)
        for row in ((f"P{n}", "arrest", "2021-01-01"), (f"P{n}", "killing", "2021-02-01"))
    ]
    (step,) = found(*rows).steps
    assert step.p == pytest.approx(2 / 2**10)  # all ten the one way round


def test_rows_without_date_or_name_are_told() -> None:
    seen = found(
        ("A", "arrest", "2021"), ("A", "killing", "2022"),
        ("", "arrest", "2021"), ("B", "arrest", "?"),
    )  # fmt: skip
    assert (seen.nobody, seen.undated) == ((3,), (4,))


def test_without_two_acts_nothing_follows() -> None:
    with pytest.raises(UsageError, match="nothing follows"):
        found(("A", "arrest", "2021"), ("B", "arrest", "2021"))
