"""Sentences of a paragraph: what a translation model is given at a time.

Parted after a full stop, question or exclamation mark of any script that is followed by a space,
and where that leaves more than ``LONGEST`` characters, at a comma or a space. An abbreviation may
part a sentence; nothing is ever left out.

>>> sentences("Vio la casa. ¿Y después?  Nada")
['Vio la casa.', '¿Y después?', 'Nada']
"""

from __future__ import annotations

import re
import textwrap

__all__ = ["LONGEST", "sentences"]

LONGEST = 400
_ENDS = re.compile(r"(?<=[.!?؟。！？…])[\"'”»)\]]*\s+|(?<=[。！？])")
_CLAUSES = re.compile(r"(?<=[,;:،؛、])\s+")


def sentences(text: str) -> list[str]:
    """The sentences in their order, without the spaces and line ends between them."""
    found = [part.strip() for line in [" ".join(text.split())] for part in _split(_ENDS, line)]
    return [piece for part in found if part for piece in _shorter(part)]


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text, each with the marks that end it."""
    parts, start = [], 0
    for match in pattern.finditer(text):
        parts.append(text[start : match.end()])
        start = match.end()
    return [*parts, text[start:]]


def _shorter(sentence: str) -> list[str]:
    """A sentence that is too long, parted at its clauses, or anywhere between words."""
    if len(sentence) <= LONGEST:
        return [sentence]
    pieces: list[str] = [""]
    for clause in _split(_CLAUSES, sentence):
        if len(pieces[-1]) + len(clause) > LONGEST:
            pieces.append("")
        pieces[-1] += clause
    return [
        cut for piece in pieces for cut in textwrap.wrap(piece, LONGEST, break_on_hyphens=False)
    ]
