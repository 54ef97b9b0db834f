"""The writer: what it writes others read, whatever was in the source."""

import io

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String

from amparo.filing.bundle.writer import Copier, Writer


def written(value, source=None, pages=None):
    """Write one object as /Value of the catalogue; give it back as pikepdf reads it."""
    out = io.BytesIO()
    writer = Writer(out)
    tree, page = writer.reserve(), writer.reserve()
    leaf = Dictionary(
        Type=Name.Page,
        Parent=Writer.reference(tree),
        MediaBox=Array([0, 0, 9, 9]),
        Resources=Dictionary(),
    )
    writer.add(leaf, page)
    kids = Array([Writer.reference(page)])
    writer.add(Dictionary(Type=Name.Pages, Count=1, Kids=kids), tree)
    copied = Copier(writer, source, pages).copy(value) if source else writer.add(value)
    root = Dictionary(
        Type=Name.Catalog, Pages=Writer.reference(tree), Value=Writer.reference(copied)
    )
    writer.finish(writer.add(root), writer.add(Dictionary()), b"")
    data = out.getvalue()
    assert len(pypdfium2.PdfDocument(data)) == 1
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    document = pikepdf.open(io.BytesIO(data))
    assert not document.get_warnings()
    assert not document.check_pdf_syntax()
    return document, document.Root.Value


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "with (brackets) \\ and \n lines",
        "12 0 R",
        "(3 0 R",
        "شهادة",
        "",
        "\x00\x01(",
        "/Name 5 0 R",
    ],
)
def test_strings_are_never_taken_for_references(text):
    source = pikepdf.new()
    thing = source.make_indirect(
        Dictionary(Text=String(text), Other=source.make_indirect(Array([1])))
    )
    _document, value = written(thing, source)
    assert str(value.Text) == text
    assert list(value.Other) == [1]


@given(st.text(max_size=40), st.binary(max_size=40))
@settings(max_examples=60)
def test_any_string_and_any_stream_come_back(text, data):
    source = pikepdf.new()
    stream = Stream(source, data, Note=String(text))
    _document, value = written(stream, source)
    assert str(value.Note) == text
    assert value.read_bytes() == data


def test_what_is_shared_is_written_once_and_circles_end():
    source = pikepdf.new()
    shared = source.make_indirect(Dictionary(Word=Name.Shared))
    top = source.make_indirect(Dictionary(A=shared, B=shared))
    top.Self = top
    document, value = written(top, source)
    assert value.A.objgen == value.B.objgen
    assert value.Self.objgen == value.objgen
    assert sum(1 for item in document.objects if "/Word" in (item or {})) == 1


def test_a_page_that_is_left_out_becomes_null():
    source = pikepdf.new()
    source.add_blank_page()
    thing = source.make_indirect(Dictionary(Dest=Array([source.pages[0].obj, Name.Fit])))
    _document, value = written(thing, source)
    assert value.Dest[0] is None


def test_an_object_that_is_missing_becomes_null():
    source = pikepdf.open(io.BytesIO(dangling()))
    _document, value = written(source.Root.Thing, source)
    assert value.get("/Gone") is None


def dangling():
    source = pikepdf.new()
    source.add_blank_page()
    gone = source.make_indirect(Dictionary())
    source.Root.Thing = source.make_indirect(Dictionary(Gone=gone, Here=1))
    out = io.BytesIO()
    source.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(out) as saved:
        number = b"/Gone %d 0 R" % saved.Root.Thing.Gone.objgen[0]
    return out.getvalue().replace(number, b"/Gone 9 9 R")


def test_an_encrypted_source_is_written_in_clear():
    locked = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.Thing = made.make_indirect(Stream(made, b"words", Note=String("note")))
        made.save(locked, encryption=pikepdf.Encryption(owner="o", user=""))
    source = pikepdf.open(locked)
    document, value = written(source.Root.Thing, source)
    assert not document.is_encrypted
    assert (value.read_bytes(), str(value.Note)) == (b"words", "note")


def test_many_objects_take_many_object_streams():
    source = pikepdf.new()
    items = Array([source.make_indirect(Dictionary(N=number)) for number in range(1000)])
    _document, value = written(source.make_indirect(items), source)
    assert [int(item.N) for item in value] == list(range(1000))


def test_the_same_objects_make_the_same_bytes():
    def once():
        out = io.BytesIO()
        writer = Writer(out)
        writer.finish(writer.add(Dictionary(Type=Name.Catalog)), writer.add(Dictionary()), b"")
        return out.getvalue()

    assert once() == once()
