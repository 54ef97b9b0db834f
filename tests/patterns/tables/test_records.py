"""Reading records: encodings, separators, workbooks, and what is wrong with the rest."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.tables import Records, cross, read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_common_csv(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(separator.join(("сутність", "рік")) + "\nА,Б".replace(",", separator), encoding)
    records = read(path)
    assert list(records.columns) == ["сутність", "рік"]
    assert records.row(1) == {"сутність": "А", "рік": "Б"}


def test_a_workbook_of_office(tmp_path: Path, workbook: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook)
    records = read(path)
    assert records.row(1) == {"year": "2021", "date": "2021-03-05", "who": "Guard"}
    assert cross(records, rows="month", unit="row").row_labels == ("2021-03",)
    with pytest.raises(UsageError, match="no sheet 'Other'"):
        read(path, sheet="Other")


def test_a_frame(tmp_path: Path) -> None:
    frame = pd.DataFrame({"year": [1890, 1890, None], "who": ["a", None, "a"]})
    records = Records.of_frame(frame)
    assert cross(records, rows="who", unit="row").row_totals == (2, 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no rows"),
        (b"a,,c\n1,2,3\n", "Column 2 has no name"),
        (b"a,A\n1,2\n", "names of their own"),
        (b"a,b\n1,2,3\n", "Row 2 has 3 cells"),
        ("рік\n1\n".encode("cp1251"), "not in UTF-8"),
        (b"PK\x03\x04 not a workbook", "workbook cannot be read"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=says):
        read(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("age", "ten", "adult"),
    [
        ("0", "0–9", "under 18"), ("17", "10–19", "under 18"), ("18.0", "10–19", "18 and over"),
        ("90", "90+", "18 and over"), ("about 30", None, None),
        ("130", None, None), ("", None, None),
    ],
)  # fmt: skip
def test_an_age_gives_its_group_and_nothing_is_guessed(
    age: str, ten: str | None, adult: str | None
) -> None:
    records = Records.of(["Age"], [(age,), ("44",)])
    assert records.column("age:ten").word(0) == ten
    assert records.column("age:adult").word(0) == adult


def test_a_group_of_ages_needs_its_column() -> None:
    with pytest.raises(UsageError, match="no column 'ten'"):
        Records.of(["age"], [("44",)]).column("ten")
