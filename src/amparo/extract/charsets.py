"""Which encoding a text is in, and the text.

In order: a byte order mark; the shape of UTF-16 and UTF-32 without one; ISO-2022-JP's escapes;
valid UTF-8; the encoding that the file or the message declares, when the bytes fit it; else each
legacy encoding of the languages that we meet is tried, and the one whose text looks most like a
language wins (py3langid's score and the run of its letters), with charset-normalizer's opinion as
one voice. What cannot be decoded stays visible as U+FFFD, and says so.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import yaml
from charset_normalizer import from_bytes

from amparo.extract.language import Guess, identify

__all__ = ["Decoded", "canonical", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Single bytes first, then the double bytes of East Asia; a label stands for its superset, as in
# the WHATWG Encoding Standard.
_LEGACY = (
    "cp1252", "cp1251", "cp1256", "koi8-u", "cp866", "iso8859-5", "iso8859-6", "cp1250", "cp1253",
    "cp1254", "cp1255", "cp932", "gb18030", "big5hkscs", "cp949", "euc_jp", "cp874", "iso8859-2",
    "cp1257", "cp1258", "cp850", "mac-roman", "mac-cyrillic", "cp720",
)  # fmt: skip
_COMMON = frozenset({"cp1252", "cp1251", "cp1256", "cp1250"})
_RARE = frozenset({"cp720", "cp850", "cp775", "mac-cyrillic", "mac-roman", "mac-latin2"})
_USUAL_OF = {
    "LATIN": "latin", "CYRILLIC": "ru", "ARABIC": "ar", "GREEK": "el", "HEBREW": "he",
}  # fmt: skip
_ONE_LANGUAGE = frozenset({"THAI", "GREEK", "HEBREW"})
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
# Where each standard has its everyday signs: the codec and the range of the first byte.
_EVERYDAY = {
    "gb18030": ("gb2312", 0xB0, 0xD7), "big5hkscs": ("big5", 0xA4, 0xC6),
    "cp932": ("shift_jis", 0x88, 0x97), "euc_jp": ("euc_jp", 0xB0, 0xCF),
    "cp949": ("euc_kr", 0xB0, 0xC8),
}  # fmt: skip
_WRITTEN_IN = {
    "ja": ("cp932", "euc_jp"), "ko": ("cp949",), "zh": ("gb18030", "big5hkscs"),
}  # fmt: skip
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
    "big5": "big5hkscs", "tis-620": "cp874",
}  # fmt: skip
_SAMPLE = 6000
_MARKS_OF_TEXT = frozenset(
    "\u00a0\u200c\u200d\u200e\u200f«»‹›“”„‘’‚–—…•·§°№€£،؛؟۔٪،。、・「」『』（）！？：；,٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ـ"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, how that was known, and how much did not fit it."""

    text: str
    encoding: str
    how: str
    undecodable: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode ``data``; ``declared`` is what the file says of itself, and is checked."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, "byte order mark")
    if wide := _wide(data[:4096]):
        return _lenient(data, wide, "shape")
    if b"\x1b$" in data[:_SAMPLE] and (found := _strict(data, "iso2022_jp_2", "escapes")):
        return found
    if found := _strict(data, "utf-8", "valid UTF-8"):
        return found
    name = canonical(declared)
    if name and name != "utf-8" and (found := _strict(data, name, "declared")):
        return found
    if name != "cp1252" and _nearly_utf8(data):
        return _lenient(data, "utf-8", "mostly UTF-8")
    return _lenient(data, _likeliest(data), "detected")


def canonical(label: str | None) -> str | None:
    """Give Python's name for an encoding's label, as its superset; None when nobody knows it."""
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if _is_text(name) else None


def _is_text(name: str) -> bool:
    """Say whether a codec turns bytes into text (and is not hex, zip, rot13, idna or escapes)."""
    return name in _SUPERSETS or bool(
        re.match(r"(utf|cp\d|iso|koi8|mac|windows|gb|big5|euc|johab|hz|tis|ptcp|kz1048)", name)
    )


def _strict(data: bytes, encoding: str, how: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return (
        None
        if _CONTROLS.search(text[:_SAMPLE]) and how == "declared"
        else Decoded(text, encoding, how)
    )


def _lenient(data: bytes, encoding: str, how: str) -> Decoded:
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode(encoding, "ignore") or b"\xff\xff")
    return Decoded(text, encoding, how, max(bad, 0))


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 without a mark by where their zero bytes stand."""
    if len(head) < 4 or 0 not in head:
        return None
    zeros = [head[i::4].count(0) / (len(head) / 4) for i in range(4)]
    if zeros[2] > 0.9 and zeros[3] > 0.9 and zeros[0] < 0.3:
        return "utf-32-le"
    if zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.3:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    for encoding, low, high in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if high > low + 0.1 and low < 0.05:
            text = head[: len(head) // 2 * 2].decode(encoding, "ignore")
            if not _CONTROLS.search(text):
                return encoding
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Say whether the bytes are UTF-8 but for a few broken places (a cut, a stray byte)."""
    sample = data[: 4 * _SAMPLE]
    text = sample.decode("utf-8", "replace")
    good = sum(1 for letter in text if ord(letter) > 127 and letter != "\ufffd")
    return good > 10 * text.count("\ufffd")


def _likeliest(data: bytes) -> str:
    """Give the legacy encoding in which the bytes look most like a language."""
    sample = _telling(data)
    opinion = from_bytes(sample).best()
    voice = canonical(opinion.encoding) if opinion else None
    candidates = dict.fromkeys((*_LEGACY, *((voice,) if voice else ())))
    scored: list[tuple[float, str]] = [
        (_score(sample, name, name == voice), name) for name in candidates
    ]
    return max(scored, key=lambda pair: pair[0])[1]


def _telling(data: bytes) -> bytes:
    """Take the lines that have bytes above 127, whole, up to the sample's size."""
    lines = (line for line in data[: 50 * _SAMPLE].split(b"\n") if not line.isascii())
    return _until(lines, _SAMPLE) or data[:_SAMPLE]


def _until(lines: Iterable[bytes], size: int) -> bytes:
    taken = bytearray()
    for line in lines:
        taken += line[:size] + b"\n"
        if len(taken) >= size:
            break
    return bytes(taken)


def _score(sample: bytes, encoding: str, favoured: bool) -> float:
    """Say how much the sample looks like a language in that encoding; below 0 it does not fit."""
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(sample)
    except UnicodeDecodeError:
        return -1.0
    if _CONTROLS.search(text):
        return -0.5
    guess = identify(text)
    likely = min(guess.confidence, 0.6 if guess.script in _ONE_LANGUAGE else 1.0)
    likely = likely if guess.language else likely / 2
    if encoding not in _WRITTEN_IN.get(guess.language or "", (encoding,)):
        likely -= 0.3
    usual = 0.04 * (encoding in _COMMON) - 0.04 * (encoding in _RARE) + 0.1 * favoured
    return (
        likely + 1.5 * _coherence(text, guess.language) + _usualness(text, guess, encoding) + usual
    )


def _coherence(text: str, language: str | None) -> float:
    """0 to 1: how many letters beyond ASCII are the language's own and stand well together."""
    own = _alphabets("letters").get(language or "")
    good = total = 0
    for left, right in pairwise(f" {text}"):
        if ord(right) < 128:
            continue
        total += 1
        good += _stands_well(left, right) and (own is None or _belongs(right, own))
    return good / total if total else 0.0


def _usualness(text: str, guess: Guess, encoding: str) -> float:
    """0 to 1: how many of all letters are those that the language, or the script, uses most."""
    frequent = _alphabets("frequent")
    often = frequent.get(guess.language or "") or frequent.get(_USUAL_OF.get(guess.script, ""))
    if encoding in _EVERYDAY and guess.script in _EAST_ASIAN:
        return _everyday(text, *_EVERYDAY[encoding])
    if often is None:
        return 0.7
    letters = [letter for letter in text.lower() if letter.isalpha()]
    return min(1.0, sum(letter in often for letter in letters) / (0.65 * max(1, len(letters))))


def _everyday(text: str, codec: str, first: int, last: int) -> float:
    """0 to 1: how many letters are kana or stand in the part of a standard for everyday signs."""
    letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    common = 0
    for letter in letters:
        code = letter.encode(codec, "ignore")
        common += "\u3040" <= letter <= "\u30ff" or (len(code) == 2 and first <= code[0] <= last)
    return common / max(1, len(letters))


def _belongs(letter: str, own: frozenset[str]) -> bool:
    if "\u0600" <= letter <= "\u06ff" and "ا" not in own:
        return False
    if letter.isalpha():
        return letter.lower() in own
    return letter in own or letter in _MARKS_OF_TEXT or bool(unicodedata.combining(letter))


def _stands_well(left: str, right: str) -> bool:
    """Say whether ``right``, beyond ASCII, may follow ``left`` in a word or between words."""
    if (left.islower() and right.isupper()) or (left == "ς" and right.isalpha()):
        return False
    if "\u3131" <= right <= "\u318e" or "\uff61" <= right <= "\uff9f":
        return False  # single jamo and half-width kana: what a wrong encoding makes
    if left.isalpha() and right.isalpha():
        return left.isascii() == right.isascii() or right < "\u0250" or right > "\u2e7f"
    return right.isalpha() or right in _MARKS_OF_TEXT or bool(unicodedata.combining(right))


@cache
def _alphabets(kind: str) -> Mapping[str, frozenset[str]]:
    text = resources.files("amparo.extract").joinpath("alphabets.yaml").read_text("utf-8")
    return {language: frozenset(set_) for language, set_ in yaml.safe_load(text)[kind].items()}
