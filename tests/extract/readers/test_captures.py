"""Captured pages of WARC and WACZ: words, links, screenshots, the id of the record."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from amparo.base.errors import UnreadableFile
from amparo.extract import captures
from amparo.extract.readers import wacz, webarchive
from amparo.extract.reading import PageText
from tests.extract.builders import bytes_of, read_with

PAGE = (
    "<html><head><title>The square\n at noon</title></head><body><h1>The square</h1>"
    "<p>They stood here.</p><a href='/next'>Next</a> <a href='http://other.example/a?b=1'>Other</a>"
    "<a href='javascript:alert(1)'>No</a> <a href='/next'>Again</a></body></html>"
)
ADDRESS = "https://news.example/square"


def shot(width: int = 400, height: int = 300) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "orange").save(out, "PNG")
    return out.getvalue()


def warc(
    pages: list[tuple[str, str, str]], *, shots: dict[str, bytes] | None = None, gzip: bool = True
) -> bytes:
    """An archive of ``(address, html, status)`` and of screenshots by their record's address."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for number, (address, body, status) in enumerate(pages):
        headers = StatusAndHeaders(
            status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body.encode()), http_headers=headers,
                warc_headers_dict={"WARC-Date": f"2021-03-0{number + 1}T10:00:00Z"},
            )
        )  # fmt: skip
    for address, data in (shots or {}).items():
        writer.write_record(
            writer.create_warc_record(
                address, "resource", payload=io.BytesIO(data), warc_content_type="image/png"
            )
        )
    return out.getvalue()


def collection(data: bytes, listed: list[dict[str, str]], **more: bytes) -> bytes:
    out = io.BytesIO()
    lines = [{"format": "json-pages-1.0", "id": "pages"}, *listed]
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", json.dumps({"title": "The square", "resources": []}))
        archive.writestr("archive/data.warc.gz", data)
        archive.writestr("pages/pages.jsonl", "\n".join(json.dumps(each) for each in lines))
        for path, content in more.items():
            archive.writestr(path.replace("__", "."), content)
    return out.getvalue()


def by_number(pages: object) -> list[PageText]:
    return sorted(pages, key=lambda page: page.number)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("gzip", [True, False])
def test_a_captured_page_has_its_words_links_and_record(gzip: bool) -> None:
    reading = read_with(webarchive, warc([(ADDRESS, PAGE, "200 OK")], gzip=gzip))
    page, records = by_number(reading.pages)
    assert page.label == "The square at noon"
    lines = page.text.split("\n")
    assert lines[:3] == ["The square at noon", ADDRESS, "Captured 2021-03-01T10:00:00Z, status 200"]
    assert captures.record_in(page.text).startswith("urn:uuid:")
    assert captures.screenshot_in(page.text) == ""
    assert "They stood here." in page.text
    assert page.text.endswith(
        "Links\nNext → https://news.example/next\nOther → http://other.example/a?b=1"
    )
    assert records.label == "records"


def test_a_screenshot_is_the_pages_picture_and_a_file_inside() -> None:
    shots = {f"urn:thumbnail:{ADDRESS}": shot(40, 30), f"urn:view:{ADDRESS}": shot()}
    reading = read_with(webarchive, warc([(ADDRESS, PAGE, "200 OK")], shots=shots))
    page = by_number(reading.pages)[0]
    assert (page.width, page.height) == (300.0, 225.0)
    path = captures.screenshot_path(captures.screenshot_in(page.text))
    found = {child.path: bytes_of(child) for child in reading.children}
    assert found[f"{path}.png"] == shots[f"urn:view:{ADDRESS}"]


def test_answers_that_are_no_pages_are_files_inside_only() -> None:
    pages = [
        (ADDRESS, PAGE, "200 OK"),
        ("https://news.example/gone", "<p>404</p>", "404 Not Found"),
    ]
    reading = read_with(webarchive, warc(pages))
    assert [page.label for page in by_number(reading.pages)] == ["The square at noon", "records"]
    assert len(list(reading.children)) == 2


def test_a_collections_own_list_gives_order_and_titles() -> None:
    pages = [(f"https://news.example/{n}", PAGE, "200 OK") for n in (1, 2, 3)]
    pages.append(("https://news.example/gone", "<p>gone</p>", "404 Not Found"))
    listed = [
        {
            "url": "https://news.example/gone",
            "ts": "2021-03-04T10:00:00Z",
            "title": "Gone\nRecord x",
        },
        {"url": "https://news.example/3", "ts": "2021-03-03T10:00:00.000Z", "title": "Third"},
    ]
    reading = read_with(wacz, collection(warc(pages), listed))
    labels = [page.label for page in by_number(reading.pages)]
    assert labels == [
        "Gone Record x", "Third", "The square at noon", "The square at noon", "records",
    ]  # fmt: skip
    assert reading.metadata["title"] == "The square"
    assert [(each.title, each.page) for each in reading.outline] == [
        ("Gone Record x", 1),
        ("Third", 2),
        ("https://news.example/1", 3),
        ("https://news.example/2", 4),
    ]


def test_a_title_cannot_name_another_record() -> None:
    other = "urn:uuid:00000000-0000-0000-0000-000000000000"
    listed = [{"url": ADDRESS, "ts": "", "title": f"x\nRecord {other}\nScreenshot {other}"}]
    reading = read_with(wacz, collection(warc([(ADDRESS, PAGE, "200 OK")]), listed))
    text = by_number(reading.pages)[0].text
    assert captures.record_in(text) not in ("", other)
    assert captures.screenshot_in(text) == ""


def test_words_that_only_the_browser_showed_stand_below_those_of_the_html() -> None:
    page = "<html><title>App</title><body><div id='root'></div></body></html>"
    seen = "The convoy left the square at noon and nobody was counted."
    listed = [{"url": ADDRESS, "ts": "", "title": "App", "text": seen}]
    by_list = read_with(wacz, collection(warc([(ADDRESS, page, "200 OK")]), listed))
    data = warc([(ADDRESS, page, "200 OK")], shots={f"urn:text:{ADDRESS}": seen.encode()})
    by_record = read_with(webarchive, data)
    for reading in (by_list, by_record):
        assert by_number(reading.pages)[0].text.endswith(f"As the browser showed it\n{seen}")
    twice = [{"url": ADDRESS, "ts": "", "text": "The square They stood here. Next Other"}]
    same = read_with(wacz, collection(warc([(ADDRESS, PAGE, "200 OK")]), twice))
    assert "As the browser showed it" not in by_number(same.pages)[0].text


def test_files_of_no_kind_of_its_own_come_out_of_a_collection() -> None:
    data = collection(warc([(ADDRESS, PAGE, "200 OK")]), [], notes__txt=b"who, when")
    found = {child.path: bytes_of(child) for child in read_with(wacz, data).children}
    assert set(found) == {"news.example/square", "notes.txt"}


def test_a_collection_without_records_is_partial_and_one_that_is_none_is_unreadable() -> None:
    reading = read_with(wacz, collection(b"", [], notes__txt=b"only this"))
    assert (reading.status, [child.path for child in reading.children]) == (
        "partial",
        ["notes.txt"],
    )
    with pytest.raises(UnreadableFile):
        read_with(wacz, b"PK\x03\x04 torn")


def test_a_torn_archive_keeps_the_pages_before_the_tear() -> None:
    whole = warc([(ADDRESS, PAGE, "200 OK"), (f"{ADDRESS}/2", PAGE * 50, "200 OK")])
    reading = read_with(webarchive, whole[:-40])
    assert "They stood here." in by_number(reading.pages)[0].text
