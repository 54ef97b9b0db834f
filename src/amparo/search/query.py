"""The query language: what people type, read as well as it can be.

===========================  ==============================================================
``habeas corpus``            both words, in any order
``"habeas corpus"``          exactly these words in this order, no other spellings
``a OR b``, ``a | b``        one of them; AND, and words side by side, bind closer than OR
``NOT a``, ``-a``            without it
``tort*``                    words that begin so
``(a OR b) c``               parentheses group
``type:pdf``, ``from:"A B"`` fields: see ``fields.py``; ``tag:(a OR b)`` is one of several
``date:2020..2021-03``       dates as EDTF or as people write them; ``before:``, ``after:``
===========================  ==============================================================

``parse`` never raises: whatever is typed has a best reading, and notes say what was left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from amparo.search.fields import is_field, read_field
from amparo.search.syntax import And, Node, Not, Note, Or, Query, Words
from amparo.search.words import word_pieces

__all__ = ["MOST_CHARACTERS", "MOST_LEAVES", "parse"]

MOST_CHARACTERS = 2_000
MOST_LEAVES = 40
MOST_DEPTH = 12
_LEAST_PREFIX = 2

_QUOTES = '"“”„‟«»＂'
_LEXEME = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<open>\() | (?P<close>\))
    | (?P<bar>\|+)
    | (?P<minus>(?<![^\s(])[-−–](?=[^\s\-−–)]))
    | (?P<field>(?<![^\s(\-−–])[A-Za-z]{{2,12}}:(?!//))
    | (?P<quote>[{_QUOTES}])
    | (?P<word>(?:[^\s()|{_QUOTES}]|(?<=[א-ת])"(?=[א-ת]))+)
    """,
    re.VERBOSE,
)
_CLOSING_QUOTE = re.compile(f"[{_QUOTES}]")
_OPERATORS: dict[str, Literal["and", "or", "not"]] = {
    "AND": "and",
    "&": "and",
    "&&": "and",
    "OR": "or",
    "NOT": "not",
}


def _(sentence: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return sentence


TOO_LONG = _("Only the beginning of the query was used: it is longer than %(what)s characters.")
TOO_MANY = _("“%(what)s” and what follows was ignored: a query has at most 40 words.")
TOO_DEEP = _("Some parentheses were ignored: they are nested too deeply.")
UNCLOSED_QUOTE = _("The quotation mark was closed at the end.")
UNCLOSED = _("A parenthesis was closed at the end.")
UNOPENED = _("A closing parenthesis without an opening one was ignored.")
EMPTY_GROUP = _("Empty parentheses were ignored.")
DANGLING = _("“%(what)s” was ignored because there is nothing to join.")
NO_LETTERS = _("“%(what)s” was ignored: it has no letters or digits.")
SHORT_PREFIX = _("The * after “%(what)s” was ignored: write at least two letters before it.")
NO_FIELD = _("“%(what)s:” is not a field; it was searched for as a word.")

Kind = Literal["leaf", "and", "or", "not", "(", ")"]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    written: str
    node: Node | None = None


@dataclass(slots=True)
class _Reader:
    """Reads the text into tokens, from left to right."""

    text: str
    place: int = 0
    tokens: list[_Token] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def read(self) -> None:
        while self.place < len(self.text):
            lexeme = _LEXEME.match(self.text, self.place)
            if lexeme is None:
                self.place += 1
                continue
            self.place = lexeme.end()
            self._take(lexeme.lastgroup or "space", lexeme[0])

    def _take(self, group: str, written: str) -> None:
        match group:
            case "open":
                self.tokens.append(_Token("(", written))
            case "close":
                self.tokens.append(_Token(")", written))
            case "bar":
                self.tokens.append(_Token("or", written))
            case "minus":
                self.tokens.append(_Token("not", written))
            case "quote":
                self._add(self._quoted(), written, prefix=self._star(), quoted=True)
            case "field":
                self._field(written)
            case "word":
                self._word(written)

    def _word(self, written: str) -> None:
        if written in _OPERATORS:
            self.tokens.append(_Token(_OPERATORS[written], written))
            return
        self._add(written, written, prefix=written.endswith("*"), quoted=False)

    def _add(self, text: str, written: str, *, prefix: bool, quoted: bool) -> None:
        pieces = word_pieces(text)
        if not pieces:
            if text.strip():
                self.notes.append(Note(NO_LETTERS, text.strip()))
            return
        if prefix and len(pieces[-1]) < _LEAST_PREFIX:
            self.notes.append(Note(SHORT_PREFIX, pieces[-1]))
            prefix = False
        node = Words(pieces, text if quoted else written, prefix=prefix, quoted=quoted)
        self.tokens.append(_Token("leaf", written, node))

    def _quoted(self) -> str:
        """The text up to the next quotation mark, whichever it is."""
        closing = _CLOSING_QUOTE.search(self.text, self.place)
        end = closing.start() if closing else len(self.text)
        inside = self.text[self.place : end]
        self.place = closing.end() if closing else end
        if closing is None and inside.strip():
            self.notes.append(Note(UNCLOSED_QUOTE))
        return inside

    def _star(self) -> bool:
        """Whether a star follows; inside the quotation marks it counts too."""
        before = self.text[: self.place].rstrip(_QUOTES)
        follows = self.text.startswith("*", self.place)
        self.place += follows
        return follows or before.endswith("*")

    def _field(self, written: str) -> None:
        name = written[:-1]
        if not is_field(name):
            self.notes.append(Note(NO_FIELD, name))
            self._word(name)
            return
        if self.text.startswith("(", self.place):
            self._field_group(name)
        else:
            self._add_field(name, self._value())

    def _value(self) -> str:
        """A field's value: quoted, or up to the next space or parenthesis."""
        if self.place < len(self.text) and self.text[self.place] in _QUOTES:
            self.place += 1
            return self._quoted()
        value = re.compile(rf"[^\s()|{_QUOTES}]*").match(self.text, self.place)
        self.place = value.end() if value else self.place
        return value[0] if value else ""

    def _field_group(self, name: str) -> None:
        """``tag:(a OR "b c")``: each value by itself, joined as they are written."""
        depth = len(self.tokens)
        self.tokens.append(_Token("(", "("))
        self.place += 1
        while self.place < len(self.text) and self.text[self.place] != ")":
            start = self.place
            value = self._value()
            if value in _OPERATORS:
                self.tokens.append(_Token(_OPERATORS[value], value))
            elif value:
                self._add_field(name, value)
            if self.place == start:
                if self.text[start] == "|":
                    self.tokens.append(_Token("or", "|"))
                self.place += 1
        self.place += 1
        if len(self.tokens) == depth + 1:
            self._add_field(name, "")
        self.tokens.append(_Token(")", ")"))

    def _add_field(self, name: str, value: str) -> None:
        read = read_field(name, value)
        if isinstance(read, Note):
            self.notes.append(read)
        else:
            self.tokens.append(_Token("leaf", f"{name}:{value}", read))


@dataclass(slots=True)
class _Parser:
    """Reads tokens into a tree: OR joins what AND has joined, NOT takes what is next to it."""

    tokens: list[_Token]
    notes: list[Note]
    place: int = 0

    def parse(self) -> Node | None:
        nodes: list[Node] = []
        while self.place < len(self.tokens):
            node = self._any_of(0)
            if node:
                nodes.append(node)
            if self.place < len(self.tokens):
                self.notes.append(Note(UNOPENED))
                self.place += 1
        return _all(nodes)

    def _peek(self) -> Kind | None:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else None

    def _any_of(self, depth: int) -> Node | None:
        nodes = [self._all_of(depth)]
        while self._peek() == "or":
            written = self.tokens[self.place].written
            self.place += 1
            nodes.append(self._all_of(depth))
            if nodes[-1] is None or nodes[-2] is None:
                self.notes.append(Note(DANGLING, written))
        present = [node for node in nodes if node]
        return _any(present)

    def _all_of(self, depth: int) -> Node | None:
        nodes: list[Node] = []
        while self._peek() not in (None, "or", ")"):
            token = self.tokens[self.place]
            if token.kind == "and":
                self._and(token, nodes)
                continue
            node = self._one(depth)
            if node:
                nodes.append(node)
        return _all(nodes)

    def _and(self, token: _Token, before: list[Node]) -> None:
        self.place += 1
        if not before or self._peek() in (None, "or", "and", ")"):
            self.notes.append(Note(DANGLING, token.written))

    def _one(self, depth: int) -> Node | None:
        token = self.tokens[self.place]
        self.place += 1
        match token.kind:
            case "not":
                return self._negated(token, depth)
            case "(":
                return self._group(depth)
            case _:
                return token.node

    def _negated(self, token: _Token, depth: int) -> Node | None:
        if self._peek() in (None, "or", "and", ")") or depth >= MOST_DEPTH:
            self.notes.append(Note(DANGLING, token.written))
            return None
        node = self._one(depth + 1)
        if node is None:
            return None
        return node.node if isinstance(node, Not) else Not(node)

    def _group(self, depth: int) -> Node | None:
        if depth >= MOST_DEPTH:
            if Note(TOO_DEEP) not in self.notes:
                self.notes.append(Note(TOO_DEEP))
            return None
        empty = self._peek() == ")"
        node = self._any_of(depth + 1)
        if self._peek() == ")":
            self.place += 1
        else:
            self.notes.append(Note(UNCLOSED))
        if empty:
            self.notes.append(Note(EMPTY_GROUP))
        return node


def _all(nodes: list[Node]) -> Node | None:
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, And) else (node,))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _any(nodes: list[Node]) -> Node | None:
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))]
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _within_limits(tokens: list[_Token], notes: list[Note]) -> list[_Token]:
    seen = 0
    for place, token in enumerate(tokens):
        seen += token.kind == "leaf"
        if seen > MOST_LEAVES:
            notes.append(Note(TOO_MANY, token.written))
            return tokens[:place]
    return tokens


def parse(text: str) -> Query:
    """Return the best reading of what a person typed, and notes of what was left out."""
    reader = _Reader(text[:MOST_CHARACTERS])
    reader.read()
    if len(text) > MOST_CHARACTERS:
        reader.notes.append(Note(TOO_LONG, f"{MOST_CHARACTERS:,}"))
    tokens = _within_limits(reader.tokens, reader.notes)
    parser = _Parser(tokens, reader.notes)
    root = parser.parse()
    return Query(text, root, tuple(dict.fromkeys(parser.notes)))
