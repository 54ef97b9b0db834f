"""Word, Excel, PowerPoint, OpenDocument, RTF and e-book files, told apart by what is in them.

Zip-based documents are read from their XML, so that comments, tracked changes, hidden sheets and
slides keep their names; older files by Tika (``legacy``), which also rescues what it can of a
damaged zip. Macros and embedded files are named and never run; pictures and embedded files of
zip-based documents become children.
"""

from __future__ import annotations

import contextlib
import io
import mimetypes
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import BinaryIO, cast

import olefile

from amparo.base.errors import UnreadableFile
from amparo.extract import sections
from amparo.extract.parts import Parts, local, stated_time
from amparo.extract.readers import epub, legacy, opendocument, sheets, slides, torn_zip, word
from amparo.extract.reading import Child, Limits, PageText, Reading

__all__ = ["read"]

_LOCKED = UnreadableFile(
    "The file is locked by a password.",
    next_step="Ask for the password, save an unlocked copy, and add that copy beside this one.",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OOXML: Mapping[str, str] = {"document": "word", "workbook": "sheets", "presentation": "slides"}
_CORE: Mapping[str, str] = {
    "title": "title", "creator": "creator", "subject": "subject", "description": "description",
    "keywords": "keywords", "created": "created", "modified": "modified", "language": "language",
    "lastModifiedBy": "office:last modified by", "lastPrinted": "office:printed",
    "revision": "office:revision", "category": "office:category", "Application": "producer",
    "Company": "office:company", "Manager": "office:manager", "Template": "office:template",
    "Pages": "office:pages", "Words": "office:words", "TotalTime": "office:minutes edited",
    "generator": "producer", "initial-creator": "creator", "creation-date": "created",
    "date": "modified", "editing-cycles": "office:revision", "print-date": "office:printed",
}  # fmt: skip
_READERS: Mapping[str, Callable[[Parts, str], Sequence[sections.Section]]] = {
    "word": word.read,
    "sheets": sheets.read,
    "slides": slides.read,
}
_MOST_OUTSIDE = 50
_NO_WORDS = PageText(1, 0.0, 0.0, "", source="none")
_FRACTION = re.compile(r"(?<=T\d\d:\d\d:\d\d)\.\d+")


@dataclass(slots=True)
class _Found:
    """What a document gave, before it becomes a Reading."""

    sections: Sequence[sections.Section]
    metadata: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    children: Iterator[Child] = field(default_factory=lambda: iter(()))
    tool: str = "amparo office"
    tool_version: str = field(default_factory=lambda: version("amparo"))


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read an office document; UnreadableFile when it is locked, empty or too damaged."""
    head = file.read(8)
    file.seek(0)
    if not head:
        raise UnreadableFile("The file is empty.")
    if head.startswith(b"PK"):
        found = _zipped(file, limits)
    elif head == _OLE:
        found = _compound(file, limits)
    else:
        found = _by_tika(file, limits)
    pages = list(sections.pages(found.sections)) or [_NO_WORDS]
    return Reading(
        status="partial" if found.remarks else "read",
        reason=" ".join(dict.fromkeys(found.remarks)),
        pages=pages,
        metadata=found.metadata,
        children=found.children,
        tool=found.tool,
        tool_version=found.tool_version,
    )


def _zipped(file: BinaryIO, limits: Limits) -> _Found:
    try:
        parts = Parts(file, limits)
        return _from_parts(parts)
    except UnreadableFile as error:
        if error.args == _LOCKED.args or "unfolds" in error.message:
            raise
        return _rescued(file, limits, error)


def _rescued(file: BinaryIO, limits: Limits, error: UnreadableFile) -> _Found:
    """Read what is left of a damaged document: its parts that can be found, else Tika's finds."""
    for way in (_by_parts_found, _by_tika):
        try:
            found = way(file, limits)
        except UnreadableFile:
            continue
        if any(section[1].strip() for section in found.sections):
            found.remarks.append(f"{error.message} What could be rescued was read.")
            return found
    raise error


def _by_parts_found(file: BinaryIO, limits: Limits) -> _Found:
    """Put the parts that are whole, and the beginning of the torn one, into a new zip."""
    made = io.BytesIO()
    left = limits.memory // 16
    with zipfile.ZipFile(made, "w") as archive:
        for child in torn_zip.read(file, limits).children:
            part = _as_far_as_it_goes(cast(Iterable[bytes], child.data), left)
            left -= len(part)
            archive.writestr(child.path, part)
    return _from_parts(Parts(made, limits, mend=True))


def _as_far_as_it_goes(chunks: Iterable[bytes], most: int) -> bytes:
    taken = bytearray()
    with contextlib.suppress(UnreadableFile):
        for chunk in chunks:
            taken += chunk
            if len(taken) > most:
                break
    return bytes(taken[:most])


def _from_parts(parts: Parts) -> _Found:
    if opendocument.is_locked(parts) or (
        parts.find("META-INF/container.xml") and epub.is_locked(parts)
    ):
        raise _LOCKED
    if parts.find("META-INF/container.xml") and not parts.find("content.xml"):
        chapters, facts = epub.read(parts)
        return _finished(_Found(chapters, facts), parts)
    if parts.find("content.xml"):
        return _finished(_Found(opendocument.read(parts), _facts(parts, "meta.xml")), parts)
    kind, main = _main_part(parts)
    reader = _READERS[kind]
    facts = _facts(parts, "docProps/app.xml") | _facts(parts, "docProps/core.xml")
    return _finished(_Found(reader(parts, main), facts | _custom(parts)), parts)


def _main_part(parts: Parts) -> tuple[str, str]:
    """Find the part that the package calls its document, and which kind it is."""
    targets = [t for kind, t, _ in parts.relations("").values() if kind == "officeDocument"]
    usual = ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"]
    for target in (*targets, *usual):
        if not parts.find(target):
            continue
        folder = target.partition("/")[0]
        if kind := {"word": "word", "xl": "sheets", "ppt": "slides"}.get(folder):
            return kind, target
        root = parts.tree(target)
        if root is not None and local(root) in _OOXML:
            return _OOXML[local(root)], target
    raise UnreadableFile("It is a zip file without the parts of a Word, Excel or PowerPoint file.")


def _finished(found: _Found, parts: Parts) -> _Found:
    """Name macros, embedded files and what the document would fetch; give its children."""
    macros = [name for name in parts.names if _is_macro(name)]
    embedded = [name for name in parts.names if _is_embedded(name)]
    outside = list(_outside(parts))
    if macros:
        found.metadata["macros"] = f"present ({', '.join(macros)}); never run"
    if embedded:
        found.metadata["embedded files"] = ", ".join(posixpath.basename(name) for name in embedded)
    if outside:
        found.metadata["outside references"] = "\n".join(outside[:_MOST_OUTSIDE])
    found.remarks += parts.remarks
    found.children = _children(
        parts, embedded + [name for name in parts.names if _is_picture(name)]
    )
    return found


def _children(parts: Parts, names: list[str]) -> Iterator[Child]:
    for name in names:
        info = parts.names[name]
        if info.file_size:
            kind = mimetypes.guess_type(name)[0]
            yield Child(name, parts.chunks(name), kind, stated_time(info))


def _is_macro(name: str) -> bool:
    plain = name.lower()
    return plain.endswith("vbaproject.bin") or plain.startswith(("basic/", "scripts/"))


def _is_embedded(name: str) -> bool:
    plain = name.lower()
    return "/embeddings/" in plain or "/activex/" in plain or plain.startswith("object ")


def _is_picture(name: str) -> bool:
    plain = name.lower()
    return "/media/" in plain or plain.startswith("pictures/")


def _outside(parts: Parts) -> Iterator[str]:
    """Give the addresses that the document would fetch by itself (not links that one clicks)."""
    for name in parts.names:
        if not name.endswith(".rels"):
            continue
        root = parts.tree(name)
        for element in root if root is not None else ():
            kind = element.get("Type", "").rpartition("/")[2]
            if element.get("TargetMode") == "External" and kind != "hyperlink":
                yield f"{kind}: {element.get('Target')}"


def _facts(parts: Parts, name: str) -> dict[str, str]:
    root = parts.tree(name)
    facts: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        key = _CORE.get(local(element))
        value = _FRACTION.sub("", (element.text or "").strip())
        if key and value:
            facts[key] = f"{facts[key]}; {value}" if key in facts else value
        elif local(element) == "user-defined" and value:
            facts[f"custom:{next(iter(element.attrib.values()), '')}"] = value
    return facts


def _custom(parts: Parts) -> dict[str, str]:
    root = parts.tree("docProps/custom.xml")
    return {
        f"custom:{each.get('name')}": " ".join(
            "".join(str(words) for words in each.itertext()).split()
        )
        for each in (root if root is not None else ())
        if each.get("name")
    }


def _compound(file: BinaryIO, limits: Limits) -> _Found:
    facts: dict[str, str] = {}
    try:
        with olefile.OleFileIO(file) as ole:
            if legacy.is_locked(ole):
                raise _LOCKED
            facts = legacy.inside(ole)
    except OSError as error:
        raise UnreadableFile(
            "The file is damaged, as when a copy was cut short.", next_step="Ask for it again."
        ) from error
    found = _by_tika(file, limits)
    found.metadata.update(facts)
    return found


def _by_tika(file: BinaryIO, limits: Limits) -> _Found:
    made = legacy.tika(file, limits)
    found = _Found(
        made.sections, made.metadata, tool=legacy.TOOL, tool_version=legacy.tool_version()
    )
    if not any(text.strip() for _, text in made.sections):
        found.remarks.append("No words were found in it; look at the original to make sure.")
    return found
