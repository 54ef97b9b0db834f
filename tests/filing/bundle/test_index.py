"""The index as people send it: read whatever spreadsheet wrote it, wrong rows named."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.filing.bundle.index import BadIndex, fill_tabs, read_index
from amparo.filing.bundle.profiles import load

HEADER = "tab,file,description,date\n"


def problems(text):
    with pytest.raises(BadIndex) as caught:
        read_index(text.encode() if isinstance(text, str) else text)
    return [(problem.row, problem.says) for problem in caught.value.problems]


def test_reads_rows_in_order():
    rows = read_index((HEADER + "A,a.pdf,A letter,2021-03\nB,b.pdf,A photograph,\n").encode())
    assert [(row.row, row.tab, row.file, row.description) for row in rows] == [
        (2, "A", "a.pdf", "A letter"),
        (3, "B", "b.pdf", "A photograph"),
    ]
    assert rows[0].date.text == "2021-03"
    assert rows[1].date is None


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + "A,é.pdf,شهادة محمد,1999?\n").encode("utf-8-sig"),
        (HEADER + "A,é.pdf,شهادة محمد,1999?\n").encode("utf-16"),
        HEADER.replace(",", ";").encode() + "A;é.pdf;شهادة محمد;1999?\r\n".encode(),
        HEADER.replace(",", "\t").encode() + "A\té.pdf\tشهادة محمد\t1999?\n".encode(),
        "Date,Description,File,Tab\n1999?,شهادة محمد,é.pdf,A\n".encode(),
        (HEADER + '"A","é.pdf","شهادة\nمحمد","1999?"\n\n,,,\n').encode(),
    ],
    ids=["bom", "utf-16", "semicolons", "tabs", "other order", "quoted lines"],
)
def test_takes_what_spreadsheets_write(data):
    (row,) = read_index(data)
    assert (row.tab, row.file, row.description) == ("A", "é.pdf", "شهادة محمد")
    assert row.date.uncertain


def test_a_month_stays_a_month():
    (row,) = read_index((HEADER + "A,a.pdf,x,March 2021\n").encode())
    assert row.date.text == "2021-03"


def test_every_wrong_row_is_named_at_once():
    text = HEADER + "A,,x,\nB,b.pdf,,\nC,c.pdf,x,03/04/2021\nA,d.pdf,x,\n" + "E,e.pdf,x,someday\n"
    found = problems(text)
    assert [row for row, _ in found] == [2, 2, 3, 4, 5, 6]
    assert "No file is named." in found[0][1] + found[1][1]
    assert "two ways" in found[3][1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'tab' is missing"),
        ("file,description\n", "'tab' is missing"),
        ("tab,description\n", "'file' is missing"),
        (HEADER, "no exhibits"),
        (HEADER + f"A,a.pdf,{'x' * 2001},\n", "2001 characters"),
        (HEADER + "ABCDEFGHIJKLM,a.pdf,x,\n", "longer than 12"),
        ((HEADER + "A,a.pdf,é,\n").encode("latin-1"), "not in UTF-8"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(text, says):
    assert says in problems(text)[0][1]


def test_empty_tabs_get_the_next_that_is_free():
    assert fill_tabs(["", "B", "", "x", ""], load("eoir").tabs) == ("A", "B", "C", "x", "D")
    assert fill_tabs(["", "2", ""], load("uscis").tabs) == ("1", "2", "3")


def test_letters_go_on_after_z():
    assert fill_tabs([""] * 54, load("eoir").tabs)[25:28] == ("Z", "AA", "AB")
    assert fill_tabs([""] * 703, load("eoir").tabs)[-1] == "AAA"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_explained(data):
    with contextlib.suppress(BadIndex):
        assert read_index(data)
