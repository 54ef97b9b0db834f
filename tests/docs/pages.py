"""The project's pages in Markdown, and what tests ask of them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)\s*$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links(page: Path) -> list[str]:
    """Where the page's links lead, code left out."""
    prose = _CODE.sub("", _FENCE.sub("", page.read_text("utf-8")))
    return _LINK.findall(prose)


def anchors(page: Path) -> set[str]:
    """The anchors of the page's headings, as forges make them."""
    headings = _HEADING.findall(_FENCE.sub("", page.read_text("utf-8")))
    plain = (re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of the same or a higher level."""
    found = re.search(rf"^(#+) +{re.escape(heading)}\s*$", text, re.MULTILINE)
    assert found, f"no heading {heading!r}"
    rest = text[found.end() :]
    level = len(found[1])
    following = re.search(rf"^#{{1,{level}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def code_spans(text: str) -> list[str]:
    return [span.strip("`").replace("\\|", "|") for span in _CODE.findall(text)]


def shell_lines(page: Path) -> list[str]:
    """The lines of indented and fenced code that call amparo, without comments and prompts."""
    lines = []
    for line in page.read_text("utf-8").splitlines():
        command = re.match(r"^(?: {4}|\$ )?\s*(?:\.venv/bin/)?(amparo .*?)(?:\s+#.*)?$", line)
        if command and (line.startswith((" ", "amparo", "$"))):
            lines.append(command[1])
    return lines
