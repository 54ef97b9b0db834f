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

from dataclasses import dataclass

from amparo.search.lexemes import Kind, Token, read_tokens
from amparo.search.syntax import And, Node, Not, Note, Or, Query

__all__ = ["MOST_CHARACTERS", "MOST_LEAVES", "parse"]

MOST_CHARACTERS = 2_000
MOST_LEAVES = 40
MOST_DEPTH = 12


def _(sentence: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return sentence


TOO_LONG = _("Only the beginning of the query was used: it is longer than %(what)s characters.")
TOO_MANY = _("“%(what)s” and what follows was ignored: a query has at most 40 words.")
TOO_DEEP = _("Some parentheses were ignored: they are nested too deeply.")
UNCLOSED = _("A parenthesis was closed at the end.")
UNOPENED = _("A closing parenthesis without an opening one was ignored.")
EMPTY_GROUP = _("Empty parentheses were ignored.")
DANGLING = _("“%(what)s” was ignored because there is nothing to join.")


@dataclass(slots=True)
class _Parser:
    """Reads tokens into a tree: OR joins what AND has joined, NOT takes what is next to it."""

    tokens: list[Token]
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

    def _and(self, token: Token, before: list[Node]) -> None:
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

    def _negated(self, token: Token, depth: int) -> Node | None:
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


def _within_limits(tokens: list[Token], notes: list[Note]) -> list[Token]:
    seen = 0
    for place, token in enumerate(tokens):
        seen += token.kind == "leaf"
        if seen > MOST_LEAVES:
            notes.append(Note(TOO_MANY, token.written))
            return tokens[:place]
    return tokens


def parse(text: str) -> Query:
    """Return the best reading of what a person typed, and notes of what was left out."""
    tokens, notes = read_tokens(text[:MOST_CHARACTERS])
    if len(text) > MOST_CHARACTERS:
        notes.append(Note(TOO_LONG, f"{MOST_CHARACTERS:,}"))
    parser = _Parser(_within_limits(tokens, notes), notes)
    root = parser.parse()
    return Query(text, root, tuple(dict.fromkeys(parser.notes)))
