"""Side by side with the ``edtf`` package (MIT), the reference implementation in Python.

The differences on purpose are named here: the package takes 29 February of any year, seasons as
whole months of the northern hemisphere, and years of which three or four digits are unspecified.
"""

from datetime import date

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.base.dates import parse
from amparo.base.errors import UnclearDate
from tests.base.dates import builders

PUBLISHED = [
    "1985-04-12", "1985-04", "1985", "1985-04-12T23:20:30", "1985-04-12T23:20:30Z",
    "1985-04-12T23:20:30-04", "1985-04-12T23:20:30+04:30", "1964/2008", "2004-06/2006-08",
    "2004-02-01/2005-02-08", "2004-02-01/2005-02", "2004-02-01/2005", "2005/2006-02",
    "Y170000002", "Y-170000002", "2001-21", "2001-22", "2001-23", "2001-24", "1984?", "2004-06~",
    "2004-06-11%", "201X", "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX", "1985-04-12/..",
    "1985-04/..", "1985/..", "../1985-04-12", "../1985-04", "../1985", "1985-04-12/", "1985-04/",
    "1985/", "/1985-04-12", "/1985-04", "/1985", "-1985",
]  # fmt: skip


@pytest.mark.parametrize("text", PUBLISHED)
def test_the_examples_of_the_standard(text):
    assert parse(text).text == text
    assert str(parse_edtf(text)) == text


@given(
    st.builds("{}{}".format, builders.years | builders.year_months | builders.days, builders.marks)
    | builders.decades
    | builders.year_months.map("{}-XX".format)
)
@settings(max_examples=60, deadline=None)
def test_the_same_bounds(text):
    ours, theirs = parse(text), parse_edtf(text)
    assert (ours.earliest, ours.latest) == (
        date(*theirs.lower_strict()[:3]),
        date(*theirs.upper_strict()[:3]),
    )


@st.composite
def nearly_dates(draw):
    """A date of the standard's examples with up to two characters changed."""
    text = draw(st.sampled_from(PUBLISHED) | builders.single | builders.open_ended)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from("0123-/X?~%Y")) + text[at + draw(st.booleans()) :]
    return text


def known_difference(text):
    return "XXX" in text or "02-29" in text or text.startswith("-0000")


@given(nearly_dates())
@settings(max_examples=200, deadline=None)
def test_the_same_texts_are_taken(text):
    try:
        theirs = type(parse_edtf(text)).__name__
    except (EDTFParseException, TypeError, AttributeError):  # it crashes on "..//0000"
        theirs = "nothing"
    if theirs in OF_LEVEL_2 or known_difference(text):
        return
    try:
        parse(text)
    except UnclearDate:
        assert theirs == "nothing" or "ends before" in str(refusal(text)), theirs
    else:
        assert theirs != "nothing" or taken_by_us_alone(text)


def refusal(text):
    with pytest.raises(UnclearDate) as caught:
        parse(text)
    return caught.value


def taken_by_us_alone(text):
    """We take qualifiers on seasons and long years, and both as ends of intervals."""
    return text.strip("?~%") != text or "/" in text


OF_LEVEL_2 = {
    "PartialUncertainOrApproximate", "PartialUnspecified", "OneOfASet", "MultipleDates",
    "Level2Interval", "Level2Season", "ExponentialYear",
}  # fmt: skip
