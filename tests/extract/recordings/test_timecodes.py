"""Moments as people write them."""

import pytest

from amparo.base.errors import UsageError
from amparo.extract.recordings.timecodes import clock, parse


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:12.5", 12.5),
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("75", 75),
        ("00:00:01,500", 1.5),
        ("٢:٠٣", 123),
        (" 1:00 ", 60),
    ],
)
def test_times_are_read(text: str, seconds: float) -> None:
    assert parse(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "1:2:3:4", "-5", "1:", "1e3", "."])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


@pytest.mark.parametrize(
    ("seconds", "plain", "exact"),
    [(0, "0:00", "0:00.000"), (12.3456, "0:12", "0:12.346"), (3723.5, "1:02:03", "1:02:03.500"),
     (59.9996, "1:00", "1:00.000")],
)  # fmt: skip
def test_times_are_written(seconds: float, plain: str, exact: str) -> None:
    assert (clock(seconds), clock(seconds, exact=True)) == (plain, exact)
