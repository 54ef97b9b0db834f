"""Search folding: the one form in which different writings of a word meet.

Folding maps each character by itself, never by its neighbours, so that composed and decomposed
text fold alike and a match in folded text leads back to exact characters of the original.

What meets (Unicode Standard chapters 3.13 and 15, UAX #15 NFKD, and the usage named here):

* case, full and half width, ligatures and presentation forms, all decimal digits (``٣``, ``۳``);
* Latin diacritics and ``ß ø ł đ ı æ œ þ``;
* Arabic alef forms, hamza on its carriers, alef maqsura and ya, ta marbuta and ha, without
  tatweel and harakat; Persian and Urdu kaf, ya and ha; the zero-width non-joiner parts a word;
* Hebrew without points, final letters as their plain forms;
* Cyrillic ``ё`` and ``е``, ``й`` and ``и``, ``ї`` and ``і``, ``ґ`` and ``г`` (one letter in
  Soviet spelling); ``і``, ``и`` and ``є``, ``е`` stay apart, as they are different sounds.

There is no language argument: who searches does not know the language of what is to be found.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

__all__ = ["Folded", "cased_words", "fold", "fold_words", "fold_words_with_offsets"]

# Marks that tell pronunciation, not the word. Vowel signs of Indic and Thai scripts are not here.
_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05BD),
    (0x05BF, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x0730, 0x074A),
    (0x08CA, 0x08E1),
    (0x08E3, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20F0),
    (0x3099, 0x309A),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)

_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ȷ": "j",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ŋ": "n",
    "ə": "a",
    "ґ": "г",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ے": "ي",
    "ة": "ه",
    "ۃ": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ک": "ك",
    "ڪ": "ك",
    "ګ": "گ",
    "ך": "כ",
    "ם": "מ",
    "ן": "נ",
    "ף": "פ",
    "ץ": "צ",
    "װ": "וו",
    "ױ": "וי",
    "ײ": "יי",
    "ـ": "",
    "\u200c": " ",
    "ʼ": "'",
    "ʻ": "'",
    "ʾ": "'",
    "ʿ": "'",
    "ʹ": "'",
    "ʺ": "'",
    "’": "'",
    "‘": "'",
}


def _is_mark(char: str) -> bool:
    code = ord(char)
    return any(first <= code <= last for first, last in _MARKS)


def _fold_letter(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if _is_mark(char) or unicodedata.category(char) == "Cf":
        return ""
    return char


def _decompose(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not _is_mark(c))


def _fold_char(char: str, *, case: bool = True) -> str:
    """Fold one character; NFKD before case folding so that marks never become letters."""
    plain = unicodedata.normalize("NFKD", char)
    if plain != char and plain.isdecimal() and not char.isdecimal():
        return " " + plain  # a footnote mark is not of its word
    folded = _decompose(char)
    if case:
        folded = _decompose(folded.casefold())
    return "".join(_fold_letter(c) for c in folded)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Mc", "Co")


def _word_char(char: str, *, case: bool = True) -> str:
    return "".join(c if _is_of_word(c) else " " for c in _fold_char(char, case=case))


def _cased_word_char(char: str) -> str:
    return _word_char(char, case=False)


class _Table(dict[int, str]):
    """A table for ``str.translate`` that works out each character when it first meets it."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out
        for code in range(128):
            self[code] = work_out(chr(code))

    def __missing__(self, code: int) -> str:
        value = self[code] = self._work_out(chr(code))
        return value


_FOLD = _Table(_fold_char)
_WORDS = _Table(_word_char)
_CASED_WORDS = _Table(_cased_word_char)
_WIDTHS = _Table(lambda char: chr(len(_WORDS[ord(char)])))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text that knows where it came from.

    ``starts`` holds, for each character of the original and for its end, the offset in ``text``
    of what it became; None when every character became exactly one.
    """

    text: str
    starts: tuple[int, ...] | None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that became ``text[start:end]``, marks included."""
        if self.starts is None:
            return start, end
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end) - 1
        return first, last if self.starts[last] == end else last + 1


def fold(text: str) -> str:
    """Return the text in its search form; ``fold(fold(text)) == fold(text)``."""
    return text.lower() if text.isascii() else text.translate(_FOLD)


def fold_words(text: str) -> str:
    """Return the search form with a space for everything that is not of a word.

    ``fold_words(text).split()`` gives the folded words; scripts that write without spaces
    (Chinese, Japanese, Thai) stay in runs.
    """
    return text.translate(_WORDS)


def cased_words(text: str) -> list[str]:
    """Return the words of :func:`fold_words`, one for one, with the case that they are written in.

    Names are told from ordinary words by it.
    """
    return text.translate(_CASED_WORDS).split()


def fold_words_with_offsets(text: str) -> Folded:
    """Return :func:`fold_words` of the text and the way back to the original's characters."""
    folded = text.translate(_WORDS)
    if text.isascii():
        return Folded(folded, None)
    widths = text.translate(_WIDTHS)
    if widths.count("\x01") == len(text):
        return Folded(folded, None)
    return Folded(folded, tuple(accumulate(map(ord, widths), initial=0)))
