"""Word, spreadsheet and rich text files, written as the smallest valid packages (ECMA-376).

No library is needed to write a few paragraphs and cells, and nothing in them depends on the day.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

__all__ = ["packed", "rtf", "spreadsheet", "word"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def word(paragraphs: Sequence[str], *, title: str, author: str, made: datetime) -> bytes:
    """A .docx of plain paragraphs; ``# `` begins a heading, ``> `` one set to the right."""
    body = "".join(_paragraph(each) for each in paragraphs)
    document = (
        f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" '
        'w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {"word/document.xml": document}
    return _package("word/document.xml", main, parts, title=title, author=author, made=made)


def spreadsheet(
    sheets: Mapping[str, Sequence[Sequence[str | float]]],
    *,
    title: str,
    author: str,
    made: datetime,
) -> bytes:
    """An .xlsx of several sheets of text and numbers; the first row of each is bold."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, start=1)
    )
    parts = {
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_S}" xmlns:r="{_R}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/styles.xml": _STYLES,
        "xl/_rels/workbook.xml.rels": _relations(
            {
                **{
                    f"rId{at}": (f"{_R}/worksheet", f"worksheets/sheet{at}.xml")
                    for at in range(1, len(names) + 1)
                },
                "rIdS": (f"{_R}/styles", "styles.xml"),
            }
        ),
    }
    for at, name in enumerate(names, start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = _sheet(sheets[name])
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return _package("xl/workbook.xml", main, parts, title=title, author=author, made=made)


def rtf(paragraphs: Sequence[str]) -> bytes:
    """A rich text file; letters beyond ASCII are written as \\u escapes (RTF 1.9.1)."""
    body = "\\par\n".join(_rtf_text(each) for each in paragraphs)
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs24\n"
    return f"{head}{body}\n}}".encode("ascii")


def packed(files: Mapping[str, bytes], made: datetime) -> bytes:
    """A zip of files, all with the same time, so that it is the same each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, data)
    return written.getvalue()


def _paragraph(said: str) -> str:
    style, mark = "", "<w:spacing w:after='160' w:line='276' w:lineRule='auto'/>"
    if said.startswith("# "):
        said, style = said[2:], "<w:rPr><w:b/><w:sz w:val='28'/></w:rPr>"
    elif said.startswith("> "):
        said, mark = said[2:], mark + "<w:jc w:val='right'/>"
    lines = escape(said).split("\n")
    run = "<w:br/>".join(f"<w:t xml:space='preserve'>{line}</w:t>" for line in lines)
    return f"<w:p><w:pPr>{mark}</w:pPr><w:r>{style}{run}</w:r></w:p>"


def _sheet(rows: Sequence[Sequence[str | float]]) -> str:
    widths = [
        min(44, max(5, *(len(str(row[at])) for row in rows if at < len(row))) + 1)
        for at in range(len(rows[0]))
    ]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(widths, start=1)
    )
    written = "".join(
        f'<row r="{at}">{"".join(_cell(at, column, value) for column, value in enumerate(row))}'
        "</row>"
        for at, row in enumerate(rows, start=1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_S}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        '</sheetViews><sheetFormatPr defaultRowHeight="19" customHeight="1"/>'
        f"<cols>{columns}</cols>"
        f"<sheetData>{written}</sheetData>"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/>'
        '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    )


def _cell(row: int, column: int, value: str | float) -> str:
    place, style = f"{chr(65 + column)}{row}", ' s="1"' if row == 1 else ' s="2"'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"{style}><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"{style}><v>{value}</v></c>'


def _package(
    main: str, kind: str, parts: Mapping[str, str], *, title: str, author: str, made: datetime
) -> bytes:
    """The parts with what every OOXML package has: content types, relations, properties."""
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    special = {main: kind, "docProps/core.xml": core, "xl/styles.xml": f"{sheet}styles+xml"}
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{special.get(name, f"{sheet}worksheet+xml")}"/>'
        for name in [*parts, "docProps/core.xml"]
        if not name.endswith(".rels")
    )
    types = (
        f'{_HEAD}<Types xmlns="{_P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>'
    )
    relations = _relations(
        {
            "rId1": (f"{_R}/officeDocument", main),
            "rId2": (f"{_P}/relationships/metadata/core-properties", "docProps/core.xml"),
        }
    )
    written = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations,
        **parts,
        "docProps/core.xml": _core(title, author, made),
    }
    return packed({name: text.encode() for name, text in written.items()}, made)


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_P}/relationships">{written}</Relationships>'


def _core(title: str, author: str, made: datetime) -> str:
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_P}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _rtf_text(said: str) -> str:
    said = said.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    written = said.encode("utf-16-le")
    units = [int.from_bytes(written[at : at + 2], "little") for at in range(0, len(written), 2)]
    return "".join(_rtf_unit(unit) for unit in units)


def _rtf_unit(unit: int) -> str:
    """One UTF-16 unit; beyond ASCII as a signed decimal, with ``?`` for old readers."""
    if unit < 128:
        return "\\line " if chr(unit) == "\n" else chr(unit)
    return f"\\u{unit - 65536 if unit > 32767 else unit}?"


_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_S}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
    '<xf fontId="1" applyFont="1" xfId="0"/><xf applyAlignment="1" xfId="0">'
    '<alignment horizontal="left"/></xf></cellXfs></styleSheet>'
)
