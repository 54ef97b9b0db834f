"""What is new in a saved search."""

from __future__ import annotations

from amparo.search.news import MOST_REMEMBERED, Found, News, compare, mark, pack, unpack


def found(*pages: int) -> Found:
    return Found(frozenset(mark("evidence.item", "a", page) for page in pages), len(pages))


def test_only_places_that_were_not_there_are_new() -> None:
    assert compare(found(1, 2), found(2, 3, 4)) == News(2, 3)
    assert compare(found(1, 2), found(1)) == News(0, 1)


def test_too_many_to_remember_are_compared_by_number() -> None:
    many = Found(total=MOST_REMEMBERED + 5)
    assert compare(found(1), many) == News(MOST_REMEMBERED + 4, many.total, is_exact=False)
    assert compare(many, found(1)) == News(0, 1, is_exact=False)


def test_marks_survive_being_packed() -> None:
    marks = found(1, 2, 3).marks
    assert unpack(pack(marks)) == marks
    assert unpack(b"") == frozenset()


def test_pages_and_sources_are_told_apart() -> None:
    places = [("a", "1", None), ("a", "1", 1), ("a", "11", None), ("b", "1", None)]
    assert len({mark(*place) for place in places}) == 4
