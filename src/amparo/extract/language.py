"""Which language a page is written in: the model's guess, checked against the page's letters.

The model is py3langid (naive Bayes over byte n-grams, 97 languages). It may only answer with
languages of the script that most letters belong to, and the letters that one language has and its
neighbour has not (Ukrainian ``ї``, Russian ``ы``, Persian ``گ``, Urdu ``ے``) overrule it. Short or
mixed text is unknown: a wrong language costs more than none.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

__all__ = ["TOOL", "Guess", "dominant_script", "identify", "tool_version"]

TOOL = "py3langid"

_SAMPLE = 3000
_FEWEST_LETTERS = 20
_LEAST_CONFIDENCE = 0.4

# Labels of the model that name a variety, and the language that readers, stemmers and interfaces
# know it by.
_VARIETIES: Mapping[str, str] = {
    "ary": "ar", "arz": "ar", "wuu": "zh", "yue": "zh", "uzs": "uz", "nn": "no", "sdh": "ckb",
    "hbo": "he", "grc": "el", "gug": "gn", "ext": "es", "gcf": "ht", "gcr": "ht",
}  # fmt: skip

_OF_SCRIPT: Mapping[str, frozenset[str]] = {
    "ARABIC": frozenset({"ar", "fa", "ur", "ps", "ug", "ckb", "uz"}),
    "CYRILLIC": frozenset(
        {"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "ba", "bs", "uz"}
    ),
    "CJK": frozenset({"zh", "ja"}),
    "HIRAGANA": frozenset({"ja"}),
    "KATAKANA": frozenset({"ja"}),
    "HANGUL": frozenset({"ko"}),
    "HEBREW": frozenset({"he"}),
    "GREEK": frozenset({"el"}),
    "DEVANAGARI": frozenset({"hi", "mr", "ne", "sa", "gom"}),
    "ETHIOPIC": frozenset({"am"}),
    "BENGALI": frozenset({"bn", "as"}),
    "TIBETAN": frozenset({"dz"}),
}
_ALWAYS: Mapping[str, str] = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "SINHALA": "si", "TAMIL": "ta",
    "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa",
    "ORIYA": "or",
}  # fmt: skip

# Letters that decide between neighbours: each language's own, in the order of the question.
_OWN_LETTERS: Mapping[str, Mapping[str, str]] = {
    "ARABIC": {
        "ur": "ٹڈڑںےھ",
        "ps": "ټډړښېۍڼ",
        "ckb": "ڕڵۆێ",
        "fa": "پچژگیک",
        "ar": "ةىيكأإؤئ",
    },
    "CYRILLIC": {"uk": "їєґі", "ru": "ыэёъ", "be": "ў", "sr": "ђћјљњџ", "mk": "ѓќѕ"},
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (ISO 639, or None when it cannot be told), 0 to 1, and the page's main script."""

    language: str | None
    confidence: float
    script: str


def identify(text: str) -> Guess:
    """Say which language most of ``text`` is written in; unknown below 20 letters."""
    sample = _sample(text)
    script, letters = dominant_script(sample)
    if script in _ALWAYS and letters >= 4:
        return Guess(_ALWAYS[script], 1.0, script)
    if letters < (8 if script == "CJK" else _FEWEST_LETTERS):
        return Guess(None, 0.0, script)
    language, confidence = _by_model(sample, script)
    decided = _by_letters(sample, script, language)
    if decided != language:
        return Guess(decided, 0.9, script)
    return Guess(language if confidence >= _LEAST_CONFIDENCE else None, confidence, script)


def dominant_script(text: str) -> tuple[str, int]:
    """Give the script that most letters of ``text`` belong to, and how many letters that is."""
    counted: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if letter.isalpha():
            counted[_script(letter)] += times
    if counted["HIRAGANA"] + counted["KATAKANA"] > counted["CJK"] / 10:
        counted["HIRAGANA"] += counted.pop("CJK", 0) + counted.pop("KATAKANA", 0)
    return counted.most_common(1)[0] if counted.total() else ("", 0)


def tool_version() -> str:
    """Give the version of the language model's package."""
    return version("py3langid")


def _sample(text: str) -> str:
    """Take the beginning, middle and end of a long text."""
    if len(text) <= _SAMPLE:
        return text
    third, middle = _SAMPLE // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


@cache
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0]
    return "LATIN" if name in ("FULLWIDTH", "MODIFIER", "FEMININE", "MASCULINE") else name


def _by_model(text: str, script: str) -> tuple[str | None, float]:
    """Give the model's best language of that script, and its share among those of the script."""
    allowed = _OF_SCRIPT.get(script)
    shares: Counter[str] = Counter()
    for label, share in _model().rank("".join(c for c in text if not c.isdigit())):
        language = _VARIETIES.get(label, label)
        if language != "zxx" and (allowed is None or language in allowed):
            shares[language] += share
    total = shares.total()
    if not total:
        return None, 0.0
    language, share = shares.most_common(1)[0]
    return language, float(share / total)


def _by_letters(text: str, script: str, language: str | None) -> str | None:
    """Overrule the model where letters of one language stand and those of its guess do not."""
    own = _OWN_LETTERS.get(script)
    if own is None:
        return language
    lowered = text.lower()
    counts = {
        name: sum(lowered.count(letter) for letter in letters) for name, letters in own.items()
    }
    if script == "ARABIC":
        return _among_arabic(counts, language)
    return _among_cyrillic(counts, language)


def _among_arabic(counts: Mapping[str, int], language: str | None) -> str | None:
    if language not in ("ar", "fa", "ur"):
        return language
    if counts["ur"] >= 3 and counts["ur"] * 10 > counts["fa"]:
        return "ur"
    if counts["fa"] > 3 * counts["ar"]:
        return "fa" if language == "ar" or counts["ur"] == 0 else language
    if counts["ar"] > 3 * counts["fa"] and counts["ur"] == 0:
        return "ar"
    return language


def _among_cyrillic(counts: Mapping[str, int], language: str | None) -> str | None:
    if language not in ("ru", "uk", "bg", "mk"):
        return language
    if counts["uk"] > 3 * counts["ru"] and not counts["be"]:
        return "uk"
    if counts["ru"] > 3 * counts["uk"] and language == "uk":
        return "ru"
    return language


@cache
def _model() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
