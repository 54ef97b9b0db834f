"""From selected text to a place on the page, and the layer that lets one select."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from amparo.base.errors import BadPinpoint
from amparo.base.pinpoints import QuoteSelector
from amparo.extract.layer import marks, text_layer
from amparo.extract.reading import PageText, Word
from amparo.extract.selection import lines, rectangles, select, where


def page_of(*rows: str, right_to_left: bool = False) -> PageText:
    """A page whose letters are 10 points wide, in lines of 20 points."""
    words, at = [], 0
    for number, row in enumerate(rows):
        column = 0
        for word in row.split(" "):
            x0, x1 = 10.0 * column, 10.0 * (column + len(word))
            if right_to_left:
                x0, x1 = 600 - x1, 600 - x0
            box = (x0, 20.0 * number, x1, 20.0 * number + 14)
            words.append(Word(at + column, at + column + len(word), box))
            column += len(word) + 1
        at += len(row) + 1
    return PageText(3, 612, 792, "\n".join(rows), tuple(words))


PAGE = page_of("He was taken", "at night by two", "men")


def test_a_selection_has_words_around_it_and_a_rectangle_a_line() -> None:
    start = PAGE.text.index("taken")
    place = select(PAGE, start, PAGE.text.index(" by"))
    assert place.page == 3
    assert place.quote == QuoteSelector("taken\nat night", "He was ", " by two\nmen")
    assert place.rectangles == ((70.0, 0.0, 120.0, 14.0), (0.0, 20.0, 80.0, 34.0))


def test_a_part_of_a_word_is_a_part_of_its_box() -> None:
    assert rectangles(PAGE, 1, 2) == ((10.0, 0.0, 20.0, 14.0),)
    hebrew = page_of("שלום", right_to_left=True)
    assert rectangles(hebrew, 0, 1) == ((590.0, 0.0, 600.0, 14.0),)


def test_spaces_around_a_selection_do_not_count() -> None:
    assert select(PAGE, 2, 7) == select(PAGE, 3, 6)


@pytest.mark.parametrize(("start", "end"), [(2, 3), (5, 5), (9, 4), (900, 950)])
def test_nothing_selected_is_refused(start: int, end: int) -> None:
    with pytest.raises(BadPinpoint, match="Nothing is selected"):
        select(PAGE, start, end)


def test_too_much_selected_is_refused() -> None:
    with pytest.raises(BadPinpoint, match=r"20,000"):
        select(PageText(1, 0, 0, "word " * 9000), 0, 45_000)


def test_a_page_without_places_still_gives_a_quotation() -> None:
    place = select(PageText(1, 0, 0, "Dear Sir,\nI saw it."), 10, 18)
    assert place.rectangles == ()
    assert place.quote is not None
    assert place.quote.exact == "I saw it"


def test_a_quotation_is_found_again_in_text_read_anew() -> None:
    place = select(PAGE, 3, 12)
    again = PageText(3, 612, 792, "1. He wás  taken at night")
    assert where(again, place.quote) is not None
    assert where(PageText(3, 612, 792, "other words"), place.quote) is None


def test_columns_side_by_side_are_lines_of_their_own() -> None:
    words = (Word(0, 4, (0, 0, 40, 14)), Word(5, 10, (300, 40, 350, 54)))
    assert len(list(lines(PageText(1, 612, 792, "left right", words)))) == 2


def test_the_layer_is_drawing_with_attributes_only() -> None:
    page = page_of("a <b>", "x\x02y &")
    svg = ElementTree.fromstring(f"<svg>{text_layer(page)}</svg>")
    words = svg.findall("text/tspan")
    assert [word.text for word in words] == ["a", "<b>", "x\ufffdy", "&"]
    assert [int(word.get("data-at", "")) for word in words] == [0, 2, 6, 10]
    assert words[1].get("x") == "20"
    assert words[1].get("textLength") == "30"
    assert not any("style" in element.attrib for element in svg.iter())


def test_lines_from_right_to_left_begin_at_the_right() -> None:
    page = page_of("محمد علي", right_to_left=True)
    text = ElementTree.fromstring(f"<svg>{text_layer(page)}</svg>").find("text")
    assert text is not None
    assert text.get("direction") == "rtl"
    assert [word.get("x") for word in text] == ["600", "550"]


def test_marks_are_rectangles() -> None:
    assert marks([(1, 2, 3.5, 4)], "pin") == (
        '<rect class="pin" x="1" y="2" width="2.5" height="2"/>'
    )
