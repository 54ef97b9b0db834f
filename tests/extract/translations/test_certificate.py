"""The certificate of a translation: what it needs, what it says, what is read back."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from amparo.base.errors import UsageError
from amparo.extract.translations.certificate import (
    Certified,
    Original,
    kinds,
    not_on_it,
    set_certificate,
)
from amparo.extract.translations.pairs import Pair, digest
from amparo.extract.translations.passages import of_page

SAID = Certified(
    kind="us",
    translator="Yusra Halvi",
    source="es",
    target="en",
    documents="Birth certificate of Amal Talmarin",
    address="12 Rowan Street, Almar",
    telephone="+1 555 0100",
    competence="I have translated for nine years.",
)
ORIGINAL = Original("acta.pdf", "ab" * 32, "2026-014")
PAIRS = [
    Pair(passage, text)
    for passage, text in zip(
        of_page(1, "ACTA\n\n12.400\n\nComparece Yusuf."),
        ["RECORD", "", "Yusuf appears. أمل"],
        strict=True,
    )
]


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def set_it(said: Certified = SAID, pairs: list[Pair] = PAIRS) -> bytes:
    return set_certificate(said, ORIGINAL, pairs, version=2, sha256=digest("es", "en", pairs))


def test_what_the_rules_ask_for_stands_on_it() -> None:
    text = " ".join(words(set_it()).split())
    for said in (
        "I, Yusra Halvi, certify that I am competent to translate from Spanish into English.",
        "is complete, and it is true and accurate to the best of my abilities",
        "Birth certificate of Amal Talmarin",
        "12 Rowan Street, Almar",
        "+1 555 0100",
        "Signature of the translator",
        "Yusuf appears.",
        "12.400",
        "acta.pdf",
    ):
        assert said in text, said
    assert not_on_it(SAID, text) == []


def test_reading_back_names_what_is_lacking() -> None:
    text = words(set_it())
    assert not_on_it(replace(SAID, telephone="+1 555 0199"), text) == ["+1 555 0199"]
    assert len(not_on_it(SAID, "")) == 6


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"translator": " "}, "name of the translator"),
        ({"address": ""}, "address"),
        ({"telephone": ""}, "telephone number"),
        ({"documents": ""}, "document translated"),
        ({"source": ""}, "language of the original"),
        ({"target": "fr"}, "into English"),
        ({"kind": "moon"}, "no such kind"),
    ],
)
def test_what_it_needs_is_asked_for(change: dict[str, str], lacks: str) -> None:
    with pytest.raises(UsageError, match=lacks):
        set_it(replace(SAID, **change))


def test_a_translation_with_gaps_is_not_certified() -> None:
    with pytest.raises(UsageError, match="not complete"):
        set_it(pairs=[*PAIRS[:-1], replace(PAIRS[-1], text=" ")])


def test_elsewhere_it_needs_less() -> None:
    said = replace(SAID, kind="plain", address="", telephone="", target="fr", competence="")
    text = " ".join(words(set_it(said)).split())
    assert "know Spanish and French well enough" in text
    assert not_on_it(said, text) == []


def test_the_same_words_give_the_same_bytes() -> None:
    assert set_it() == set_it()


def test_markup_of_a_translator_is_shown_and_not_obeyed() -> None:
    said = replace(SAID, documents="#pagebreak() *A* $x$ {translator}")
    assert "#pagebreak() *A* $x$ {translator}" in " ".join(words(set_it(said)).split())


def test_every_requirement_has_a_source_that_was_read() -> None:
    for kind in kinds().values():
        for source in kind.sources:
            assert source.about
            assert source.where
            assert source.read in ("itself", "secondary")
            assert len(source.checked) == 10
