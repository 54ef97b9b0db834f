"""A query's text as tokens: words, phrases, fields, operators and parentheses, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from amparo.search.fields import is_field, read_field
from amparo.search.syntax import Node, Note, Words
from amparo.search.words import word_pieces

__all__ = ["Kind", "Token", "read_tokens"]

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


UNCLOSED_QUOTE = _("The quotation mark was closed at the end.")
NO_LETTERS = _("“%(what)s” was ignored: it has no letters or digits.")
SHORT_PREFIX = _("The * after “%(what)s” was ignored: write at least two letters before it.")
NO_FIELD = _("“%(what)s:” is not a field; it was searched for as a word.")

Kind = Literal["leaf", "and", "or", "not", "(", ")"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query as it was written; ``node`` is what a leaf asks for."""

    kind: Kind
    written: str
    node: Node | None = None


@dataclass(slots=True)
class _Reader:
    """Reads the text into tokens, from left to right."""

    text: str
    place: int = 0
    tokens: list[Token] = field(default_factory=list)
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
                self.tokens.append(Token("(", written))
            case "close":
                self.tokens.append(Token(")", written))
            case "bar":
                self.tokens.append(Token("or", written))
            case "minus":
                self.tokens.append(Token("not", written))
            case "quote":
                self._add(self._quoted(), written, prefix=self._star(), quoted=True)
            case "field":
                self._field(written)
            case "word":
                self._word(written)

    def _word(self, written: str) -> None:
        if written in _OPERATORS:
            self.tokens.append(Token(_OPERATORS[written], written))
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
        self.tokens.append(Token("leaf", written, node))

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
        self.tokens.append(Token("(", "("))
        self.place += 1
        while self.place < len(self.text) and self.text[self.place] != ")":
            start = self.place
            value = self._value()
            if value in _OPERATORS:
                self.tokens.append(Token(_OPERATORS[value], value))
            elif value:
                self._add_field(name, value)
            if self.place == start:
                if self.text[start] == "|":
                    self.tokens.append(Token("or", "|"))
                self.place += 1
        self.place += 1
        if len(self.tokens) == depth + 1:
            self._add_field(name, "")
        self.tokens.append(Token(")", ")"))

    def _add_field(self, name: str, value: str) -> None:
        read = read_field(name, value)
        if isinstance(read, Note):
            self.notes.append(read)
        else:
            self.tokens.append(Token("leaf", f"{name}:{value}", read))


def read_tokens(text: str) -> tuple[list[Token], list[Note]]:
    """Return the tokens of a text, and notes of what was left out."""
    reader = _Reader(text)
    reader.read()
    return reader.tokens, reader.notes
