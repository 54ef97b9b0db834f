"""Web archives: the list of records, and each answer as a child."""

import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import webarchive
from tests.extract.builders import bytes_of, read_with, words_of


def archive(*, gzip: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
    )
    for address, body in (
        ("http://example.org/", b"<p>One</p>"),
        ("http://example.org/a?b=1", b"two"),
    ):
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2021-03-01T10:00:00Z"},
            )
        )  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize("gzip", [True, False])
def test_answers_are_children_under_their_address(gzip: bool) -> None:
    reading = read_with(webarchive, archive(gzip=gzip))
    children = [(c.path, bytes_of(c), c.media_type, c.modified) for c in reading.children]
    assert children == [
        ("example.org/index.html", b"<p>One</p>", "text/html", "2021-03-01T10:00:00Z"),
        ("example.org/a?b=1", b"two", "text/html", "2021-03-01T10:00:00Z"),
    ]
    assert "2021-03-01T10:00:00Z  response  200  http://example.org/" in words_of(reading)
    assert reading.metadata["warc:software"] == "test"


def test_a_torn_archive_keeps_what_came_before() -> None:
    whole = archive(gzip=True)
    reading = read_with(webarchive, whole[:-60])
    assert reading.metadata["records"] in ("2", "3")


def test_what_is_no_archive_says_so() -> None:
    with pytest.raises(UnreadableFile):
        read_with(webarchive, b"WARC/nothing\r\n\r\n")
