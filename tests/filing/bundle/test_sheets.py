"""What sheets say: words of others as text, blanks where something is missing."""

import pypdfium2
import pytest

from amparo.filing.bundle import sheets
from amparo.filing.bundle.exhibits import Notice, Prepared
from amparo.filing.bundle.profiles import load
from amparo.filing.bundle.sheets import IndexEntry, Sheet
from tests.filing.bundle.builders import exhibit, request


def text(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(p.get_textpage().get_text_bounded().split()) for p in document)


def squeezed(pdf):
    return "".join(text(pdf).split())


def test_the_cover_has_what_is_known_and_blanks_for_the_rest():
    asked = request(fields={"judge": "Hon. J. Smith"}, number="A 012-345-678")
    said = text(sheets.cover(asked, ["A", "B"], 1, 1))
    for words in (
        "IMMIGRATION COURT",
        "A. v. State",
        "A 012-345-678",
        "Hon. J. Smith",
        "Tab A – Tab B",
    ):
        assert words in said
    assert "Next hearing" in said
    assert "Part" not in said


def test_the_cover_says_which_volume_it_is():
    assert "Part 2 of 3" in text(sheets.cover(request(), ["A"], 2, 3))


@pytest.mark.parametrize("words", ["#panic()", "] #x [", "*b* _i_ $x$ @y <z> `c` \\ // = -"])
def test_words_of_others_are_shown_as_they_are(words):
    made = exhibit(b"", tab="A", description=words, name=words, path=words)
    row = sheets.index(request(title=words), [IndexEntry("0.1", "4", made)])
    sheet = sheets.tab_sheets(request(title=words), [Sheet("0.1", 0, Prepared(made, None, 1, 1))])
    slip = sheets.slip(made, load("eoir"), Notice("failed", {"detail": words}))
    for pdf in (row, sheet, slip, sheets.cover(request(title=words), [words], 1, 1)):
        assert "".join(words.split()) in squeezed(pdf).replace("\u200b", "").replace("\ufffe", "")


@pytest.mark.parametrize("length", [10, 300, 1000, 2000])
def test_a_tab_sheet_is_one_page_however_much_it_says(length):
    notices = tuple(
        Notice(code, {"names": "n" * 200, "pages": "1, 2", "count": "2", "kind": ".docx"})
        for code in ("opened", "signed", "repaired", "damaged_pages", "attachments", "media")
    )
    made = exhibit(b"", description="words " * (length // 6), path="folder/" * 600)
    prepared = Prepared(made, None, 1, 1, notices)
    document = pypdfium2.PdfDocument(sheets.tab_sheets(request(), [Sheet("0.1", 0, prepared)] * 3))
    assert len(document) == 3


def test_a_certificate_fills_what_is_known():
    certificate = load("eoir").certificates["service"]
    said = text(sheets.certificate(request(fields={"name": "Elena Ruiz"}), certificate))
    assert "I, Elena Ruiz, served a copy of this Respondent’s Exhibits" in said
    assert "address of the party served" in said


def test_a_date_prints_as_what_it_is():
    made = exhibit(b"", date="2021-03~")
    assert "about March 2021" in text(sheets.index(request(), [IndexEntry("0.1", "4", made)]))


def test_the_index_says_why_an_exhibit_is_not_shown():
    entry = IndexEntry("0.1", "4", exhibit(b""), slip=Notice("password"))
    assert "needs a password" in text(sheets.index(request(), [entry]))


@pytest.mark.parametrize("words", ["x" * 1900, "شهادة" * 300, "a/" * 900])
def test_words_without_a_place_to_break_stay_on_the_page(words):
    made = exhibit(b"", description=words[:2000], name=words[:200], path=words)
    prepared = Prepared(made, None, 1, 1)
    for pdf in (
        sheets.index(request(), [IndexEntry("0.1", "4", made)]),
        sheets.tab_sheets(request(), [Sheet("0.1", 0, prepared)]),
        sheets.slip(made, load("eoir"), Notice("password")),
    ):
        page = pypdfium2.PdfDocument(pdf)[0]
        text_page = page.get_textpage()
        boxes = [text_page.get_rect(number) for number in range(text_page.count_rects())]
        lines = [(left, right) for left, _, right, _ in boxes if right - left > 40]
        assert min(left for left, _ in lines) > 30
        assert max(right for _, right in lines) < page.get_width() - 30
