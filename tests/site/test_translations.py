"""Every string that a page may show is in every catalogue, and Arabic has all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "amparo"
LOCALE = SOURCE / "site" / "locale"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
STRING = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
IN_TEMPLATES = re.compile(rf"\b(?:_|gettext|ngettext)\(\s*{STRING}")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|</?bdi>")
COMPLETE = ("ar",)
PREPARED = ("ar", "es", "fr", "ru", "uk")


def in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            first = node.args[0]
            if node.func.id in CALLS and isinstance(first, ast.Constant):
                yield str(first.value)


def in_template(path: Path) -> Iterator[str]:
    for match in IN_TEMPLATES.finditer(templatize(path.read_text("utf-8"), str(path))):
        yield str(ast.literal_eval(match[1]))


def used() -> set[str]:
    python = (text for path in SOURCE.rglob("*.py") for text in in_python(path))
    pages = (text for path in SOURCE.rglob("*.html") for text in in_template(path))
    return {text for text in (*python, *pages) if text}


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def ids(found: Catalog) -> set[str]:
    return {m.id if isinstance(m.id, str) else m.id[0] for m in found if m.id}


@pytest.mark.parametrize("language", PREPARED)
def test_every_string_is_in_the_catalogue(language: str) -> None:
    missing = used() - ids(catalogue(language))
    assert not missing, "run `make messages`, then translate"


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_is_left_untranslated(language: str) -> None:
    left = [
        message.id
        for message in catalogue(language)
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]
    assert left == []


@pytest.mark.parametrize("language", PREPARED)
def test_placeholders_survive(language: str) -> None:
    for message in catalogue(language):
        if message.fuzzy:
            continue
        wanted = set(PLACEHOLDER.findall(_forms(message.id)[-1])) if message.id else set()
        for form in filter(None, _forms(message.string)):
            assert set(PLACEHOLDER.findall(form)) <= wanted, message.id
        last = _forms(message.string)[-1] if message.id else ""
        assert not last or set(PLACEHOLDER.findall(last)) == wanted, message.id


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
