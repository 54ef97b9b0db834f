"""PowerPoint presentations (OOXML): a page a slide, with its notes and comments, hidden ones named.

ECMA-376 part 1, section 19; shapes in the order of the file, tables as rows, the words of charts
and diagrams, and what pictures say of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from amparo.base.errors import UnreadableFile
from amparo.extract.parts import Parts, local

__all__ = ["read"]

_BESIDE = {"notesSlide": "Notes", "comments": "Comment", "chart": "Chart", "diagramData": "Diagram"}


def read(parts: Parts, main: str) -> list[tuple[str, str]]:
    """Give a ``(label, text)`` section for each slide, in the order of the show."""
    show = parts.tree(main)
    if show is None:
        raise UnreadableFile("The presentation's list of slides is damaged or missing.")
    relations = parts.relations(main)
    sections: list[tuple[str, str]] = []
    for number, entry in enumerate((e for e in show.iter() if local(e) == "sldId"), 1):
        id_ = next((str(v) for k, v in entry.attrib.items() if str(k).endswith("}id")), "")
        target = relations.get(id_, ("", "", False))[1]
        slide = parts.tree(target) if target else None
        if slide is None:
            parts.remarks.append(f"Slide {number} is damaged or missing.")
            continue
        hidden = " (hidden)" if slide.get("show") in ("0", "false") else ""
        text = "\n".join(filter(None, (_text(slide), *_beside(parts, target))))
        sections.append((f"slide {number}{hidden}", text))
    return sections


def _beside(parts: Parts, target: str) -> Iterator[str]:
    for kind, part, outside in parts.relations(target).values():
        if outside or kind not in _BESIDE or (root := parts.tree(part)) is None:
            continue
        if text := _values(root) if kind == "chart" else _text(root, skip=kind == "notesSlide"):
            yield f"{_BESIDE[kind]}: {text}"


def _text(root: etree._Element, *, skip: bool = False) -> str:
    """Give the words of a slide; ``skip`` leaves out the fields (slide number, date) of notes."""
    text: list[str] = []
    fallback: etree._Element | None = None
    for step, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if fallback is not None:
            fallback = None if step == "end" and element is fallback else fallback
        elif step == "start" and (name == "Fallback" or (skip and name == "fld")):
            fallback = element
        elif step == "start":
            _enter(element, name, text)
        elif name in ("p", "cm", "tr"):
            text.append("\n")
        elif name == "tc":
            while text and text[-1] == "\n":
                text.pop()
            text.append("\t")
    lines = (line.rstrip() for line in "".join(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _enter(element: etree._Element, name: str, text: list[str]) -> None:
    if name in ("t", "text"):
        text.append(element.text or "")
    elif name == "br":
        text.append("\n")
    elif name == "tab":
        text.append("\t")
    elif name == "cNvPr" and (words := element.get("descr")):
        text.append(f"[picture: {words}]\n")


def _values(chart: etree._Element) -> str:
    """Give a chart's titles, then its labels and numbers as they were last drawn."""
    words = (e.text or "" for e in chart.iter() if local(e) in ("t", "v"))
    return " ".join(" ".join(words).split())
