"""Passages, their kinds, the numbers that say where they belong, and facets over them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.search.address import MOST_IN_GROUP, Group, matter_range, year_number, year_of
from amparo.search.facets import Selection, count_facets, count_selected
from amparo.search.kinds import KINDS, kind_number, kind_of, kinds_meant
from amparo.search.passages import MOST_CHARACTERS, bounds, parts
from amparo.search.plan import is_text, plan
from amparo.search.query import parse
from tests.search.builders import passage


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/pdf", "pdf"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word"),
        ("text/csv", "sheet"),
        ("text/plain", "text"),
        ("text/html", "web"),
        ("image/heic", "picture"),
        ("message/rfc822", "mail"),
        ("application/x-unheard-of", "other"),
        ("", "other"),
    ],
)
def test_kind_of(media_type: str, kind: str) -> None:
    assert kind_of(media_type) == kind


@pytest.mark.parametrize(
    ("word", "kinds"),
    [("PDF", ("pdf",)), ("e-mails", ("mail",)), (".docx", ("word",)), ("nonsense", ())],
)
def test_kinds_meant(word: str, kinds: tuple[str, ...]) -> None:
    assert kinds_meant(word) == kinds


def test_every_kind_has_its_own_number() -> None:
    assert len({kind_number(kind) for kind in KINDS}) == len(KINDS)


@given(st.integers(0, 2**20 - 1), st.integers(0, 31), st.integers(0, 255), st.integers(1851, 2105))
def test_a_number_says_its_group(matter: int, kind: int, language: int, year: int) -> None:
    first, last = Group(matter, kind, language, year).numbers
    assert last - first + 1 == MOST_IN_GROUP
    assert matter_range(matter)[0] <= first <= last <= matter_range(matter)[1] < 2**63
    assert year_of(year_number(year)) == year


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Group(2**20, 0, 0, None)
    with pytest.raises(ValueError, match="out of range"):
        Group(1, 32, 0, None)
    assert year_of(year_number(1066)) == 1851
    assert year_of(year_number(None)) is None


def test_facets_leave_their_own_choice_out() -> None:
    one, two, three = (
        Group(1, 1, 0, 2020).packed,
        Group(1, 2, 0, 2020).packed,
        Group(2, 1, 0, None).packed,
    )
    groups = {one: 3, two: 4, three: 5}
    chosen = Selection(kind=frozenset({1}), matter=frozenset({1}))
    counts = count_facets(groups, chosen)
    assert counts["kind"] == {1: 3, 2: 4}
    assert counts["matter"] == {1: 3, 2: 5}
    assert counts["year"] == {year_number(2020): 3}
    assert count_selected(groups, chosen) == 3
    assert count_selected(groups, Selection()) == 12


@given(st.text(max_size=300))
def test_parts_put_together_are_the_text(text: str) -> None:
    whole = passage(text * 90)
    pieces = [part.text for part in parts(whole)]
    assert "".join(pieces) == whole.text
    assert all(len(piece) <= MOST_CHARACTERS for piece in pieces)


def test_a_long_text_is_broken_where_one_would_pause() -> None:
    text = ("word " * 900 + "end.\n\n") * 4
    assert all(part.text.endswith("\n\n") for part in parts(passage(text)))


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "year"),
    [
        ("2021-03~", "2021-03-01", "2021-03-31", 2021),
        ("2020-05/..", "2020-05-01", "", 2020),
        ("../2020", "", "2020-12-31", 2020),
        ("", "", "", None),
        ("not a date", "", "", None),
    ],
)
def test_bounds(date: str, earliest: str, latest: str, year: int | None) -> None:
    found = bounds(date)
    assert (found.earliest, found.latest, found.year) == (earliest, latest, year)


@pytest.mark.parametrize(
    ("written", "text", "filters"),
    [
        ("a b", True, False),
        ("a type:pdf", True, True),
        ("a -b", True, False),
        ("-b", False, True),
        ("a OR type:pdf", False, True),
        ("a (b OR tag:c)", True, True),
        ("(a -b) OR c", True, False),
        ("(-b) OR c", False, True),
        ("", False, False),
    ],
)
def test_plan(written: str, text: bool, filters: bool) -> None:
    made = plan(parse(written).root)
    assert (made.text is not None, made.filters is not None) == (text, filters)
    assert made.text is None or is_text(made.text)
