"""No cell of a table to take away becomes a formula."""

import pytest

from amparo.base.sheets import cell, row_of, write


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_becomes_text(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "expected"), [("A. v. State", "A. v. State"), (None, ""), (7, "7")]
)
def test_everything_else_stays(value: object, expected: str) -> None:
    assert cell(value) == expected


def test_a_row_guards_each_cell() -> None:
    assert row_of("a", "=b") == ["a", "'=b"]


def test_a_sheet_opens_in_any_script_and_guards_each_row() -> None:
    table = write(["name"], [["محمد"], ["=1"], ['a, "b"']])
    assert table.decode("utf-8-sig") == 'name\r\nمحمد\r\n\'=1\r\n"a, ""b"""\r\n'
    assert table.startswith(b"\xef\xbb\xbf")
