"""A document that is a zip of parts (OOXML, OpenDocument, EPUB), read within limits.

Parts are read one at a time, never written anywhere, and stop being read when together they have
unfolded beyond what a document of that size can honestly hold. XML is parsed without entities,
document types or network.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Limits

__all__ = ["BROKEN", "Parts", "local", "stated_time", "xml_parser"]

BROKEN = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
"""What ``zipfile`` raises on a damaged, encrypted or unknown member, zlib's error aside."""

_CHUNK = 256 * 1024
_UNLOOKED = 64 * 2**20
_UNFOLDS = (
    "The document unfolds to more than {} MiB from {} KiB, as files made to overload a computer "
    "do. It is kept and sealed, and was not read further."
)
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Parts:
    """The parts of one zip-based document; ``remarks`` gathers what its reader must be told.

    ``mend`` reads XML that breaks off as far as it goes.
    """

    def __init__(self, file: BinaryIO, limits: Limits, *, mend: bool = False) -> None:
        self.remarks: list[str] = []
        self._limits = limits
        self._mend = mend
        self._unfolded = 0
        self._size = file.seek(0, 2)
        file.seek(0)
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN as error:
            raise UnreadableFile(
                "The file is damaged: its table of contents is missing or broken, "
                "as when a copy was cut short.",
                next_step="Ask for the file again.",
            ) from error
        self.names = {info.filename: info for info in self._zip.infolist()[: limits.entries]}
        self._folded = {name.lower(): name for name in self.names}

    def find(self, name: str) -> str | None:
        """Give the part's own spelling of a name (they are compared without case), or None."""
        plain = name.lstrip("/")
        return plain if plain in self.names else self._folded.get(plain.lower())

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a part's bytes; UnreadableFile when it is damaged or unfolds beyond the limits."""
        known = self.find(name)
        if known is None:
            raise UnreadableFile(f"The part {name} is missing.")
        try:
            with self._zip.open(self.names[known]) as part:
                while chunk := part.read(_CHUNK):
                    self._count(len(chunk))
                    yield chunk
        except (*BROKEN, zlib.error) as error:
            raise UnreadableFile(f"The part {name} is damaged.") from error

    def read(self, name: str) -> bytes:
        """Give a whole part; one that would take too much memory whole is refused."""
        taken = bytearray()
        for chunk in self.chunks(name):
            taken += chunk
            if len(taken) > self._limits.memory // 8:
                raise UnreadableFile(_UNFOLDS.format(len(taken) >> 20, max(self._size >> 10, 1)))
        return bytes(taken)

    def tree(self, name: str) -> etree._Element | None:
        """Parse a part as XML; None when it is missing; a damaged one leaves a remark and None."""
        if self.find(name) is None:
            return None
        try:
            data = self.read(name)
            root = etree.fromstring(data, xml_parser(mend=self._mend))
        except (UnreadableFile, etree.XMLSyntaxError, ValueError) as error:
            if isinstance(error, UnreadableFile) and "unfolds" in error.message:
                raise
            self.remarks.append(f"The part {name} is damaged and was left out.")
            return None
        self._look_for_entities(name, data)
        return root

    def events(self, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """Parse a large part as it comes, giving each finished element of ``tags``, then freed."""
        parser = etree.XMLPullParser(
            ("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=True, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            for chunk in self.chunks(name):
                parser.feed(chunk)
                yield from _finished(parser)
            parser.close()
            yield from _finished(parser)
        except etree.XMLSyntaxError:
            self.remarks.append(f"The part {name} is damaged; what stood before that was read.")

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Give a part's relations: id to (kind, target, external); targets as part names."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str, bool]] = {}
        for element in root.iter(_RELATIONS) if root is not None else ():
            kind = element.get("Type", "").rpartition("/")[2]
            target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
            if not outside:
                joined = target if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(joined).lstrip("/")
            found[element.get("Id", "")] = (kind, target, outside)
        return found

    def _count(self, size: int) -> None:
        self._unfolded += size
        most = max(_UNLOOKED, self._limits.ratio * self._size)
        if self._unfolded > min(most, self._limits.memory // 2):
            raise UnreadableFile(_UNFOLDS.format(self._unfolded >> 20, max(self._size >> 10, 1)))

    def _look_for_entities(self, name: str, data: bytes) -> None:
        if b"<!ENTITY" in data[:20_000]:
            self.remarks.append(
                f"The part {name} asks for text from outside the document (an XML entity); "
                "nothing was fetched, and that place is left empty."
            )


def stated_time(info: zipfile.ZipInfo) -> str:
    """Give a member's time as stated, without a zone; "" when it is the format's zero."""
    if info.date_time[:1] <= (1980,):
        return ""
    date, time = info.date_time[:3], info.date_time[3:]
    return "{:04d}-{:02d}-{:02d}".format(*date) + "T{:02d}:{:02d}:{:02d}".format(*time)


def xml_parser(*, mend: bool = False) -> etree.XMLParser:
    """Make a parser that fetches nothing and expands nothing; ``mend`` reads on after errors."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=True, remove_comments=True, remove_pis=True, recover=mend,
    )  # fmt: skip


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _finished(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        assert isinstance(element, etree._Element)
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
