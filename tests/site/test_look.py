"""The look keeps its own rules: those of docs/look.md that a machine can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "amparo"
STATIC = SOURCE / "site" / "static" / "amparo"
SHEETS = sorted(STATIC.glob("*.css"))
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
DOC = (ROOT / "docs" / "look.md").read_text("utf-8")
SIGNS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|width|height|(?:min|max)-(?:width|height)|float)\s*:(?!focus)"
)
PAPER = {
    "tokens.css",
    "viewer.css",
    "extract.css",
}  # a page of a document is white by day and night
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgb\(|\bhsl\(")


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(SOURCE)) for path in paths]


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_no_code_or_style_inside_a_page(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"""<style|\sstyle=|\son[a-z]+=["']|href=["']javascript:""", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(?:src|href)=["']https?://""", text)


@pytest.mark.parametrize("path", SHEETS, ids=names(SHEETS))
def test_sheets_mirror_themselves(path: Path) -> None:
    rules = re.sub(r"@media[^{]*\{", "{", without_comments(path))
    assert PHYSICAL.findall(rules) == []


@pytest.mark.parametrize("path", [s for s in SHEETS if s.name not in PAPER])
def test_colours_are_named_in_one_place(path: Path) -> None:
    assert COLOUR.findall(without_comments(path)) == []


def used_signs() -> Iterator[str]:
    for path in TEMPLATES:
        yield from re.findall(r"""\{% icon ["']([\w-]+)["']""", path.read_text("utf-8"))


def test_every_sign_that_is_used_is_drawn_and_listed() -> None:
    assert set(used_signs()) <= SIGNS
    listed = re.search(r"^Icons: (.+)\.$", DOC, re.M)
    assert listed
    assert set(listed[1].split()) == SIGNS


def used_classes() -> Iterator[str]:
    for path in TEMPLATES:
        for value in re.findall(r'class="((?:\{%.*?%\}|[^"])*)"', path.read_text("utf-8")):
            words = re.findall(r"(?:\{%.*?%\}|\{\{.*?\}\}|\S)+", value)
            yield from (word for word in words if "{" not in word)


def test_every_class_that_is_used_is_defined() -> None:
    defined = {c for s in SHEETS for c in re.findall(r"\.([a-zA-Z][\w-]*)", without_comments(s))}
    assert set(used_classes()) - defined == set()


def test_every_tag_is_documented() -> None:
    from amparo.site.templatetags.look import register

    told = [name for name in (*register.tags, *register.filters) if name not in DOC]
    assert told == []


def tokens(theme: int) -> dict[str, str]:
    text = without_comments(STATIC / "tokens.css")
    pairs = re.findall(r"--([\w-]+):\s*light-dark\((#\w+),\s*(#\w+)\)", text)
    return {name: values[theme] for name, *values in pairs}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


TEXT_ON = [
    *((ink, paper) for ink in ("ink", "ink-soft", "ink-faint", "accent", "accent-deep", "danger")
      for paper in ("paper", "paper-sunk", "paper-raised")),
    ("ink", "mark"),
    ("ink-soft", "paper-hover"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-danger", "danger"),
    ("accent-deep", "accent-soft"),
    ("ink-faint", "accent-soft"),
    ("danger", "danger-soft"),
    ("warn", "warn-soft"),
    ("good", "good-soft"),
]  # fmt: skip


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT_ON)
def test_text_can_be_read(ink: str, paper: str, theme: int) -> None:
    assert contrast(tokens(theme)[ink], tokens(theme)[paper]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("edge", ["field-edge", "focus"])
def test_edges_can_be_seen(edge: str, theme: int) -> None:
    assert contrast(tokens(theme)[edge], tokens(theme)["paper"]) >= 3
