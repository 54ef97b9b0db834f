"""The words of a text as the index keeps them and as a query asks for them.

Folded words (``amparo.base.folding``) with three habits of scripts:

* a word broken by a hyphen at a line's end is one word again;
* the Arabic article goes, with a conjunction or preposition written before it, as in Lucene's
  ``light10`` stemmer, so that المحكمة and والمحكمة are found by محكمة;
* scripts that write without spaces are kept as overlapping pairs of characters and a last single
  one (Chinese, Japanese, Thai, Lao, Burmese, Khmer), so that any run of them can be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amparo.base.folding import fold_words

__all__ = [
    "ARTICLE",
    "WORD_ENDS",
    "WORD_STARTS",
    "Asked",
    "asked_words",
    "index_words",
    "is_unspaced",
    "mend_lines",
    "word_pieces",
]

_BROKEN = re.compile(
    r"[-\u2010\u00ad\x02\ufffe](?<=[^\W\d_].)[ \t]?\r?\n[ \t]*(?=[^\W\d_])", re.DOTALL
)
ARTICLE = "(?:[وفبك]?ال|ولل|لل)"
_ARTICLE = re.compile(rf"(?<![^ ]){ARTICLE}(?=[ء-ي]{{3}})")
_HAS_ARABIC = re.compile("ال|لل")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uaa60-\uaa7f\U00020000-\U0003347f"
)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
WORD_STARTS = rf"(?<![^\s{_UNSPACED}])"
WORD_ENDS = rf"(?![^\s{_UNSPACED}])"
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7ff]$")


def mend_lines(text: str) -> str:
    """Return the text, of the same length, with soft hyphens for hyphens at a line's end."""
    return _BROKEN.sub(lambda broken: "\u00ad" * len(broken[0]), text)


def _fold(text: str) -> str:
    folded = fold_words(text)
    return _ARTICLE.sub("", folded) if _HAS_ARABIC.search(folded) else folded


def _pairs(run: re.Match[str]) -> str:
    chars = run[0]
    return f" {' '.join(chars[i : i + 2] for i in range(len(chars)))} "


def index_words(text: str) -> str:
    """Return the words of a text as the index keeps them, with one space between two."""
    folded = _fold(mend_lines(text))
    if not folded.isascii() and _UNSPACED_RUN.search(folded):
        folded = _UNSPACED_RUN.sub(_pairs, folded)
    return " ".join(folded.split())


def is_unspaced(piece: str) -> bool:
    """Whether a folded piece is a run of a script that writes without spaces."""
    return _UNSPACED_RUN.fullmatch(piece) is not None


def word_pieces(text: str) -> tuple[str, ...]:
    """Return the folded words of what a person asks for; unspaced scripts stay in whole runs."""
    folded = _UNSPACED_RUN.sub(lambda run: f" {run[0]} ", _fold(text))
    return tuple(folded.split())


@dataclass(frozen=True, slots=True)
class Asked:
    """Words in a row as the index knows them; ``open_ended``: the last may go on."""

    words: tuple[str, ...]
    open_ended: bool


def asked_words(pieces: tuple[str, ...]) -> Asked:
    """Return what to ask the index for to find these pieces in a row.

    A run of an unspaced script is asked for by its pairs; a single last character, and a Korean
    word, which carries its particle behind it, are open-ended.
    """
    words: list[str] = []
    open_ended = False
    for place, piece in enumerate(pieces):
        unspaced = is_unspaced(piece)
        open_ended = (unspaced and len(piece) == 1) or _HANGUL.search(piece) is not None
        if unspaced:
            pairs = [piece[i : i + 2] for i in range(len(piece))]
            words.extend(pairs[:-1] if place == len(pieces) - 1 and len(pairs) > 1 else pairs)
        else:
            words.append(piece)
    return Asked(tuple(words), open_ended)
