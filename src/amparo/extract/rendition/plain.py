"""Messages, texts, small tables and drawings, set by typst."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import BinaryIO

from amparo.base.typeset import typeset
from amparo.extract.readers import mail, text
from amparo.extract.reading import Child, Limits

__all__ = ["Pages", "set_drawing", "set_message", "set_text"]

Pages = tuple[bytes, str, str, str]
"""The PDF, the tool and its version, and in words what is missing."""

_LONGEST = 2_000_000
_LONGEST_PARAGRAPH = 20_000
_TABLES = ("text/csv", "text/tab-separated-values")
_WIDEST_TABLE, _LONGEST_TABLE = 8, 3000

_DRAWING = """#import "/house.typ": *
#set page(paper: inputs.paper, margin: 1.5cm)
#align(center + horizon, image(file("drawing"), format: "svg", width: 100%, fit: "contain"))
"""


def set_message(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set a message: its headers, its words, and the names of what is attached."""
    del media_type
    reading = mail.read(file, name, limits)
    words = "\n\n".join(_with_label(page.label, page.text) for page in reading.pages)
    head, _, body = words.partition("\n\n")
    facts = [line.partition(": ")[::2] for line in head.split("\n") if ": " in line]
    attached = [f"{child.path} ({_size(child)})" for child in reading.children]
    title = reading.metadata.get("title", "")
    return _typeset(name, paper, title=title, facts=facts, body=body, attached=attached)


def set_text(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set a text as it stands, a small table as a table."""
    reading = text.read(file, name, limits)
    words = "\n\n".join(_with_label(page.label, page.text) for page in reading.pages)
    rows = [line.split("\t") for line in words.split("\n")]
    widest = max(map(len, rows), default=0)
    if media_type in _TABLES and 1 < widest <= _WIDEST_TABLE and len(rows) <= _LONGEST_TABLE:
        even = [[*row, *[""] * (widest - len(row))] for row in rows]
        return _typeset(name, paper, table=even, widths=_widths(even))
    title = reading.metadata.get("title", "")
    return _typeset(name, paper, title=title, body=words)


def set_drawing(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set an SVG drawing, as large as the paper lets it be."""
    del limits, media_type, name
    pdf = typeset(_DRAWING, inputs={"paper": paper, "drawing": file.read()})
    return pdf, "typst", version("typst"), ""


def _with_label(label: str, words: str) -> str:
    return f"— {label} —\n\n{words}" if label else words


def _size(child: Child) -> str:
    data = child.data if isinstance(child.data, bytes) else b"".join(child.data)
    return f"{len(data):,} bytes"


def _widths(rows: list[list[str]]) -> list[float]:
    """Share a table's width among its columns by how much they hold, none very narrow."""
    columns = zip(*rows, strict=True)
    means = [sum(min(len(cell), 400) for cell in column) / len(rows) for column in columns]
    return [max(mean, 6.0) ** 0.5 for mean in means]


def _typeset(name: str, paper: str, **given: object) -> Pages:
    body = str(given.get("body", ""))
    cut = len(body) > _LONGEST
    inputs: Mapping[str, object] = {
        "title": "", "facts": [], "attached": [], "table": [], "widths": [], **given,
        "body": "", "paragraphs": _paragraphs(body[:_LONGEST]), "name": name, "paper": paper,
    }  # fmt: skip
    missing = f"Only the first {_LONGEST:,} characters are set to pages." if cut else ""
    return typeset(_template(), inputs=inputs), "typst", version("typst"), missing


def _paragraphs(body: str) -> list[str]:
    """Part a text at blank lines, very long parts at line ends; runs of spaces keep their width."""
    kept = re.sub(
        r" {2,}|\t", lambda found: "\u00a0" * (len(found[0]) if found[0][0] == " " else 4), body
    )
    parts: list[str] = []
    for part in re.split(r"\n{2,}", kept):
        while len(part) > _LONGEST_PARAGRAPH:
            end = part.rfind("\n", 1, _LONGEST_PARAGRAPH) + 1 or _LONGEST_PARAGRAPH
            parts.append(part[:end].rstrip("\n"))
            part = part[end:]
        if part.strip("\n"):
            parts.append(part.strip("\n"))
    return parts


@cache
def _template() -> str:
    return resources.files("amparo.extract.rendition").joinpath("plain.typ").read_text("utf-8")
