"""Records made comparable: dates stay as inexact as they are, names meet in Latin letters."""

from __future__ import annotations

import pytest

from amparo.linkage.records.births import Births
from amparo.linkage.records.preparing import prepare
from amparo.linkage.records.roles import guess
from amparo.linkage.records.sheets import from_rows


@pytest.mark.parametrize(
    ("text", "day", "first", "last"),
    [
        ("1984-03-05", "1984-03-05", "1984-03-05", "1984-03-05"),
        ("19840305", "1984-03-05", "1984-03-05", "1984-03-05"),
        ("1984-03", None, "1984-03-01", "1984-03-31"),
        ("1984", None, "1984-01-01", "1984-12-31"),
        ("1984~", None, "1982-01-01", "1986-12-31"),
        ("1984-02-31", None, "1984-02-01", "1984-02-29"),
        ("1799-05-06", "1799-05-06", "1799-05-06", "1799-05-06"),
        ("03/04/1984", None, "1984-01-01", "1984-12-31"),
        ("unknown", None, None, None),
        ("nonsense", None, None, None),
    ],
)
def test_dates_become_intervals(text, day, first, last) -> None:
    births = Births.of_dates([text])
    assert (births.text[0], births.first[0], births.last[0]) == (day, first, last)


def test_the_column_says_whether_the_day_comes_first() -> None:
    assert Births.of_dates(["03/04/1984", "25/12/1990"]).text == ["1984-04-03", "1990-12-25"]
    assert Births.of_dates(["03/04/1984", "12/25/1990"]).text == ["1984-03-04", "1990-12-25"]


def test_parts_of_dates_are_put_together() -> None:
    births = Births.of_parts(["1984|3|5", "1984||5", "|3|5"])
    assert births.text == ["1984-03-05", None, None]
    assert births.first == ["1984-03-05", "1984-01-01", None]


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Kovalenko, Anna", "anna", "kovalenko"),
        ("Anna Maria Kovalenko", "anna", "kovalenko"),
        ("Анна Коваленко", "anna", "kovalenko"),
        ("Anna", "anna", None),
        ("N/A", None, None),
    ],
)
def test_whole_names_are_parted(name, given, family) -> None:
    sheet = from_rows("x", ("name",), [[name], ["Omar Haddad"]])
    row = prepare([sheet], [{"name": "name"}]).to_pylist()[0]
    assert (row["given"], row["family"]) == (given, family)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Date_of_Birth", "birth"),
        ("Фамилия", "family"),
        ("Prénom", "given"),
        ("اسم الأب", "father"),
        ("postcode_fake", "postcode"),
        ("DNI", "idno"),
    ],
)
def test_headings_tell_roles(heading: str, role: str) -> None:
    assert guess([heading]) == {role: heading}
