"""Ranges of bytes: RFC 9110, section 14."""

import pytest

from amparo.extract.recordings.ranges import NotSatisfiable, Span, asked

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=500-", 500, 599),
        ("bytes=500-509", 500, 509),
        ("bytes=990-5000", 990, 999),
        ("bytes=-10", 990, 999),
        ("bytes=-5000", 0, 99),
        ("bytes=999-999", 999, 999),
    ],
)
def test_a_range_is_given_at_most_as_long_as_allowed(header: str, first: int, last: int) -> None:
    assert asked(header, SIZE, most=100) == Span(first, last, SIZE)


@pytest.mark.parametrize(
    "header", ["", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "items=0-1", f"bytes={'9' * 30}-"]
)
def test_what_is_no_single_range_asks_for_the_whole(header: str) -> None:
    assert asked(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_outside_is_refused(header: str) -> None:
    with pytest.raises(NotSatisfiable):
        asked(header, SIZE)


def test_the_header_names_the_whole_size() -> None:
    span = Span(5, 9, SIZE)
    assert (span.length, span.header) == (5, "bytes 5-9/1000")
