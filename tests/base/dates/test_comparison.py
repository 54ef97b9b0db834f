import pytest
from hypothesis import given

from amparo.base.dates import Truth, certainly_before, overlaps, parse, possibly_equal
from tests.base.dates import builders

dates = builders.single | builders.moments | builders.open_ended


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2021-03-05", "2021-03-05", Truth.YES),
        ("2021-03", "2021-03-05", Truth.PERHAPS),
        ("2021-03", "2021-04", Truth.NO),
        ("2021-01/2021-12", "2021-03", Truth.YES),
        ("2021-01/2021-03", "2021-03", Truth.PERHAPS),
        ("2020/..", "2021-03-05", Truth.YES),
        ("2020/", "2021-03-05", Truth.PERHAPS),
        ("../2022", "2021-03-05", Truth.YES),
        ("/2022", "2021-03-05", Truth.PERHAPS),
        ("2020/..", "2019", Truth.NO),
        ("2021~", "1950", Truth.PERHAPS),
        ("2021-03-05T10:00:00Z", "2021-03-05T11:00:00+01:00", Truth.YES),
        ("2021-03-05T10:00:00Z", "2021-03-05T10:00:00+01:00", Truth.NO),
    ],
)
def test_overlaps(one, other, answer):
    assert overlaps(parse(one), parse(other)) is answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2021-03-05", "2021-03-06", True),
        ("2021-03", "2021-03-31", False),
        ("2020", "2021-01-01", True),
        ("2020~", "2022", False),
        ("-0044", "0476", True),
        ("../2020", "2021", True),
        ("2020/", "2021", False),
        ("2021-03-05T23:30:00-04", "2021-03-06T03:45:00Z", True),
    ],
)
def test_certainly_before(one, other, answer):
    assert certainly_before(parse(one), parse(other)) is answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2021-03-05", "2021-03-05", Truth.YES),
        ("2021-03", "2021-03", Truth.PERHAPS),
        ("2021-03", "2021-03-05", Truth.PERHAPS),
        ("2021-03", "2021-04-05", Truth.NO),
        ("2021?", "1950", Truth.PERHAPS),
        ("2020-05/2020-07", "2020-06", Truth.NO),
        ("2020-05/2020-07", "2020-05-01/2020-07-31", Truth.PERHAPS),
        ("2021-03-05T10:00:00", "2021-03-05T10:00:00Z", Truth.PERHAPS),
    ],
)
def test_possibly_equal(one, other, answer):
    assert possibly_equal(parse(one), parse(other)) is answer


def test_perhaps_is_never_mistaken_for_yes():
    with pytest.raises(TypeError, match="three values"):
        bool(Truth.PERHAPS)


@given(dates, dates)
def test_answers_are_symmetric_and_agree(one, other):
    a, b = parse(one), parse(other)
    assert overlaps(a, b) is overlaps(b, a)
    assert possibly_equal(a, b) is possibly_equal(b, a)
    assert possibly_equal(a, a) is not Truth.NO
    if certainly_before(a, b):
        assert not certainly_before(b, a)
        assert overlaps(a, b) is Truth.NO
        assert possibly_equal(a, b) is Truth.NO


@given(dates, dates, dates)
def test_before_is_transitive(one, two, three):
    a, b, c = parse(one), parse(two), parse(three)
    if not any("T" in text for text in (one, two, three)):
        assert not (certainly_before(a, b) and certainly_before(b, c)) or certainly_before(a, c)
