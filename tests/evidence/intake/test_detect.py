import bz2
import gzip
import io
import json
import lzma
import os
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from amparo.evidence.intake.containers import OLE_MAGIC
from amparo.evidence.intake.detect import EMPTY, UNKNOWN, media_type, vocabulary

SHARED = Path(os.environ.get("AMPARO_SHARED_DATA") or Path(__file__).parents[4] / "shared/data")
OFFICE = "application/vnd.openxmlformats-officedocument."


def detect(data: bytes, name: str = "") -> str:
    return media_type(io.BytesIO(data), name)


def zipped(*names: str, first: tuple[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(name, "x" * 50)
    return out.getvalue()


def picture(format_: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, format_)
    return out.getvalue()


def compound(*names: str) -> bytes:
    """An OLE compound file with nothing but a directory."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in ("Root Entry", *names)
    )
    directory = entries.ljust(-(-len(entries) // 512) * 512, b"\0")
    sectors = len(directory) // 512
    table = struct.pack("<L", 0xFFFFFFFD)
    table += b"".join(struct.pack("<L", n) for n in [*range(2, 1 + sectors), 0xFFFFFFFE])
    head = OLE_MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head = head.ljust(48, b"\0") + struct.pack("<L", 1)
    head = head.ljust(76, b"\0") + struct.pack("<L", 0)
    return head.ljust(512, b"\xff") + table.ljust(512, b"\xff") + directory


def tar(format_: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format_) as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


def v7_tar() -> bytes:
    block = bytearray(tar(tarfile.USTAR_FORMAT))
    block[257:512] = bytes(255)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block[:512])
    return bytes(block)


WARC = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n"

CONTENT = [
    (b"", EMPTY),
    (bytes(range(256)) * 4, UNKNOWN),
    (b"%PDF-1.7\n", "application/pdf"),
    (b"\r\nHTTP junk\r\n%PDF-1.4\n\0\0", "application/pdf"),
    (picture("PNG"), "image/png"),
    (picture("JPEG"), "image/jpeg"),
    (picture("GIF"), "image/gif"),
    (picture("TIFF"), "image/tiff"),
    (picture("WEBP"), "image/webp"),
    (picture("BMP"), "image/bmp"),
    (picture("JPEG2000"), "image/jp2"),
    (b"BMW is a make of car.", "text/plain"),
    (b"\0\0\0\x18ftypheic", "image/heic"),
    (b"\0\0\0\x18ftypmif1", "image/heif"),
    (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
    (b"\0\0\0\x18ftypisom", "video/mp4"),
    (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
    (b"\0\0\0\x18ftyp3gp5", "video/3gpp"),
    (b"RIFF\0\0\0\0WAVE", "audio/wav"),
    (b"ID3\x04\0", "audio/mpeg"),
    (b"\xff\xfb\x90\0", "audio/mpeg"),
    (b"AT&TFORM\0\0\0\0DJVM", "image/vnd.djvu"),
    (b"{\\rtf1\\ansi}", "application/rtf"),
    (b"!BDN\0\0", "application/vnd.ms-outlook-pst"),
    (WARC, "application/warc"),
    (gzip.compress(WARC, mtime=0), "application/warc"),
    (gzip.compress(b"other", mtime=0), "application/gzip"),
    (b"\x1f\x8bbroken", "application/gzip"),
    (bz2.compress(b"x"), "application/x-bzip2"),
    (lzma.compress(b"x"), "application/x-xz"),
    (b"7z\xbc\xaf'\x1c\0\4", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
    (tar(tarfile.PAX_FORMAT), "application/x-tar"),
    (tar(tarfile.GNU_FORMAT), "application/x-tar"),
    (v7_tar(), "application/x-tar"),
    (zipped("a.txt"), "application/zip"),
    (b"PK\5\6" + bytes(18), "application/zip"),
    (zipped("[Content_Types].xml", "word/document.xml"), OFFICE + "wordprocessingml.document"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
    (
        zipped("[Content_Types].xml", "ppt/presentation.xml"),
        OFFICE + "presentationml.presentation",
    ),
    (
        zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "application/vnd.ms-word.document.macroEnabled.12",
    ),
    (
        zipped("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.text")),
        "application/vnd.oasis.opendocument.text",
    ),
    (
        zipped("META-INF/container.xml", first=("mimetype", "application/epub+zip")),
        "application/epub+zip",
    ),
    (zipped("x", first=("mimetype", "text/html")), "application/zip"),
    (zipped("datapackage.json", "archive/data.warc"), "application/wacz"),
    (compound("WordDocument", "1Table"), "application/msword"),
    (compound("Workbook"), "application/vnd.ms-excel"),
    (compound("Book"), "application/vnd.ms-excel"),
    (compound("PowerPoint Document"), "application/vnd.ms-powerpoint"),
    (compound(*"abcdefgh", "__properties_version1.0"), "application/vnd.ms-outlook"),
    (compound("x"), "application/x-ole-storage"),
    (OLE_MAGIC, "application/x-ole-storage"),
    (b"<!DOCTYPE html><p>x", "text/html"),
    (b"\n<HTML><body>", "text/html"),
    (b"<!-- saved -->\n<p>x <head>", "text/html"),
    (b'<?xml version="1.0"?><html xmlns="x">', "application/xhtml+xml"),
    (b'<?xml version="1.0"?><report>', "application/xml"),
    (b'<svg xmlns="x">', "image/svg+xml"),
    (b'<?xml version="1.0"?>\n<svg:svg xmlns:svg="x">', "image/svg+xml"),
    (b'{"a": 1}', "application/json"),
    (b'[{"a": 1}]', "application/json"),
    (b"[14, 15]", "application/json"),
    (b"[14/03/2021, 10:00:00] Rosa: hello", "text/plain"),
    (b"[sic] is what he wrote", "text/plain"),
    (b"BEGIN:VCALENDAR\r\n", "text/calendar"),
    (b"begin:vcard\r\n", "text/vcard"),
    (b"WEBVTT\n\n", "text/vtt"),
    (b"From: a@b.c\nSubject: x\nDate: y\n\nbody", "message/rfc822"),
    (b"Received: by x\n\tid y\nFrom: a@b.c\n\n", "message/rfc822"),
    (b"Return-Path: <x>\nReceived: y\n\n\0\1\2\3", "message/rfc822"),
    (b"From: the desk of X\nTo: whom it may concern\n\nDear", "text/plain"),
    (b"Subject: x\nNote: y\n", "text/plain"),
    (b"From a@b.c Mon Jan  1 00:00:00 2020\nFrom: a@b.c\n\nx", "application/mbox"),
    (b"From here on, 2020\nwe walked", "text/plain"),
    ("Привет, мир".encode(), "text/plain"),
    ("Привет, мир, как дела".encode("cp1251"), "text/plain"),
    ("دیروز در تهران".encode("utf-16"), "text/plain"),
    ("From: a@b.c\nTo: d@e.f\nSubject: x\n".encode("utf-16"), "message/rfc822"),
    ("plain old text, no mark".encode("utf-16-le"), "text/plain"),
    ("plain old text, no mark".encode("utf-16-be"), "text/plain"),
    ("日本語のテキスト".encode("iso2022_jp"), "text/plain"),
    ("日本語のテキスト".encode("shift_jis"), "text/plain"),
    (b"caf\xc3", "text/plain"),
    (b"\x00\x01\x02", UNKNOWN),
]


@pytest.mark.parametrize(("data", "expected"), CONTENT)
def test_content_decides(data: bytes, expected: str) -> None:
    assert detect(data) == expected


@pytest.mark.parametrize(("data", "expected"), CONTENT)
def test_a_lying_extension_changes_nothing(data: bytes, expected: str) -> None:
    for extension in ("exe", "pdf", "jpg"):
        assert detect(data, f"x.{extension}") == expected


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"a,b\n1,2\n", "x.csv", "text/csv"),
        (b"a,b\n1,2\n", "X.CSV", "text/csv"),
        (b"a\tb\n", "x.tsv", "text/tab-separated-values"),
        (b"# x", "x.md", "text/markdown"),
        (b"X-Odd: y\n\nbody", "x.eml", "message/rfc822"),
        (b"no header at all", "x.eml", "text/plain"),
        (b"From a@b.c Mon Jan 1 2020\nFrom: a@b.c\n\nx", "x.eml", "message/rfc822"),
        (b"just words", "x.html", "text/plain"),
        (b"words <b>and</b> marks", "x.html", "text/html"),
        (b"\0\1\2\3", "x.csv", UNKNOWN),
        (b"<!DOCTYPE html>", "x.txt", "text/html"),
        (
            compound("EncryptionInfo", "EncryptedPackage"),
            "x.docx",
            OFFICE + "wordprocessingml.document",
        ),
        (compound("EncryptionInfo", "EncryptedPackage"), "x.pdf", "application/x-ole-storage"),
    ],
)
def test_the_name_breaks_ties(data: bytes, name: str, expected: str) -> None:
    assert detect(data, name) == expected


def test_a_zip_that_is_cut_is_known_by_its_first_members() -> None:
    whole = zipped("[Content_Types].xml", "word/document.xml", "word/styles.xml")
    assert detect(whole[:200]).endswith("wordprocessingml.document")


def test_a_member_far_into_a_large_zip_is_seen() -> None:
    whole = zipped("[Content_Types].xml", *(f"media/{n}" for n in range(3000)), "xl/workbook.xml")
    assert detect(whole).endswith("spreadsheetml.sheet")


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\3\4", b"PK\5\6", OLE_MAGIC, b"\x1f\x8b"])
)
def test_nothing_breaks_it(data: bytes, start: bytes) -> None:
    assert "/" in detect(start + data)


@given(st.data())
def test_no_damage_breaks_it(draw: st.DataObject) -> None:
    whole = bytearray(
        draw.draw(st.sampled_from([compound("Workbook", "x"), zipped("word/x", "y"), v7_tar()]))
    )
    for _ in range(8):
        at = draw.draw(st.integers(0, len(whole) - 1))
        whole[at] = draw.draw(st.sampled_from([0, 0xFF, 0x7F]))
    assert "/" in detect(bytes(whole[: draw.draw(st.integers(1, len(whole)))]))


def test_a_directory_that_runs_in_a_circle_ends() -> None:
    loop = bytearray(compound(*"abcdefgh"))
    loop[512 + 4 : 512 + 8] = struct.pack("<L", 1)
    assert detect(bytes(loop)) == "application/x-ole-storage"


def test_every_type_is_well_formed() -> None:
    words = vocabulary()
    signed = [*words.elsewhere, *(line for lines in words.by_first_byte.values() for line in lines)]
    types = [kind for kind, _ in (*signed, *words.zips, *words.oles)]
    for kind in (*types, *words.text.values(), *words.encrypted_office.values()):
        top, _, rest = kind.partition("/")
        assert top in {"application", "audio", "font", "image", "message", "text", "video"}
        assert rest
    assert all(pattern for _, pattern in signed)


EXPECTED = {
    "bmp": "image/bmp",
    "csv": "text/csv",
    "djvu": "image/vnd.djvu",
    "doc": "application/msword",
    "docx": OFFICE + "wordprocessingml.document",
    "eml": "message/rfc822",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "heic": "image/heic",
    "html": "text/html",
    "ics": "text/calendar",
    "jp2": "image/jp2",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mbox": "application/mbox",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "msg": "application/vnd.ms-outlook",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": OFFICE + "presentationml.presentation",
    "pst": "application/vnd.ms-outlook-pst",
    "rar": "application/vnd.rar",
    "rtf": "application/rtf",
    "tar": "application/x-tar",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "tsv": "text/tab-separated-values",
    "vcf": "text/vcard",
    "warc": "application/warc",
    "wacz": "application/wacz",
    "wav": "audio/wav",
    "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "zip": "application/zip",
    "7z": "application/x-7z-compressed",
}
NAMED_WRONGLY = {
    "ingest-f__fnf.msg": "message/rfc822",
    "unstruct__eng_spa_mult.ppt": OFFICE + "presentationml.presentation",
    "py-wacz__invalid_example_1.wacz": "application/zip",
    "empty.pdf": EMPTY,
    "html_named.pdf": "text/html",
    "random.pdf": UNKNOWN,
}


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real inputs in {SHARED}")
@pytest.mark.parametrize("folder", ["evidence", "hostile"])
def test_every_real_file_is_known(folder: str) -> None:
    wrong = {}
    for path in sorted((SHARED / folder).iterdir()):
        extension = path.suffix[1:].lower()
        expected = NAMED_WRONGLY.get(path.name, EXPECTED[extension])
        with path.open("rb") as file:
            got = media_type(file, path.name)
        if got != expected:
            wrong[path.name] = got
    assert json.dumps(wrong) == "{}"
