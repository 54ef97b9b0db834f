"""The original in passages, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.pinpoints import PageSelector, SecondsSelector, find_quote
from amparo.extract.reading import PageText, Word
from amparo.extract.recordings.transcripts import Line
from amparo.extract.translations.passages import LONG, of_lines, of_page, paragraph_ends

LETTER = "CERTIFICADO\n\nEn Sorvin, a tres de agosto,\ncomparece Yusuf.\n \n\nFirma del juez.  "


def test_blank_lines_part_it() -> None:
    assert [each.original for each in of_page(1, LETTER)] == [
        "CERTIFICADO",
        "En Sorvin, a tres de agosto,\ncomparece Yusuf.",
        "Firma del juez.",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "\n"])
def test_nothing_is_no_passage(text: str) -> None:
    assert list(of_page(1, text)) == []


def test_a_page_without_blank_lines_is_parted_where_sentences_end() -> None:
    lines = [f"Line {n} goes on and on until here" + ("." if n % 5 == 4 else "") for n in range(90)]
    passages = list(of_page(3, "\n".join(lines)))
    assert len(passages) > 2
    assert all(len(each.original) <= LONG for each in passages)
    assert all(each.original.endswith(".") for each in passages)
    assert "\n".join(each.original for each in passages) == "\n".join(lines)


def page_of(*rows: tuple[str, float, float, float, float]) -> PageText:
    """A page of lines, each with the box that it stands in."""
    text, words = "", []
    for said, *box in rows:
        start = len(text)
        text += f"{said}\n"
        words.append(Word(start, start + len(said), tuple(box)))
    return PageText(1, 600, 800, text, words, source="text")


def originals(page: PageText) -> list[str]:
    return [each.original for each in of_page(1, page.text, paragraph_ends(page))]


def test_lines_on_the_page_show_where_paragraphs_end() -> None:
    page = page_of(
        ("Heading", 50, 40, 150, 60),
        ("The first line of a paragraph that", 50, 80, 550, 92),
        ("goes on and ends here.", 50, 95, 250, 107),
        ("Another paragraph that goes on up to", 50, 110, 550, 122),
        ("the margin and to the very end of it", 50, 125, 548, 137),
        ("Far below stands one more line, long", 50, 190, 550, 202),
    )
    assert originals(page) == [
        "Heading",
        "The first line of a paragraph that\ngoes on and ends here.",
        "Another paragraph that goes on up to\nthe margin and to the very end of it",
        "Far below stands one more line, long",
    ]


def test_lines_from_the_right_stop_short_at_the_left() -> None:
    page = page_of(
        ("السطر الأول من الفقرة الأولى", 50, 80, 550, 92),
        ("آخر الفقرة", 400, 95, 550, 107),
        ("فقرة ثانية تمتد حتى الهامش", 50, 110, 550, 122),
    )
    assert len(originals(page)) == 2


def test_the_letters_of_a_seal_are_one_passage() -> None:
    rows = [("Signed", 50, 40, 90, 52)] + [
        (each, 300, 60 + n, 310, 70 + n) for n, each in enumerate(("BL A", "E", "NU", "RG"))
    ]
    assert originals(page_of(*rows, ("FAROLES", 300, 90, 420, 102))) == [
        "Signed",
        "BL A\nE\nNU\nRG\nFAROLES",
    ]


def test_one_endless_line_stays_whole() -> None:
    assert len(list(of_page(1, "word " * 1000))) == 1


@given(st.text(alphabet="ab .\néש", max_size=2500))
def test_nothing_is_lost_and_every_place_is_found(text: str) -> None:
    passages = list(of_page(2, text))
    kept = "".join("".join(each.original.split()) for each in passages)
    assert kept == "".join(text.split())
    for each in passages[:5]:
        assert isinstance(each.place, PageSelector)
        assert each.place.quote is not None
        assert find_quote(text, each.place.quote) is not None


def test_the_short_place_is_still_found_in_the_text() -> None:
    text = "\n\n".join(
        f"Paragraph {n} says that " + "many words follow here " * 12 for n in range(4)
    )
    for each in of_page(1, text):
        short = each.short_place
        assert isinstance(short, PageSelector)
        assert short.quote is not None
        assert len(short.quote.exact) <= 100
        anchor = find_quote(text, short.quote)
        assert anchor is not None
        assert text[anchor.start :].startswith(each.original[:40])


def test_what_is_said_has_its_seconds() -> None:
    (one, two) = of_lines([Line(0.5, 2, "We left.", "Amal"), Line(75, 80, "At night.")])
    assert one.original == "Amal: We left."
    assert (one.place, one.page, two.page) == (SecondsSelector(0.5, 2), 1, 2)


def test_figures_need_no_words() -> None:
    needs = [each.needs_words for each in of_page(1, "12.400,00\n\n№ 7\n\n§ 3 a")]
    assert needs == [False, False, True]
