"""A page's content is closed off whatever it leaves open, and bombs are measured first."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.contents import balance_of, content_of
from amparo.filing.bundle.exhibits import Balance
from tests.filing.bundle.builders import pdf


def page_with(*contents, **keys):
    document = pikepdf.open(io.BytesIO(pdf()))
    streams = [Stream(document, content, **keys) for content in contents]
    document.pages[0].obj.Contents = Array(streams) if len(streams) != 1 else streams[0]
    return document, document.pages[0].obj


@pytest.mark.parametrize(
    ("contents", "balance"),
    [
        ([b""], Balance()),
        ([], Balance()),
        ([b"q 1 0 0 1 0 0 cm Q"], Balance()),
        ([b"q 2 0 0 2 0 0 cm"], Balance(open=1)),
        ([b"q", b"q Q"], Balance(open=1)),
        ([b"Q"], Balance(below=1)),
        ([b"Q Q q"], Balance(below=2, open=1)),
        ([b"Q q"], Balance(below=1, open=1)),
        ([b"BT (q q q) Tj ET"], Balance()),
        ([b"q BT (an odd q ) Tj ET Q"], Balance()),
        ([b"q\nq\rQ\x00Q"], Balance()),
    ],
)
def test_counts_what_is_left_open(contents, balance):
    _document, page = page_with(*contents)
    assert balance_of(page, content_of(page)) == balance


def test_content_that_cannot_be_decoded_is_none():
    _document, page = page_with(b"not deflate", Filter=Name.FlateDecode)
    assert content_of(page) is None


def test_a_bomb_is_refused_before_it_is_decoded():
    packed = zlib.compress(bytes(200_000_000))
    _document, page = page_with(packed, Filter=Name.FlateDecode)
    with pytest.raises(UnreadableFile, match="larger than 96 MiB"):
        content_of(page)


def test_a_page_without_contents_has_none():
    assert content_of(Dictionary(Type=Name.Page)) == b""
