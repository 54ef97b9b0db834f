"""Small files of every kind, made from their own words: what the readers' tests read."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

from PIL import Image

from amparo.extract.reading import Child, Limits, PageText, Reading

LIMITS = Limits()

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "meta")
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def read_with(reader: object, data: bytes, name: str = "file") -> Reading:
    """Call a reader's ``read`` over bytes."""
    return reader.read(io.BytesIO(data), name, LIMITS)  # type: ignore[attr-defined]


def pages_of(reading: Reading) -> list[PageText]:
    return list(reading.pages)


def words_of(reading: Reading) -> str:
    return "\n".join(page.text for page in reading.pages)


def labels_of(reading: Reading) -> dict[str, str]:
    return {page.label: page.text for page in reading.pages}


def bytes_of(child: Child) -> bytes:
    assert not hasattr(child.data, "read")
    return child.data if isinstance(child.data, bytes) else b"".join(child.data)  # type: ignore[arg-type]


def zipped(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def relations(**targets: str) -> str:
    """Relations by kind: ``relations(comments="comments.xml")``."""
    rows = "".join(
        f'<Relationship Id="{kind}" Type="{_R}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def docx(body: str, *, links: str = "", **parts: str | bytes) -> bytes:
    """A Word document whose body is WordprocessingML; ``parts`` with ``__`` for ``/``."""
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": links or relations(),
            **{name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()},
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_part(name: str, inside: str) -> str:
    return f"<w:{name} {_W}>{inside}</w:{name}>"


def xlsx(rows: str, *, state: str = "visible", strings: str = "", styles: str = "") -> bytes:
    """A workbook of one sheet called Payments."""
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook {_S} xmlns:r="{_R}"><sheets>'
            f'<sheet name="Payments" sheetId="1" state="{state}" r:id="worksheet"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                worksheet="worksheets/sheet1.xml",
                sharedStrings="sharedStrings.xml",
                styles="styles.xml",
            ),
            "xl/sharedStrings.xml": f"<sst {_S}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {_S}>{styles}</styleSheet>",
            "xl/worksheets/sheet1.xml": f"<worksheet {_S}><sheetData>{rows}</sheetData>"
            "</worksheet>",
        }
    )


def pptx(*slides: str, notes: str = "") -> bytes:
    """A presentation; each slide is given as its words, the notes belong to the first."""

    def shape(words: str) -> str:
        return f"<p:sp><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"

    ids = "".join(
        f'<p:sldId id="{255 + number}" r:id="slide{number}"/>'
        for number in range(1, len(slides) + 1)
    )
    parts = {
        "_rels/.rels": relations(officeDocument="ppt/presentation.xml"),
        "ppt/presentation.xml": f'<p:presentation {_P} xmlns:r="{_R}"><p:sldIdLst>{ids}'
        "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"slide{n}": f"slides/slide{n}.xml" for n in range(1, len(slides) + 1)}
        ),
    }
    for number, words in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {_P} {_A}>{shape(words)}</p:sld>"
    if notes:
        parts["ppt/slides/_rels/slide1.xml.rels"] = relations(notesSlide="../notes/n1.xml")
        parts["ppt/notes/n1.xml"] = f"<p:notes {_P} {_A}>{shape(notes)}</p:notes>"
    return zipped(parts)


def odf(kind: str, body: str, *, manifest: str = "", meta: str = "") -> bytes:
    """An OpenDocument file: ``kind`` is text, spreadsheet or presentation."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_ODF} {_DC}><office:body>"
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF} {_DC}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def epub(**chapters: str) -> bytes:
    items = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    return zipped(
        {
            "META-INF/container.xml": '<container><rootfile full-path="book.opf"/></container>',
            "book.opf": f"<package {_DC}><metadata><dc:title>A book</dc:title></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{
                f"{name}.xhtml": f"<html><body>{text}</body></html>"
                for name, text in chapters.items()
            },
        }
    )


def message(
    body: str = "We were held for two days.",
    *,
    html: str = "",
    attached: Mapping[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    made = EmailMessage()
    made["From"] = headers.get("sender", "Amal <amal@example.org>")
    made["To"] = "office@example.org"
    made["Subject"] = headers.get("subject", "What happened")
    made["Date"] = headers.get("date", "Mon, 01 Mar 2021 10:00:00 +0200")
    made.set_content(body)
    if html:
        made.add_alternative(html, subtype="html")
    for name, data in (attached or {}).items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def picture(kind: str, size: tuple[int, int] = (120, 80), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()
