"""Word documents (OOXML): the text as it now stands, and apart from it what lies beside it.

Sections of a reading: the body; headers and footers; footnotes and endnotes; comments (who, when,
on which words); tracked changes (who inserted or deleted what, when). The body holds inserted
text and leaves deleted text out. ECMA-376 part 1, section 17; names are compared without their
namespace, so that the strict and the transitional form read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from amparo.base.errors import UnreadableFile
from amparo.extract.parts import Parts, local

__all__ = ["read"]

_SKIPPED = frozenset({"Fallback", "instrText", "delInstrText", "pPrChange", "rPrChange", "rPr",
                      "pPr", "tblPr", "tcPr", "trPr", "sectPr", "binData"})  # fmt: skip
_MARKS: Mapping[str, str] = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t",
}  # fmt: skip
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})


@dataclass(slots=True)
class _Change:
    """A run of tracked text: what happened to it, by whom, when (as stated)."""

    what: str
    who: str
    when: str
    words: str = ""


@dataclass(slots=True)
class _Story:
    """What a walk through one part of the document gathers."""

    text: list[str] = field(default_factory=list)
    changes: list[_Change] = field(default_factory=list)
    quoted: dict[str, list[str]] = field(default_factory=dict)
    open_comments: list[str] = field(default_factory=list)


def read(parts: Parts, main: str) -> list[tuple[str, str]]:
    """Give ``(label, text)`` sections of a document whose body is the part ``main``."""
    root = parts.tree(main)
    if root is None:
        raise UnreadableFile("The document's text is damaged or missing.")
    body = _walk(root)
    relations = parts.relations(main)
    sections = [("", _joined(body))]
    sections += _beside(parts, relations, ("header", "footer"), "Headers and footers")
    sections += _beside(parts, relations, ("footnotes", "endnotes"), "Footnotes and endnotes")
    sections += _comments(parts, relations, body)
    if body.changes:
        sections.append(("Tracked changes", "\n".join(_told(body.changes))))
    return sections


def _walk(root: etree._Element) -> _Story:
    """Walk a part without recursion, so that no depth of nesting can break it."""
    story = _Story()
    skipping: etree._Element | None = None
    tracked: list[_Change] = []
    for step, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if skipping is not None:
            if step == "end" and element is skipping:
                skipping = None
            continue
        if step == "start" and name in _SKIPPED:
            _note_mark(element, name, story)
            skipping = element
        elif step == "start":
            _enter(element, name, story, tracked)
        else:
            _leave(name, story, tracked)
    return story


def _enter(element: etree._Element, name: str, story: _Story, tracked: list[_Change]) -> None:
    if name in _DELETED or name in _INSERTED:
        change = _Change(
            "deleted" if name in _DELETED else "inserted",
            _attribute(element, "author"),
            _attribute(element, "date"),
        )
        tracked.append(change)
        story.changes.append(change)
    elif name in ("t", "delText"):
        _say(element.text or "", story, tracked)
    elif name in _MARKS and local_parent(element) in ("r", "p"):
        _say(_MARKS[name], story, tracked)
    elif name == "sym":
        _say(_symbol(_attribute(element, "char")), story, tracked)
    elif name in ("docPr", "shape") and (words := element.get("descr") or element.get("alt")):
        _say(f"[picture: {words}]", story, tracked)
    elif name == "commentRangeStart":
        story.open_comments.append(_attribute(element, "id"))
    elif name == "commentRangeEnd" and _attribute(element, "id") in story.open_comments:
        story.open_comments.remove(_attribute(element, "id"))


def _leave(name: str, story: _Story, tracked: list[_Change]) -> None:
    if name in ("ins", "del", "moveFrom", "moveTo") and tracked:
        tracked.pop()
    elif name == "p":
        story.text.append("\n")
    elif name == "tc":
        _end_cell(story.text)
    elif name == "tr":
        story.text.append("\n")


def _end_cell(text: list[str]) -> None:
    """Let a cell of one paragraph stay on its row: its line end becomes the tab of the next."""
    while text and text[-1] == "\n":
        text.pop()
    text.append("\t")


def _say(words: str, story: _Story, tracked: list[_Change]) -> None:
    for change in tracked:
        change.words += words
    if not any(change.what == "deleted" for change in tracked):
        story.text.append(words)
        for comment in story.open_comments:
            story.quoted.setdefault(comment, []).append(words)


def _note_mark(element: etree._Element, name: str, story: _Story) -> None:
    """Note a tracked paragraph mark, which stands inside the properties that are skipped."""
    if name == "pPr":
        for mark in element.iter():
            if local(mark) in ("ins", "del") and local_parent(mark) == "rPr":
                what = "joined with the next" if local(mark) == "del" else "begun"
                who, when = _attribute(mark, "author"), _attribute(mark, "date")
                story.changes.append(_Change(f"paragraph {what}", who, when))


def _joined(story: _Story) -> str:
    lines = (line.rstrip() for line in "".join(story.text).split("\n"))
    return "\n".join(lines).strip("\n")


def _beside(
    parts: Parts, relations: Mapping[str, tuple[str, str, bool]], kinds: tuple[str, ...], label: str
) -> list[tuple[str, str]]:
    texts: dict[str, None] = {}
    for kind, target, outside in relations.values():
        if kind in kinds and not outside and (root := parts.tree(target)) is not None:
            texts.setdefault(_joined(_walk(root)))
    text = "\n".join(filter(str.strip, texts))
    return [(label, text)] if text else []


def _comments(
    parts: Parts, relations: Mapping[str, tuple[str, str, bool]], body: _Story
) -> list[tuple[str, str]]:
    lines: list[str] = []
    for kind, target, outside in relations.values():
        if kind != "comments" or outside or (root := parts.tree(target)) is None:
            continue
        for comment in root:
            quoted = "".join(body.quoted.get(_attribute(comment, "id"), ()))
            words = " ".join(_joined(_walk(comment)).split("\n"))
            lines.append(f"{_by('Comment', comment)}{_on(quoted)}: {words}")
    return [("Comments", "\n".join(lines))] if lines else []


def _told(changes: list[_Change]) -> Iterator[str]:
    """Tell each change in a line; neighbours by one person at one time are one change."""
    merged: list[_Change] = []
    for change in changes:
        last = merged[-1] if merged else None
        if last and (last.what, last.who, last.when) == (change.what, change.who, change.when):
            last.words += change.words
        else:
            merged.append(change)
    for change in merged:
        by = f" by {change.who}" if change.who else ""
        when = f", {change.when}" if change.when else ""
        words = f": {' '.join(change.words.split())}" if change.words.strip() else ""
        yield f"{change.what.capitalize()}{by}{when}{words}"


def _by(what: str, element: etree._Element) -> str:
    who, when = _attribute(element, "author"), _attribute(element, "date")
    return what + (f" by {who}" if who else "") + (f", {when}" if when else "")


def _on(quoted: str) -> str:
    words = " ".join(quoted.split())
    return f", on “{words[:200]}{'…' if len(words) > 200 else ''}”" if words else ""


def _symbol(code: str) -> str:
    """Give a symbol font's sign: its place in the private use area stands for a Latin-1 one."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return {0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0xF0FD: "☒", 0xF0B7: "•"}.get(
        point, chr(point) if point < 0xE000 else "•"
    )


def _attribute(element: etree._Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def local_parent(element: etree._Element) -> str:
    """Give the name of the element that holds this one; "" at the top."""
    parent = element.getparent()
    return "" if parent is None else local(parent)
