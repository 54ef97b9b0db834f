"""Snippets: the right stretch, the right words, in the original's own characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.search.query import parse
from amparo.search.snippets import LENGTH, Snippet, mark, marker, snippet
from amparo.search.syntax import wanted_words


def cut(text: str, query: str, spellings: dict[str, tuple[str, ...]] | None = None) -> Snippet:
    return snippet(text, marker(wanted_words(parse(query).root), spellings or {}))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("On Habeas  Corpus here", '"habeas corpus"', ("Habeas Corpus",)),
        ("corpus of habeas", '"habeas corpus"', ()),
        ("a courtroom, a court", "court", ("court",)),
        ("a courtroom, a court", "court*", ("courtroom", "court")),
        ("ذهب إلى والمَكتَبَة", "مكتبه", ("والمَكتَبَة",)),
        ("The perse-\ncution", "persecution", ("perse- cution",)),
        ("STRAßE", "strasse", ("STRAßE",)),
        ("中国人权第３条", "人权 第3条", ("人权", "第３条")),
        ("O’Brien said", "o'brien", ("O’Brien",)),
        ("not this", "-this", ()),
        ("ⅷ ﬁn", "fin", ("ﬁn",)),
    ],
)
def test_marks(text: str, query: str, marked: tuple[str, ...]) -> None:
    assert cut(text, query).marked == marked


def test_other_spellings_are_marked_unless_quoted() -> None:
    spellings = {"mohammad": ("محمد", "abd al rahman")}
    assert cut("قال مُحَمَّد", "mohammad", spellings).marked == ("مُحَمَّد",)
    assert cut("Abd al-Rahman", "mohammad", spellings).marked == ("Abd al-Rahman",)
    assert cut("قال مُحَمَّد", '"mohammad"', spellings).marked == ()


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    text = "torture " + "word " * 200 + "the court found torture there " + "word " * 200
    shown = cut(text, "court torture")
    assert shown.marked == ("court", "torture")
    assert not shown.begins
    assert not shown.ends
    assert str(shown).startswith("… ")
    assert str(shown).endswith(" …")


def test_without_words_it_is_the_beginning() -> None:
    shown = cut("word " * 200, "absent")
    assert shown.begins
    assert str(shown).startswith("word word")
    assert cut("", "absent") == Snippet()


def test_a_whole_title_is_marked() -> None:
    pattern = marker(wanted_words(parse("haddad").root), {})
    assert [(each.text, each.marked) for each in mark("Amal Haddad", pattern)] == [
        ("Amal ", False),
        ("Haddad", True),
    ]


@given(st.text(max_size=900), st.text(alphabet='ab مح中ß*"é', max_size=12))
def test_a_snippet_is_a_piece_of_the_text(text: str, query: str) -> None:
    shown = cut(text, query)
    inside = " ".join("".join(fragment.text for fragment in shown.fragments).split())
    assert inside in " ".join(text.split())
    assert len(inside) <= LENGTH * 4
