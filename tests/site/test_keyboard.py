"""The keyboard everywhere: lines that open can be walked to, and no key does two things."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "amparo"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
LINE = re.compile(r"<(?:li|tr)\b[^>]*>")
GLOBAL = {"g h", "g m", "g s", "g n", "g p", "g l"}


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", [p for p in TEMPLATES if "row-link" in p.read_text()], ids=name)
def test_every_line_that_opens_is_walked_to(path: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text("utf-8"))
    for found in re.finditer(r'class="row-link', text):
        lines = LINE.findall(text, 0, found.start())
        assert lines, "a line that opens stands in a list or a table"
        assert "data-row" in lines[-1], lines[-1]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_key_does_two_things_in_one_part_of_a_page(path: Path) -> None:
    text = path.read_text("utf-8")
    keys = Counter(re.findall(r'data-key="([^"{]+)"', text))
    twice = {
        key for key, count in keys.items() if count > 1 and not _stand_in_for_each_other(text, key)
    }
    assert not twice
    assert not (set(keys) & GLOBAL) or "masthead" in text or "parts/" in name(path) or _leads(text)


def _stand_in_for_each_other(text: str, key: str) -> bool:
    """Whether the two are the ways of one choice, of which a page shows one."""
    between = text.split(f'data-key="{key}"')[1:-1]
    return all("{% else %}" in each or "{% elif" in each for each in between)


def _leads(text: str) -> bool:
    """Whether the key leads where it leads on every page."""
    return "matters:open" in text


def test_nothing_is_taken_out_of_the_order_of_tab() -> None:
    """But the place that "Skip to the page" leads to, and names there for password managers."""
    tags = [
        (name(path), tag)
        for path in TEMPLATES
        for tag in re.findall(r'<[^<>]*tabindex="(?:-1|[1-9])[^<>]*>', path.read_text("utf-8"))
    ]
    odd = [tag for _where, tag in tags if 'id="main"' not in tag and 'class="unseen"' not in tag]
    assert odd == []


def test_what_is_clicked_can_be_pressed() -> None:
    """Only links, buttons, fields and summaries answer to a click: nothing else has a key."""
    for path in TEMPLATES:
        for tag in re.findall(r"<(\w+)[^<>]*\bdata-key=", path.read_text("utf-8")):
            assert tag in {"a", "button", "input", "select", "textarea", "summary"}, name(path)
