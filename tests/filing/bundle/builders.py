"""Small documents made on the spot, and bundles of them."""

import hashlib
import io
import json
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from amparo.base.dates import parse
from amparo.filing.bundle.exhibits import Exhibit, Source
from amparo.filing.bundle.preparation import prepare
from amparo.filing.bundle.production import produce
from amparo.filing.bundle.profiles import load
from amparo.filing.bundle.request import Request

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def pdf(pages=1, *, size=(612, 792), turn=0, content=None, edit=None, **save):
    """A PDF whose page n says "original n"; ``edit`` may change it before it is saved."""
    with pikepdf.new() as document:
        font = document.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for number in range(1, pages + 1):
            page = document.add_blank_page(page_size=size)
            words = content or f"BT /F1 14 Tf 72 300 Td (original {number}) Tj ET"
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            page.obj.Contents = Stream(document, words.encode())
            if turn:
                page.obj.Rotate = turn
        if edit:
            edit(document)
        out = io.BytesIO()
        document.save(out, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def picture(size=(60, 40), kind="PNG", mode="RGB", colour=None, **save):
    out = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(out, kind, **save)
    return out.getvalue()


def source(data, name="file.pdf", media_type="application/pdf", path=None):
    digest = hashlib.sha256(data).hexdigest()
    path = path or f"client/scans/{name}"
    return Source(digest, path, name, media_type, len(data), lambda: io.BytesIO(data))


def exhibit(data, tab="A", description="A letter", date="2021-03~", **where):
    return Exhibit(tab, description, parse(date) if date else None, source(data, **where))


def nothing(_source):
    """A rendition that knows no kind of file."""


def request(profile="eoir", *, title="A. v. State", language="", **options):
    return Request(title, load(profile, language), NOW, **options)


def bundle(exhibits, profile="eoir", **options):
    """Prepare and produce; give the request and what was produced."""
    asked = request(profile, **options)
    return asked, produce(asked, [prepare(each, asked.profile, nothing) for each in exhibits])


def opened(produced, volume=1):
    return pikepdf.open(produced.volumes[volume - 1].file)


def claims(produced):
    return json.loads(produced.manifest)


def link_to(document, page, destination):
    """Put a link on a page (from 0) of a document."""
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([50, 50, 150, 80]), Dest=destination
    )
    document.pages[page].obj.Annots = Array([document.make_indirect(link)])
