"""Rows keep their numbers: of CSV, Excel and OpenDocument, blank ones counted, long tables cut."""

from __future__ import annotations

import pytest

from amparo.extract import sections
from amparo.extract.readers import office, text
from amparo.extract.reading import Rows
from tests.extract.builders import odf, pages_of, read_with, xlsx

ODS = """<table:table table:name="Pay">
<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>twice</text:p>
</table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>last</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>
</table:table>"""


def test_csv() -> None:
    (page,) = pages_of(read_with(text, b'name;paid\n\nRosa;5\n"two\nlines";6\n', "pay.csv"))
    assert page.rows == Rows("", (1, 3, 4))
    assert page.text.split("\n") == ["name\tpaid", "Rosa\t5", "two lines\t6"]


def test_excel() -> None:
    rows = (
        '<row r="3"><c r="A3"><v>5</v></c></row><row><c><v>6</v></c></row>'
        '<row r="9"><c r="B9"><v>7</v></c></row>'
    )
    page = pages_of(read_with(office, xlsx(rows), "pay.xlsx"))[0]
    assert page.rows == Rows("Payments", (3, 4, 9))
    assert page.text.split("\n") == ["5", "6", "\t7"]


def test_opendocument() -> None:
    page = pages_of(read_with(office, odf("spreadsheet", ODS), "pay.ods"))[0]
    assert page.rows == Rows("Pay", (4, 5, 6))
    assert page.text.split("\n") == ["twice", "twice", "last"]


@pytest.mark.parametrize("lines", [1, 5_000, 20_001])
def test_a_long_table_is_cut_without_losing_count(lines: int) -> None:
    words = "\n".join(f"row {number}" for number in range(1, lines + 1))
    pages = list(sections.pages([("Pay", words, Rows("Pay", tuple(range(1, lines + 1))))]))
    numbered = [
        (line, row)
        for page in pages
        for line, row in zip(page.text.split("\n"), page.rows.numbers, strict=True)
    ]
    assert numbered == [(f"row {number}", number) for number in range(1, lines + 1)]
    assert all(len(page.text) <= sections.LONGEST for page in pages)


def test_an_empty_sheet_has_a_page_and_no_rows() -> None:
    (page,) = sections.pages([("Pay", "", Rows("Pay", ()))])
    assert (page.text, page.rows, page.label) == ("", Rows("Pay", ()), "Pay")
