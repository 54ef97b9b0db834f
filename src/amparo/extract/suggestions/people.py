"""Names of people by what stands beside them: titles, introductions, labels, patronymics.

No list of names is used, so that a rare name is found as well as a common one; and no model. What
has only its capitals to speak for it is said to be unsure. Arabic has no capitals: there a name is
taken only after a title or an introduction, or around ``bin``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version

import yaml

from amparo.extract.suggestions.values import Certainty, Suggestion

__all__ = ["NAME_WORD", "find"]

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐ"
_LETTER = r"[^\W\d_]"
NAME_WORD = rf"[{_UPPER}](?:{_LETTER}|['’\-](?={_LETTER}))+"
_ARABIC_WORD = r"[\u0621-\u064a\u0670-\u06d3]{2,}"
_ARABIC_STOP = frozenset(
    ["في", "من", "إلى", "على", "عن", "الذي", "التي", "قال", "قالت", "كان", "كانت", "وقال", "أن"]
)
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class _Signs:
    """``people.yaml`` as patterns."""

    cue: re.Pattern[str]
    arabic_cue: re.Pattern[str]
    label: re.Pattern[str]
    name: re.Pattern[str]
    patronymic: re.Pattern[str]
    not_names: frozenset[str]
    particles: frozenset[str]


def find(text: str) -> Iterator[Suggestion]:
    """Give the names in a text; where several signs speak for one, the surest is told."""
    signs = _signs()
    taken: set[tuple[int, int]] = set()
    for start, end, certainty, why in (
        *_after(text, signs.cue, signs, "A title or an introduction stands before it."),
        *_after_in_arabic(text, signs),
        *_after(text, signs.label, signs, "A label for names stands before it."),
        *_with_patronymic(text, signs),
        *_by_capitals(text, signs),
    ):
        if any(start < other_end and end > other for other, other_end in taken):
            continue
        taken.add((start, end))
        value = " ".join(text[start:end].split())
        yield Suggestion(
            "person", value, start, end, certainty, why, "amparo names", version("amparo")
        )


_Span = tuple[int, int, Certainty, str]


def _after(text: str, cue: re.Pattern[str], signs: _Signs, why: str) -> Iterator[_Span]:
    for found in cue.finditer(text):
        name = signs.name.match(text, found.end())
        if name and (span := _trimmed(name, signs)):
            yield *span, "likely", why


def _after_in_arabic(text: str, signs: _Signs) -> Iterator[_Span]:
    for found in signs.arabic_cue.finditer(text):
        words = list(re.finditer(_ARABIC_WORD, text[found.end() : found.end() + 80].split("\n")[0]))
        kept: list[re.Match[str]] = []
        for word in words[:_LONGEST]:
            gap = text[found.end() + (kept[-1].end() if kept else 0) : found.end() + word.start()]
            if word[0] in _ARABIC_STOP or gap.strip() or (len(kept) == 3 and kept[-1][0] != "بن"):
                break
            kept.append(word)
        if kept:
            start, end = found.end() + kept[0].start(), found.end() + kept[-1].end()
            yield start, end, "unsure", "A title or an introduction stands before it."


def _with_patronymic(text: str, signs: _Signs) -> Iterator[_Span]:
    for found in signs.patronymic.finditer(text):
        yield found.start(), found.end(), "likely", "It has a patronymic."


def _by_capitals(text: str, signs: _Signs) -> Iterator[_Span]:
    """Two words or more with capitals, inside a sentence of other words."""
    for found in signs.name.finditer(text):
        span = _trimmed(found, signs)
        if span is None or len(text[span[0] : span[1]].split()) < 2:
            continue
        before = text[max(0, span[0] - 2) : span[0]]
        inside = before[-1:] in (" ", "\u00a0", "(", "“", "«", '"') and before[:1] not in ".!?\n:"
        if (inside and text[span[0] - 2].islower()) or before[:1] == ",":
            yield *span, "unsure", "Only its capital letters speak for it."


def _trimmed(found: re.Match[str], signs: _Signs) -> tuple[int, int] | None:
    """Without words at its ends that belong to no name."""
    words = [(each.start(), each.end()) for each in re.finditer(r"\S+", found[0])]
    named = [(s, e, found[0][s:e].casefold().strip("'’.-")) for s, e in words]
    while named and (named[0][2] in signs.not_names):
        named.pop(0)
    while named and (named[-1][2] in signs.particles or named[-1][2] in signs.not_names):
        named.pop()
    if not named or any(word in signs.not_names - signs.particles for *_, word in named):
        return None
    return found.start() + named[0][0], found.start() + named[-1][1]


@cache
def _signs() -> _Signs:
    """Read the file once; KeyError when it does not have its shape."""
    data = yaml.safe_load(resources.files(__package__).joinpath("people.yaml").read_text("utf-8"))
    titles = [word for lang, words in data["titles"].items() if lang != "ar" for word in words]
    said = [word for lang, words in data["introductions"].items() if lang != "ar" for word in words]
    arabic = [*data["titles"]["ar"], *data["introductions"]["ar"]]
    inner = "|".join(data["particles"])
    name = (
        rf"{NAME_WORD}(?:[ \u00a0](?:(?:{inner})[ \u00a0-]){{0,2}}{NAME_WORD}){{0,{_LONGEST - 1}}}"
    )
    endings = "|".join(data["patronymics"])
    patronymic = (
        rf"(?<!\w)(?:{NAME_WORD} )?{NAME_WORD} [{_UPPER}]{_LETTER}+?(?:{endings})"
        rf"(?: {NAME_WORD})?(?!\w)"
    )
    return _Signs(
        cue=re.compile(rf"(?<!\w)(?i:(?:{_any(titles)})\.?|{_any(said)})[ \u00a0]+(?=[{_UPPER}])"),
        arabic_cue=re.compile(rf"(?<!\w)[وبلف]?(?:{_any(arabic)})[ \u00a0:/]+"),
        label=re.compile(rf"^[ \t]*(?i:{_any(data['labels'])})[ \t]*:[ \t]*(?=[{_UPPER}])", re.M),
        name=re.compile(name),
        patronymic=re.compile(patronymic),
        not_names=frozenset(data["not_names"]),
        particles=frozenset(data["particles"]),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
