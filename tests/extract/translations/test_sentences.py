"""Sentences of a paragraph, in any script, with nothing left out."""

from __future__ import annotations

import pytest

from amparo.extract.translations.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Vio la casa. ¿Y después?  Nada", ["Vio la casa.", "¿Y después?", "Nada"]),
        ("«Vete.» Se fue.", ["«Vete.»", "Se fue."]),
        ("Costó 3.500 pesos.", ["Costó 3.500 pesos."]),
        ("ماذا رأيت؟ رأيت الجنود.", ["ماذا رأيت؟", "رأيت الجنود."]),
        ("他来了。他走了。", ["他来了。", "他走了。"]),
        ("Una línea\nque sigue", ["Una línea que sigue"]),
        ("  ", []),
    ],
)
def test_they_end_where_a_reader_would_end_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize("text", ["uno, dos " * 200, "palabra " * 300, "x" * 1000])
def test_what_is_too_long_is_parted_and_nothing_is_lost(text: str) -> None:
    parts = sentences(text)
    assert max(map(len, parts)) <= LONGEST
    assert "".join("".join(parts).split()) == "".join(text.split())
