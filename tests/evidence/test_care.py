"""What people decided is graphic: a file, a folder, a tag, and what lies inside."""

from __future__ import annotations

import pytest

from amparo.evidence.care import NOT_GRAPHIC, Decided, Place, decide

PHOTO = Place(("1",), ("2021/yard/photo.jpg",), frozenset({"bodies"}))
INSIDE = Place(("3", "2"), ("a.jpg", "mail/letter.eml"))


@pytest.mark.parametrize(
    ("mark", "place", "graphic"),
    [
        (Decided("item", "1"), PHOTO, True),
        (Decided("item", "2"), PHOTO, False),
        (Decided("item", "2"), INSIDE, True),  # inside a marked file
        (Decided("folder", "2021"), PHOTO, True),
        (Decided("folder", "2021/yard"), PHOTO, True),
        (Decided("folder", "2021/yar"), PHOTO, False),  # another folder's name begins so
        (Decided("folder", "mail"), INSIDE, True),
        (Decided("tag", "bodies"), PHOTO, True),
        (Decided("tag", "Bodies"), PHOTO, False),
        (Decided("nonsense", "1"), PHOTO, False),
    ],
)
def test_what_a_mark_means(mark: Decided, place: Place, graphic: bool) -> None:
    assert bool(decide([mark], place)) is graphic


def test_notes_are_told_once_each() -> None:
    marks = [Decided("item", "1", "a body"), Decided("tag", "bodies", "a body"),
             Decided("folder", "2021", "screams")]  # fmt: skip
    assert decide(marks, PHOTO).notes == ("a body", "screams")
    assert decide([], PHOTO) == NOT_GRAPHIC
