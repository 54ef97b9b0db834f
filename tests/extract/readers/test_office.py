"""Office documents: text as it stands, what lies beside it, and what is locked, torn or a bomb."""

from __future__ import annotations

import dataclasses
import io
from unittest import mock

import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import legacy, office
from tests.extract.builders import (
    LIMITS,
    bytes_of,
    docx,
    epub,
    labels_of,
    odf,
    pages_of,
    paragraph,
    pptx,
    read_with,
    relations,
    word_part,
    words_of,
    xlsx,
    zipped,
)

BY = 'w:author="Amal" w:date="2021-03-01T10:00:00Z"'


def test_a_word_document_gives_paragraphs_and_rows() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Name", "Age"))
    body = f"{paragraph('Statement')}<w:tbl><w:tr>{cells}</w:tr></w:tbl>{paragraph('End')}"
    assert words_of(read_with(office, docx(body))) == "Statement\nName\tAge\nEnd"


def test_tracked_changes_stand_apart_with_who_and_when() -> None:
    body = (
        "<w:p><w:r><w:t>We saw </w:t></w:r>"
        f"<w:del {BY}><w:r><w:delText>three</w:delText></w:r></w:del>"
        f"<w:ins {BY}><w:r><w:t>two</w:t></w:r></w:ins><w:r><w:t> men.</w:t></w:r></w:p>"
    )
    sections = labels_of(read_with(office, docx(body)))
    assert sections[""] == "We saw two men."
    assert sections["Tracked changes"] == (
        "Deleted by Amal, 2021-03-01T10:00:00Z: three\nInserted by Amal, 2021-03-01T10:00:00Z: two"
    )


def test_comments_headers_and_footnotes_are_labelled() -> None:
    body = (
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>the bridge</w:t></w:r>'
        '<w:commentRangeEnd w:id="7"/></w:p>'
    )
    comment = f'<w:comment w:id="7" {BY}>{paragraph("Which one?")}</w:comment>'
    data = docx(
        body,
        links=relations(comments="comments.xml", header="header1.xml", footnotes="footnotes.xml"),
        word__comments_dot_xml=word_part("comments", comment),
        word__header1_dot_xml=word_part("hdr", paragraph("Confidential")),
        word__footnotes_dot_xml=word_part("footnotes", paragraph("Seen at dawn.")),
    )
    assert labels_of(read_with(office, data)) == {
        "": "the bridge",
        "Headers and footers": "Confidential",
        "Footnotes and endnotes": "Seen at dawn.",
        "Comments": "Comment by Amal, 2021-03-01T10:00:00Z, on “the bridge”: Which one?",
    }


def test_macros_are_named_pictures_are_children_and_nothing_is_fetched() -> None:
    remote = relations(attachedTemplate="http://evil.example/t.dotm").replace(
        "/>", ' TargetMode="External"/>'
    )
    data = docx(
        paragraph("x"),
        links=remote,
        word__vbaProject_dot_bin=b"macro",
        word__media__image1_dot_png=b"\x89PNG",
        word__embeddings__list_dot_xlsx=b"PK",
    )
    reading = read_with(office, data)
    assert "never run" in reading.metadata["macros"]
    assert reading.metadata["outside references"] == "attachedTemplate: http://evil.example/t.dotm"
    children = {child.path: bytes_of(child) for child in reading.children}
    assert children == {"word/embeddings/list.xlsx": b"PK", "word/media/image1.png": b"\x89PNG"}


def test_a_workbook_gives_what_a_person_sees() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>44256</v></c></row>'
        '<row r="9"><c r="A9"><v>11.990000000000001</v></c><c r="B9" t="b"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    )
    reading = read_with(office, xlsx(rows, strings="<si><t>Paid</t></si>", styles=styles))
    (page,) = pages_of(reading)
    assert page.label == "Payments"
    first, second, third = page.text.split("\n")
    assert (first, second, third.strip()) == ("Paid\t\t2021-03-01", "11.99\tTRUE", "far")


def test_a_hidden_sheet_says_so() -> None:
    (page,) = pages_of(read_with(office, xlsx("<row><c><v>1</v></c></row>", state="veryHidden")))
    assert page.label == "Payments (hidden sheet)"


def test_slides_come_one_a_page_with_their_notes() -> None:
    sections = labels_of(read_with(office, pptx("First", "Second", notes="Say it slowly")))
    assert sections == {"slide 1": "First\nNotes: Say it slowly", "slide 2": "Second"}


def test_open_documents() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
        "<dc:creator>Amal</dc:creator><dc:date>2021-03-01</dc:date></office:change-info>"
        "<text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:h>Title</text:h><text:p>One<text:tab/>two<text:s text:c='2'/>three"
        "<office:annotation><dc:creator>Ivan</dc:creator><dc:date>2022</dc:date>"
        "<text:p>Really?</text:p></office:annotation> four</text:p>"
    )
    meta = "<meta:creation-date>2021-03-01T09:00:00.123</meta:creation-date>"
    reading = read_with(office, odf("text", body, meta=meta))
    assert labels_of(reading) == {
        "": "Title\nOne\ttwo  three four",
        "Comments": "Comment by Ivan, 2022: Really?",
        "Tracked changes": "Deleted by Amal, 2021-03-01: gone",
    }
    assert reading.metadata["created"] == "2021-03-01T09:00:00"


def test_an_open_spreadsheet_repeats_no_million_rows() -> None:
    cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    many = 'table:number-rows-repeated="1048000"'
    empty = f"<table:table-row {many}><table:table-cell/></table:table-row>"
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    body = f'<table:table table:name="A">{row}{empty}</table:table>'
    assert labels_of(read_with(office, odf("spreadsheet", body))) == {"A": "x\tx"}


def test_a_book_gives_its_chapters_in_order() -> None:
    reading = read_with(office, epub(two="<p>Second</p>", one="<p>First</p>"))
    assert [page.text for page in reading.pages] == ["Second", "First"]
    assert reading.metadata["title"] == "A book"


def test_a_document_without_words_still_has_a_page() -> None:
    (page,) = pages_of(read_with(office, docx("<w:p/>")))
    assert (page.text, page.source) == ("", "none")


@pytest.mark.parametrize(
    "data",
    [odf("text", "", manifest="<manifest:encryption-data/>"),
     zipped({"META-INF/container.xml": "<c/>", "content.xml": "", "encrypted-package": "x"})],
)  # fmt: skip
def test_a_locked_document_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="locked by a password"):
        read_with(office, data)


class _Compound:
    """A compound file of the given streams, as olefile gives it."""

    def __init__(self, **streams: bytes) -> None:
        self._streams = {name.replace("_", " "): data for name, data in streams.items()}

    def exists(self, name: str) -> bool:
        return name in self._streams

    def openstream(self, name: str) -> io.BytesIO:
        return io.BytesIO(self._streams[name])


@pytest.mark.parametrize(
    ("streams", "locked"),
    [
        ({"EncryptedPackage": b""}, True),
        ({"WordDocument": bytes(11) + b"\x01"}, True),
        ({"WordDocument": bytes(12)}, False),
        ({"Workbook": b"\x09\x08\x02\x00ab\x2f\x00\x00\x00"}, True),
        ({"Workbook": b"\x09\x08\x02\x00ab\x0a\x00\x00\x00"}, False),
        ({"Current_User": bytes(12) + b"\xdf\xc4\xd1\xf3"}, True),
        ({"Current_User": bytes(16)}, False),
    ],
)
def test_older_formats_say_that_they_are_locked(streams: dict[str, bytes], locked: bool) -> None:
    assert legacy.is_locked(_Compound(**streams)) is locked  # type: ignore[arg-type]


def test_an_outside_entity_is_left_out_and_told() -> None:
    parts = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + word_part("document", f"<w:body>{paragraph('before &x; after')}</w:body>"),
    }
    reading = read_with(office, zipped(parts))
    assert reading.status == "partial"
    assert "nothing was fetched" in reading.reason
    assert words_of(reading).startswith("before")


def test_a_bomb_is_left_packed() -> None:
    small = dataclasses.replace(LIMITS, memory=32 * 2**20)
    data = docx(paragraph("a" * 20_000_000))
    with pytest.raises(UnreadableFile, match="unfolds to more than"):
        list(office.read(io.BytesIO(data), "x", small).pages)


def test_a_torn_document_gives_what_is_left() -> None:
    data = docx("".join(paragraph(f"Line {n} of the statement") for n in range(400)))
    torn = data[: data.rfind(b"PK\x01\x02") - 20]
    reading = read_with(office, torn)
    assert reading.status == "partial"
    assert "cut short" in reading.reason
    assert "Line 1 of the statement" in words_of(reading)


def test_what_nobody_can_rescue_is_told_in_the_first_words() -> None:
    empty = legacy.Tika([], {}, "")
    with (
        mock.patch.object(legacy, "tika", return_value=empty),
        pytest.raises(UnreadableFile, match="damaged"),
    ):
        read_with(office, b"PK\x03\x04 nothing more")


def test_rtf_is_read_by_tika() -> None:
    reading = read_with(
        office, rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\pard\b Signed\b0\par}"
    )
    assert reading.tool == "iscc-tika"
    assert "Signed" in words_of(reading)
