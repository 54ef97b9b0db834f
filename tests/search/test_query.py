"""The query language: its readings, its notes, and that nothing a person types breaks it."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amparo.search.fts5 import Fts5
from amparo.search.grammar import column, expression
from amparo.search.plan import plan
from amparo.search.query import MOST_LEAVES, parse
from amparo.search.syntax import And, Dated, Field, Node, Not, Or, Words, leaves
from amparo.search.words import index_words


def words(*pieces: str, **options: bool) -> str:
    """How ``told`` writes words."""
    text = " ".join(pieces)
    return f'"{text}"' if options.get("quoted") else f"{text}{'*' if options.get('prefix') else ''}"


def told(node: Node | None) -> str:
    """A tree in one line."""
    match node:
        case None:
            return "nothing"
        case Words():
            return words(*node.pieces, quoted=node.quoted, prefix=node.prefix)
        case Field():
            return f"{node.name}={node.value}"
        case Dated():
            return f"{node.earliest or ''}..{node.latest or ''}"
        case Not(inner):
            return f"not {told(inner)}"
        case And(nodes):
            return f"({' & '.join(map(told, nodes))})"
        case Or(nodes):
            return f"({' | '.join(map(told, nodes))})"


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("Habeas CORPUS", "(habeas & corpus)"),
        ('"Habeas corpus"', '"habeas corpus"'),
        ("“habeas corpus”", '"habeas corpus"'),
        ("«habeas corpus»", '"habeas corpus"'),
        ("a AND b", "(a & b)"),
        ("a b OR c d", "((a & b) | (c & d))"),
        ("a | b", "(a | b)"),
        ("a (b OR c)", "(a & (b | c))"),
        ("a NOT b", "(a & not b)"),
        ("a -b", "(a & not b)"),
        ("-(a b)", "not (a & b)"),
        ("NOT NOT a", "a"),
        ("e-mail", "e mail"),
        ("o'brien", "o brien"),
        ('צה"ל', "צה ל"),
        ("tort*", "tort*"),
        ("and or not", "(and & or & not)"),
        ("TYPE:PDF", "type=PDF"),
        ('from:"A B" name:c', "(from=A B & name=c)"),
        ("tag:(a OR b)", "(tag=a | tag=b)"),
        ("-tag:a", "not tag=a"),
        ("date:2021-03", "2021-03-01..2021-03-31"),
        ("date:2020..2021-03", "2020-01-01..2021-03-31"),
        ("date:2021..2020", "2020-01-01..2021-12-31"),
        ("date:2020..", "2020-01-01.."),
        ("date:>=2021-03", "2021-03-01.."),
        ("date:<2021", "..2020-12-31"),
        ("before:2021-03-05", "..2021-03-04"),
        ("after:2021-03", "2021-04-01.."),
        ('date:"5 March 2021"', "2021-03-05..2021-03-05"),
        ("10:30", "10 30"),
        ("http://x.org/a", "http x org a"),
        ("中国人", "中国人"),
        ("", "nothing"),
        ("   ", "nothing"),
    ],
)
def test_reading(written: str, tree: str) -> None:
    query = parse(written)
    assert told(query.root) == tree
    assert query.notes == ()


@pytest.mark.parametrize(
    ("written", "tree", "note"),
    [
        ("(a OR b", "(a | b)", "closed at the end"),
        ("a) b", "(a & b)", "without an opening one"),
        ('"a b', '"a b"', "closed at the end"),
        ("()", "nothing", "Empty parentheses"),
        ("AND", "nothing", "nothing to join"),
        ("a OR", "a", "nothing to join"),
        ("NOT", "nothing", "nothing to join"),
        ("a AND OR b", "(a | b)", "nothing to join"),
        ("!!! a", "a", "no letters or digits"),
        ("x*", "x", "at least two letters"),
        ("foo:bar", "(foo & bar)", "not a field"),
        ("date:", "nothing", "nothing follows"),
        ("date:yesteryear a", "a", "not a date"),
        ("date:03/04/2021 a", "a", "not a date"),
        ("(" * 30 + "a" + ")" * 30, "a", "nested too deeply"),
    ],
)
def test_a_best_reading_and_a_note(written: str, tree: str, note: str) -> None:
    query = parse(written)
    assert told(query.root) == tree
    assert any(note in str(each) for each in query.notes), query.notes


def test_there_are_limits() -> None:
    query = parse("word " * 300)
    assert len(list(leaves(query.root))) == MOST_LEAVES
    assert len(query.notes) == 1
    assert "2,000" in str(parse("x" * 3_000).notes[0])


PIECES = st.sampled_from(
    [
        *"()\"*-|:&«»“”,;^{}[]+.\\/'%_~!?<>=",
        *[
            "AND ",
            "OR ",
            "NOT ",
            "NEAR(",
            "a ",
            "b ",
            "محمد ",
            "中国",
            "ไทย",
            "é",
            " ",
            "\x00",
            "\n",
        ],
        *["tag:", "date:", "type:", "2021", "..", "x*", '"a b"', "text:", "rowid:", "(-", "-("],
    ]
)
ANYTHING = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@given(ANYTHING)
@example('"')
@example("-")
@example("(((((((((((((((-a")
@settings(max_examples=300)
def test_whatever_is_typed_has_a_reading(written: str) -> None:
    query = parse(written)
    for note in query.notes:
        assert str(note)
    for leaf, _ in leaves(query.root):
        if isinstance(leaf, Words):
            assert leaf.pieces
            assert all(piece.strip() for piece in leaf.pieces)


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    """The full-text tables as the workspace has them, in the plain library."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    for name, columns in (("words", "text, heading"), ("labels", "name, sender")):
        connection.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', tokenize='ascii')"
        )
    connection.execute(
        "INSERT INTO words(rowid, text) VALUES (1, ?)", [index_words("a b محمد 中国")]
    )
    return connection


@given(ANYTHING)
@settings(max_examples=300)
def test_whatever_is_typed_is_a_sound_expression(index: sqlite3.Connection, written: str) -> None:
    text = plan(parse(written).root).text
    if text is not None:
        spelled = {written: ('x" OR text : "y', "two words")}
        asked = expression(text, spelled, Fts5())
        index.execute("SELECT count(*) FROM words WHERE words MATCH ?", [asked]).fetchall()


@given(st.text(min_size=1, max_size=30))
def test_a_label_is_a_sound_expression(index: sqlite3.Connection, written: str) -> None:
    from amparo.search.words import word_pieces

    pieces = word_pieces(written)
    if pieces:
        asked = column("sender", pieces, Fts5())
        index.execute("SELECT count(*) FROM labels WHERE labels MATCH ?", [asked]).fetchall()


@given(st.text(min_size=1, max_size=40))
def test_every_text_is_found_by_itself(written: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, heading, tokenize='ascii')")
    connection.execute("INSERT INTO words(text) VALUES (?)", [index_words(f"x {written} y")])
    root = parse(f'"{written}"').root
    if isinstance(root, Words) and "\n" not in written and "\r" not in written:
        asked = expression(root, {}, Fts5())
        found = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", [asked])
        assert found.fetchone() == (1,) or '"' in written or "“" in written


def test_dates_never_become_days() -> None:
    assert parse("date:2021-03~").root == Dated(date(2021, 3, 1), date(2021, 3, 31), "2021-03~")
