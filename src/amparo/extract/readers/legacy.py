"""Older Office files (doc, xls, ppt) and RTF by Apache Tika (iscc-tika), and what it cannot open.

Tika answers "empty" for a file that is locked by a password, so locks are looked for first, where
each format says it: the FIB of Word ([MS-DOC] 2.5.1), a FILEPASS record in Excel ([MS-XLS]
2.4.117), the token of the current user in PowerPoint ([MS-PPT] 2.3.2), the EncryptedPackage
stream of newer documents ([MS-OFFCRYPTO] 2.3).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import BinaryIO

import olefile
from iscc_tika import Extractor, OfficeParserConfig
from lxml import etree

from amparo.base.errors import UnreadableFile
from amparo.extract import markup
from amparo.extract.reading import Limits

__all__ = ["TOOL", "Tika", "inside", "is_locked", "tika", "tool_version"]

TOOL = "iscc-tika"

_MARKED = ("page", "sheet", "slide", "slide-content")
_FILEPASS = 0x2F
_LOCKED_TOKEN = 0xF3D1C4DF
_PLAIN: Mapping[str, str] = {
    "dc:title": "title", "dc:creator": "creator", "dc:subject": "subject",
    "dc:description": "description", "meta:keyword": "keywords", "dcterms:created": "created",
    "dcterms:modified": "modified", "meta:last-author": "office:last modified by",
    "extended-properties:Application": "producer", "extended-properties:Company": "office:company",
    "extended-properties:Template": "office:template", "cp:revision": "office:revision",
    "meta:print-date": "office:printed", "xmpTPg:NPages": "office:pages",
    "meta:word-count": "office:words", "extended-properties:Manager": "office:manager",
    "xmpDM:duration": "media:seconds", "xmpDM:artist": "creator", "xmpDM:album": "media:album",
    "xmpDM:releaseDate": "media:released", "xmpDM:audioSampleRate": "media:sample rate",
    "xmpDM:audioChannelType": "media:channels", "channels": "media:channels",
    "xmpDM:audioCompressor": "media:sound packed by",
    "xmpDM:videoCompressor": "media:pictures packed by",
    "tiff:ImageWidth": "media:width", "tiff:ImageLength": "media:height",
    "xmp:CreatorTool": "producer", "geo:lat": "media:latitude", "geo:long": "media:longitude",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tika:
    """What Tika made of a file: sections (a sheet or slide each, where it says so) and facts."""

    sections: list[tuple[str, str]]
    metadata: dict[str, str]
    media_type: str


def is_locked(ole: olefile.OleFileIO) -> bool:
    """Say whether a compound file needs a password to be read."""
    if ole.exists("EncryptedPackage"):
        return True
    if ole.exists("WordDocument"):
        head = ole.openstream("WordDocument").read(12)
        return len(head) == 12 and bool(head[11] & 1)
    for name in ("Workbook", "Book"):
        if ole.exists(name):
            return _has_file_pass(ole.openstream(name))
    if ole.exists("Current User"):
        head = ole.openstream("Current User").read(16)
        return len(head) == 16 and struct.unpack_from("<I", head, 12)[0] == _LOCKED_TOKEN
    return False


def inside(ole: olefile.OleFileIO) -> dict[str, str]:
    """Name the macros and the embedded files of a compound file."""
    facts: dict[str, str] = {}
    paths = ["/".join(path) for path in ole.listdir(streams=False, storages=True)]
    macros = [path for path in paths if path.upper().endswith(("MACROS", "_VBA_PROJECT_CUR"))]
    if macros:
        facts["macros"] = f"present ({', '.join(macros)}); never run"
    objects = [path for path in paths if path.startswith(("ObjectPool/", "MBD"))]
    if objects:
        facts["embedded files"] = f"{len(objects)}, kept inside the original"
    return facts


def tika(file: BinaryIO, limits: Limits) -> Tika:
    """Read a file with Tika; UnreadableFile says what Tika said."""
    file.seek(0)
    office = (
        OfficeParserConfig()
        .set_include_headers_and_footers(True)
        .set_include_slide_notes(True)
        .set_include_deleted_content(False)
        .set_include_shape_based_content(True)
    )
    extractor = (
        Extractor()
        .set_xml_output(True)
        .set_extract_string_max_length(min(limits.characters, 2**31 - 1))
        .set_office_config(office)
    )
    try:
        text, raw = extractor.extract_bytes_to_string(bytearray(file.read()))
    except (TypeError, RuntimeError, ValueError, OSError) as error:
        raise UnreadableFile(
            "The file is damaged, or is not what its name says; its text cannot be read.",
            next_step="Open the original in the program that made it, or ask for it again.",
        ) from error
    metadata = {key: "; ".join(dict.fromkeys(values)) for key, values in raw.items()}
    return Tika(list(_sections(text)), _facts(metadata), metadata.get("Content-Type", ""))


def tool_version() -> str:
    """Give the version of Tika's package."""
    return version("iscc-tika")


def _has_file_pass(stream: BinaryIO) -> bool:
    """Look at the records before the first sheet; a lock stands right after the first BOF."""
    for _ in range(20):
        head = stream.read(4)
        if len(head) < 4:
            return False
        kind, size = struct.unpack("<HH", head)
        if kind == _FILEPASS:
            return True
        stream.seek(size, 1)
    return False


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Part Tika's XHTML where it marks sheets and slides; one section when it does not."""
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    body = root.find("{*}body") if root is not None else None
    if body is None:
        if text.strip():
            yield "", markup.read_html(text).text
        return
    label, slides = "", 0
    gathered: list[str] = []
    for block in _blocks(body):
        kind = block.get("class")
        if kind in _MARKED:
            yield label, _words(gathered)
            slides += kind not in ("page", "sheet")
            label, gathered = _heading(block) or f"slide {slides}", []
        gathered.append(etree.tostring(block, encoding="unicode"))
    yield label, _words(gathered)


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    for child in body:
        if child.get("class") == "slideShow":
            yield from child
        elif isinstance(child.tag, str):
            yield child


def _heading(block: etree._Element) -> str:
    """Take a sheet's name out of its block and give it."""
    first = block[0] if len(block) else None
    if first is None or not str(first.tag).endswith("}h1"):
        return ""
    block.remove(first)
    return (first.text or "").strip()


def _words(fragments: list[str]) -> str:
    return markup.read_html("<body>" + "".join(fragments) + "</body>").text if fragments else ""


def _facts(metadata: Mapping[str, str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for key, value in metadata.items():
        plain = _PLAIN.get(key)
        if plain and value and not value.startswith("1601-01-01"):
            facts[plain] = value
        elif key.startswith("custom:") and value:
            facts[key] = value
    return facts
