"""What PostgreSQL is asked: every word quoted, columns as weights, no row across two columns."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from amparo.search.grammar import column, expression
from amparo.search.plan import plan
from amparo.search.query import parse
from amparo.search.tsquery import MOST_PLACES, TsQuery, vector

GRAMMAR = TsQuery()


def asked(written: str) -> str:
    text = plan(parse(written).root).text
    assert text is not None
    return expression(text, {}, GRAMMAR)


def test_words_rows_beginnings_and_exclusions() -> None:
    assert asked("habeas") == "('habeas')"
    assert asked('"in the night"') == "('in' <-> 'the' <-> 'night')"
    assert asked("haddad*") == "('haddad':*)"
    assert asked("a OR b") == "(('a') | ('b'))"
    assert asked("a b -c") == "((('a') & ('b')) & !('c'))"


def test_a_column_is_a_weight() -> None:
    assert column("sender", ("amal",), GRAMMAR) == "('amal':*B)"
    assert GRAMMAR.inside("heading", "(('a') | ('it''s'))") == "(('a':A) | ('it''s':A))"


def test_a_column_begins_where_no_row_reaches_across() -> None:
    assert vector([("D", "a b a"), ("A", "b")]) == "'a':1D,3D 'b':2D,5A"


def test_places_end_where_postgresql_ends() -> None:
    assert vector([("D", "x " * 20_000)]).endswith(f"{MOST_PLACES}D")


@given(st.text(alphabet="ab'\\ :*&|!<>()", max_size=30))
def test_whatever_a_word_holds_it_stays_one(word: str) -> None:
    row = GRAMMAR.row([word])
    assert re.fullmatch(r"\('(?:''|\\\\|[^'\\])*'\)", row)
