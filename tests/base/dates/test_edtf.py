from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.dates import from_day, parse
from amparo.base.errors import UnclearDate
from tests.base.dates import builders


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1985-04-12", (1985, 4, 12), (1985, 4, 12)),
        ("1985-04", (1985, 4, 1), (1985, 4, 30)),
        ("1985", (1985, 1, 1), (1985, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("1900-02", (1900, 2, 1), (1900, 2, 28)),
        ("1985-04-12T23:20:30-04", (1985, 4, 12), (1985, 4, 12)),
        ("2004-06/2006-08", (2004, 6, 1), (2006, 8, 31)),
        ("201X", (2010, 1, 1), (2019, 12, 31)),
        ("20XX", (2000, 1, 1), (2099, 12, 31)),
        ("2004-XX", (2004, 1, 1), (2004, 12, 31)),
        ("1985-04-XX", (1985, 4, 1), (1985, 4, 30)),
        ("1985-XX-XX", (1985, 1, 1), (1985, 12, 31)),
        ("1985-04-12/..", (1985, 4, 12), None),
        ("../1985-04", None, (1985, 4, 30)),
        ("/1985", None, (1985, 12, 31)),
        ("1984~/2004-06", (1984, 1, 1), (2004, 6, 30)),
        ("2001-21", (2001, 3, 1), (2001, 12, 21)),
        ("2001-24", (2000, 12, 1), (2002, 3, 20)),
        ("Y170000002", None, None),
        ("-1985", None, None),
        ("0000", None, None),
    ],
)
def test_bounds(text, earliest, latest):
    made = parse(text)
    assert made.text == text
    assert made.earliest == (earliest and date(*earliest))
    assert made.latest == (latest and date(*latest))


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("1984?", False, True), ("2004-06~", True, False), ("2004-06-11%", True, True)],
)
def test_qualifiers(text, approximate, uncertain):
    made = parse(text)
    assert (made.approximate, made.uncertain) == (approximate, uncertain)


def test_open_is_not_unknown():
    assert parse("1985/..").open_end
    assert not parse("1985/").open_end
    assert parse("1985/").end is None
    assert parse("../1985").open_start
    assert not parse("/1985").open_start


@pytest.mark.parametrize("text", [" 2021-03 ", "2021–03", "2021‐03", "２０２１-03"])
def test_typography_is_forgiven(text):
    assert parse(text).text == "2021-03"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-13",
        "2021-02-29",
        "2021-04-31",
        "2021-00",
        "2021-1-5",
        "20210305",
        "-0000",
        "Y1985",
        "Y0000001985",
        "2021-21-05",
        "2021-25",
        "156X-12-25",
        "2021-XX-05",
        "XXXX",
        "1XXX",
        "2004?-06",
        "{2001,2002}",
        "[2001..2003]",
        "Y17E7",
        "1950S2",
        "2020/2019",
        "2020/2021/2022",
        "..",
        "/",
        "../..",
        "2021-03-05T10:00",
        "2021-03-05T25:00:00",
        "2021-03-05T10:00:00?",
        "2021-03-05T10:00:00/2021-03-06",
        "2021-03T10:00:00",
        "Y" + "9" * 91,
        "March 2021",
    ],
)
def test_what_is_not_level_1_is_refused(text):
    with pytest.raises(UnclearDate) as refusal:
        parse(text)
    assert refusal.value.next_step


@given(builders.single | builders.moments | builders.open_ended)
def test_the_text_says_it_all(text):
    made = parse(text)
    assert made.text == text
    assert parse(made.text) == made


@given(builders.year_months)
def test_a_month_never_becomes_a_day(text):
    made = parse(text)
    assert made.day is None
    assert made.earliest < made.latest


@given(st.dates())
def test_a_known_day_is_itself(day):
    made = from_day(day)
    assert (made.text, made.earliest, made.latest) == (day.isoformat(), day, day)


@given(builders.single | builders.moments, builders.single | builders.moments)
def test_sort_keys_order_what_is_apart(one, other):
    a, b = parse(one), parse(other)
    if a.last < b.first:
        assert a.sort_key < b.sort_key


@given(st.integers(-(10**25), 10**25), st.integers(-(10**25), 10**25))
def test_sort_keys_order_years_of_any_length(one, other):
    def key(year):
        sign = "-" if year < 0 else ""
        text = f"{sign}{abs(year):04}"
        return parse(text if abs(year) < 10_000 else f"Y{text}").sort_key

    assert (key(one) < key(other)) == (one < other)


def test_sort_keys_put_the_broader_first():
    in_order = ["../1999", "1999/..", "199X", "1999", "1999-01", "1999-01-01", "1999-01-02"]
    in_order = ["199X", *in_order[:2], *in_order[3:]]
    keys = [parse(text).sort_key for text in in_order]
    assert keys == sorted(keys)
    assert all(key.isdigit() for key in keys)
