"""Sentences of the lower floors, in the language of the page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.utils.translation import override

from amparo.site.said import said
from amparo.site.said import saying as module
from amparo.site.said.files import FILE_SENTENCES
from amparo.site.said.recordings import RECORDING_SENTENCES
from amparo.site.said.translations import TRANSLATION_SENTENCES

READERS = Path(__file__).parents[2] / "src" / "amparo" / "extract"
ARABIC = {
    "The file is empty.": "الملف فارغ.",
    "There is no page %(number)s; the last is %(document)s.": "لا صفحة %(number)s من %(document)s.",
    "Page %(number)s: %(message)s": "الصفحة %(number)s: %(message)s",
}


def in_arabic(text: str) -> str:
    with override("ar"), patch.object(module, "gettext", lambda each: ARABIC.get(each, each)):
        return said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The file is empty.", "الملف فارغ."),
        ("There is no page 9; the last is 3.", "لا صفحة 9 من 3."),
        (
            "The file is empty. There is no page 9; the last is 3.",
            "الملف فارغ. لا صفحة 9 من 3.",
        ),
        ("Page 2: The file is empty.", "الصفحة 2: الملف فارغ."),
        ("Nobody listed this. The file is empty.", "Nobody listed this. الملف فارغ."),
        ("no sentence at all", "no sentence at all"),
        ("", ""),
    ],
)
def test_a_text_is_translated_sentence_by_sentence(text: str, expected: str) -> None:
    assert in_arabic(text) == expected


def test_english_stays_as_it_was_said() -> None:
    assert said("The file is empty.") == "The file is empty."


def refusals() -> Iterator[str]:
    """What readers say when they cannot read a file, where it is plain text."""
    for path in READERS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if getattr(getattr(node, "func", None), "id", "") == "UnreadableFile":
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                yield from (str(v.value) for v in values if isinstance(v, ast.Constant))


def test_every_refusal_of_a_reader_is_listed() -> None:
    known = FILE_SENTENCES | RECORDING_SENTENCES | TRANSLATION_SENTENCES
    assert {text for text in refusals() if " " in text} <= known
