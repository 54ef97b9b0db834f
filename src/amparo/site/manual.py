"""The handbook: the pages of ``docs/``, shown in the workbench so that nobody needs a network.

They are part of the program when it is installed, and the folder ``docs`` where it is worked on.
They are in English. Links between them lead to them; links to elsewhere are shown and not followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["Page", "page", "pages"]

HERE = Path(__file__).parent / "handbook"
FOLDER = HERE if HERE.is_dir() else Path(__file__).parents[3] / "docs"
FIRST = "index"

_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the handbook: its title, and its HTML, which is safe to show as it is."""

    name: str
    title: str
    html: str


@cache
def pages() -> frozenset[str]:
    """The names of the pages that there are."""
    return frozenset(path.stem for path in FOLDER.glob("*.md"))


@cache
def page(name: str) -> Page | None:
    """A page by its name; None when there is none."""
    if not _NAME.fullmatch(name) or name not in pages():
        return None
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{name}.md").read_text("utf-8"))
    title = next((each.content for each in tokens if each.type == "inline"), name)
    _name_headings(tokens)
    _lead(tokens)
    body = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    return Page(name, title, str(reader.renderer.render(body, reader.options, {})))


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give headings the anchors that forges give them, and tables their look.

    A head of a table without words is no head.
    """
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            plain = re.sub(r"[^\w\- ]", "", tokens[at + 1].content.replace("`", "").lower())
            token.attrSet("id", plain.replace(" ", "-"))
        elif token.type == "table_open":
            token.attrSet("class", "table")
        elif token.type == "th_open" and not tokens[at + 1].content:
            token.tag = tokens[at + 2].tag = "td"


def _lead(tokens: Sequence[Token]) -> None:
    """Let links between pages lead to them; others become the words that they are."""
    for token in tokens:
        for inner in token.children or ():
            if inner.type == "link_open":
                inner.attrs = _address(str(inner.attrGet("href") or ""))
                if not inner.attrs:
                    inner.tag = "span"
            elif inner.type == "link_close":
                inner.tag = "a"
        _close(token.children or [])


def _close(children: Sequence[Token]) -> None:
    """A link that is none any more is closed as what it is."""
    opened: list[str] = []
    for inner in children:
        if inner.type == "link_open":
            opened.append(inner.tag)
        elif inner.type == "link_close" and opened:
            inner.tag = opened.pop()


def _address(target: str) -> dict[str, str | int | float]:
    path, sign, anchor = target.partition("#")
    if not path and anchor:
        return {"href": target}
    name = path.removesuffix(".md")
    if path.endswith(".md") and name in pages():
        where = reverse("manual") if name == FIRST else reverse("manual-page", args=[name])
        return {"href": f"{where}{sign}{anchor}"}
    return {}
