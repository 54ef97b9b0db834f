"""Rows in the order that a reader expects."""

from __future__ import annotations

import pytest

from amparo.extract.rows import Row, has_head, in_order, letters, sort_key


def rows(*cells: str) -> list[Row]:
    return [Row(number, (cell,), 1) for number, cell in enumerate(cells, 1)]


def cells(found: list[Row]) -> list[str]:
    return [row.cell(0) for row in found]


def test_numbers_days_words_blanks() -> None:
    found = in_order(rows("b", "", "10", "2021-03-04", "9", "Á", "2020-12-31"), 0)
    assert cells(found) == ["9", "10", "2020-12-31", "2021-03-04", "Á", "b", ""]


def test_blanks_stand_last_either_way() -> None:
    assert cells(in_order(rows("1", "", "2"), 0, descending=True)) == ["2", "1", ""]


def test_equal_rows_keep_their_order() -> None:
    assert [row.number for row in in_order(rows("x", "X", "x"), 0)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1 234,5", 1234.5), ("-7", -7), ("12 %", 12),
        ("€ 5", 5), ("5 USD", 5), ("3e2", 300), ("0,5", 0.5),
    ],
)  # fmt: skip
def test_numbers(text: str, number: float) -> None:
    assert sort_key(text) == (0, number, "")


@pytest.mark.parametrize("text", ["1.2.3", "12/5", "A-12", "--5", "1,2,3"])
def test_what_is_no_number_is_words(text: str) -> None:
    assert sort_key(text)[0] == 2


def test_a_head_is_words_that_differ() -> None:
    def table(*lines: tuple[str, ...]) -> list[Row]:
        return [Row(number, line, 1) for number, line in enumerate(lines, 1)]

    assert has_head(table(("name", "paid"), ("Rosa", "5")))
    assert not has_head(table(("Rosa", "5"), ("Leo", "6")))
    assert not has_head(table(("name", "name"), ("Rosa", "5")))
    assert not has_head(table(("name", "paid")))


def test_letters() -> None:
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
