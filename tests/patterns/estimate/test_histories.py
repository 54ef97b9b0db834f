"""Capture histories from files as people send them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.patterns.estimate.checks import check
from amparo.patterns.estimate.histories import (
    Table,
    from_csv,
    from_frame,
    from_records,
    from_rows,
    list_columns,
)
from amparo.patterns.tables import Records

TABLES = st.builds(
    lambda counts: Table(("a", "b", "c"), {h: n for h, n in counts.items() if n}),
    st.dictionaries(st.integers(1, 7), st.integers(0, 50), min_size=1),
)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "lists.csv"
    file.write_text(text, encoding="utf-8-sig")
    return file


@pytest.mark.parametrize(
    "text",
    [
        "police,press,n\n1,0,5\n0,1,3\n1,1,2\n",
        "police,press\n" + "1,0\n" * 5 + "0,1\n" * 3 + "1,1\n1,1\n",
    ],
)
def test_counted_or_a_row_each(tmp_path: Path, text: str) -> None:
    table = from_csv(written(tmp_path, text))
    assert table == Table(("police", "press"), {1: 5, 2: 3, 3: 2})
    assert table.list_sizes == {"police": 7, "press": 5}
    assert table.overlap(0, 1) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty"),
        ("one,n\n1,3\n", "There is 1 list"),
        ("a,b,n\n1,0,-1\n", "Row 1: the count is -1"),
        ("a,b,n\n1,0,1.5\n", "Line 2: '1.5' is not a whole number"),
        ("a,b,n\n1,2,1\n", "Row 1: a list holds 0 or 1"),
        ("a,b,n\n0,0,4\n", "Row 1: it stands on no list"),
        ("a,b,n\n1,0\n", "Line 2: it has 2 columns"),
        ("a,b,n\n1,,4\n", "Line 2: '' is not a whole number"),
        ("a,b,n\n1,yes,4\n", "Line 2: 'yes' is not a whole number"),
        ("a,a,n\n1,0,1\n", "same name"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        from_csv(written(tmp_path, text))


class Frame:
    """What pandas and polars have in common."""

    def __init__(self, **columns: list[object]) -> None:
        self.values = columns
        self.columns = list(columns)

    def __getitem__(self, name: str) -> list[object]:
        return self.values[name]


def test_a_frame_is_read_like_a_file() -> None:
    table = from_frame(Frame(police=[1, 0, True], press=[0, 1, 1.0], n=[5, 3, 2]))
    assert table == Table(("police", "press"), {1: 5, 2: 3, 3: 2})
    with pytest.raises(UsageError, match="Line 1: 'None' is not"):
        from_frame(Frame(police=[None], press=[1]))


def test_as_spreadsheets_write_it(tmp_path: Path) -> None:
    table = from_csv(written(tmp_path, "police;press;Freq\n1.0;0.0;5.0\n1;1;2\n"))
    assert table == Table(("police", "press"), {1: 5, 3: 2})


def test_repeated_histories_are_added_and_told_of(tmp_path: Path) -> None:
    table = from_csv(written(tmp_path, "a,b,n\n1,0,30\n0,1,30\n1,0,9\n1,1,8\n"))
    assert (table.counts[1], table.repeated) == (39, 1)
    assert "repeated-history" in {finding.code for finding in check(table)}


def test_headers_in_any_script(tmp_path: Path) -> None:
    assert from_csv(written(tmp_path, "شرطة,Пресса,n\n1,1,2\n")).lists == ("شرطة", "Пресса")


def test_twenty_one_lists_have_no_full_table() -> None:
    rows = [([1] * 21, 1)]
    with pytest.raises(UsageError, match="too many cells"):
        _ = from_rows([f"list {i}" for i in range(21)], rows).cells


@given(TABLES)
def test_within_a_list_the_truth_is_its_size(table: Table) -> None:
    inside = table.within(0)
    only_there = table.counts.get(1, 0)
    assert inside.documented + only_there == table.list_sizes["a"]


@given(TABLES)
def test_captures_count_everyone_once(table: Table) -> None:
    assert table.captures.sum() == table.documented


def test_chosen_columns_of_a_file_with_names(tmp_path: Path) -> None:
    file = tmp_path / "lists.csv"
    file.write_text("who,church,press,n\nA,1,0,3\nB,1,1,2\nC,0,1,4\n", "utf-8")
    assert from_csv(file, ("church", "press")) == Table(("church", "press"), {1: 3, 3: 2, 2: 4})
    with pytest.raises(UsageError, match="no column 'police'"):
        from_csv(file, ("church", "police"))


def test_records_give_their_lists_and_their_table() -> None:
    names = ("who", "church", "press", "n")
    records = Records.of(
        names, [("A", "1", "0", "3"), ("B", "1", "1", "2"), ("C", "true", "0", "4")]
    )
    assert list_columns(records) == ("church", "press")
    assert from_records(records, ("church", "press"), "n").counts == {1: 7, 3: 2}
    assert from_records(records, ("church", "press")).counts == {1: 2, 3: 1}


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([("1", "0"), ("0", "0")], "Row 2: it stands on no list"),
        ([("1", "0"), ("1", "")], "Row 2: '' is not a whole number"),
        ([("1", "2")], "Row 1: a list holds 0 or 1"),
    ],
)
def test_a_fault_in_records_names_its_row(rows: list[tuple[str, str]], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        from_records(Records.of(("a", "b"), rows), ("a", "b"))
