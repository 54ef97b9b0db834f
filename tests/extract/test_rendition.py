"""Files become pages that say what they said, and fetch nothing on the way."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from amparo.base import programs
from amparo.base.errors import UnreadableFile
from amparo.extract import rendition
from amparo.extract.parts import Parts, local
from amparo.extract.reading import Reading
from amparo.extract.rendition.fitting import fit_sheets
from amparo.extract.rendition.harmless import harmless
from tests.extract.builders import LIMITS, bytes_of, docx, message, paragraph, xlsx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

needs_libreoffice = pytest.mark.skipif(
    not programs.is_present("soffice"), reason="LibreOffice is not installed"
)


def _rendered(data: bytes, media_type: str, name: str = "file", **options: str) -> Reading:
    return rendition.render_pdf(io.BytesIO(data), name, LIMITS, media_type=media_type, **options)


def _pages(reading: Reading) -> list[str]:
    (child,) = reading.children
    assert child.media_type == "application/pdf"
    document = pypdfium2.PdfDocument(bytes_of(child))
    return [page.get_textpage().get_text_bounded() for page in document]


def _flat(words: str) -> str:
    return " ".join(words.split())


def test_a_message_shows_headers_words_and_what_is_attached() -> None:
    (page,) = _pages(_rendered(message(attached={"list.csv": b"a,b"}), "message/rfc822"))
    for words in ("What happened", "amal@example.org", "held for two days", "list.csv (3 bytes)"):
        assert words in _flat(page)


def test_evidence_is_never_read_as_markup() -> None:
    hostile = '#panic("no") $x$ *b* <label> \\ `raw` = heading'
    (page,) = _pages(_rendered(hostile.encode(), "text/plain"))
    assert hostile in _flat(page)


def test_arabic_and_latin_paragraphs() -> None:
    (page,) = _pages(_rendered("شهادة\n\nA statement".encode(), "text/plain"))
    assert "A statement" in page


def test_a_small_table_is_set_as_a_table() -> None:
    reading = _rendered(b"name,place\nAmal,Kyiv\n", "text/csv", "list.csv", paper="a4")
    (page,) = _pages(reading)
    assert _flat(page).startswith("name place Amal Kyiv")
    assert reading.settings == {"paper": "a4", "from": "text/csv"}
    assert (reading.tool, bool(reading.tool_version)) == ("typst", True)


def test_a_long_text_runs_over_many_pages() -> None:
    assert len(_pages(_rendered(b"one line of words\n" * 500, "text/plain"))) > 5


def test_a_drawing_is_drawn() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
        b'<rect width="80" height="80"/></svg>'
    )
    assert len(_pages(_rendered(drawing, "image/svg+xml"))) == 1


@needs_libreoffice
def test_a_word_document_becomes_pages() -> None:
    reading = _rendered(docx(paragraph("We were held for two days.")), DOCX)
    assert "held for two days" in _flat("".join(_pages(reading)))
    assert reading.tool == "LibreOffice"


@needs_libreoffice
def test_a_web_page_becomes_pages_without_its_scripts() -> None:
    page = "<h1>Заява</h1><script>document.write('evil')</script><p>Свідок</p>"
    words = _flat("".join(_pages(_rendered(page.encode(), "text/html"))))
    assert words.startswith("Заява Свідок")
    assert "evil" not in words


@needs_libreoffice
def test_what_libreoffice_cannot_open_says_so() -> None:
    with pytest.raises(UnreadableFile, match="LibreOffice could not open"):
        _rendered(b"PK\x03\x04 nothing", DOCX)


def test_a_page_keeps_nothing_that_fetches_or_runs() -> None:
    page = (
        "<base href='http://x/'><link rel=stylesheet href='http://x/a.css'>"
        "<style>@import 'http://x/b.css';</style><img src='http://x/c.png' alt=c onerror=evil()>"
        "<img src='file:///etc/passwd'><p style='background:url(http://x/d)'>Words</p>"
        "<iframe src='http://x/e'></iframe><object data='http://x/f'></object>"
        "<img src='data:image/png;base64,AAAA'><a href='http://x/g'>link</a>"
    )
    made = harmless(page).decode()
    assert "Words" in made
    assert "data:image/png" in made
    assert [
        part for part in ("x/a", "x/b", "x/c", "x/d", "x/e", "x/f", "file:", "evil") if part in made
    ] == []


def test_kinds_without_pages_say_so() -> None:
    assert not rendition.sets("video/mp4")
    with pytest.raises(UnreadableFile, match="cannot be set to pages"):
        _rendered(b"x", "video/mp4")


def test_sheets_are_fitted_to_the_width_of_the_paper() -> None:
    cells = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDEFGHIJ")
    fitted = fit_sheets(xlsx(f'<row r="1">{cells}</row>'), LIMITS)
    sheet = Parts(io.BytesIO(fitted), LIMITS).tree("xl/worksheets/sheet1.xml")
    assert sheet is not None
    assert [local(child) for child in sheet] == ["sheetPr", "sheetData", "pageSetup"]
    assert sheet[0][0].get("fitToPage") == "1"
    assert dict(sheet[2].attrib) == {"fitToHeight": "0", "orientation": "landscape"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip"])
def test_what_cannot_be_fitted_stays_as_it_is(data: bytes) -> None:
    assert fit_sheets(data, LIMITS) == data
