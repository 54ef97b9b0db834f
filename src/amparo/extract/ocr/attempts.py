"""The surest reading of one page: which way up it is, in which script, in which language.

A page that comes out badly is tried in the other scripts, and together with English for pages in
two scripts; the surest attempt is kept, with its confidence. Asked-for languages are taken as they
are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from amparo.extract.language import dominant_script, identify
from amparo.extract.ocr import tesseract
from amparo.extract.ocr.scan import Scan

__all__ = ["LANGUAGES", "Attempt", "Job", "surest"]

_SECONDS_A_CALL = 90.0
_NO_DOUBT, _SURE, _POOR = 90.0, 80.0, 55.0
_LEAST_TURN = 1.0
_FEWEST_LETTERS, _FEWEST_SURE = 15, 5

LANGUAGES: Mapping[str, str] = {
    "ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "uk": "ukr", "fa": "fas",
    "ur": "urd", "de": "deu", "pt": "por", "it": "ita", "pl": "pol", "tr": "tur", "zh": "chi_sim",
    "ja": "jpn", "ko": "kor", "he": "heb", "el": "ell", "hi": "hin", "bg": "bul", "sr": "srp",
    "ro": "ron", "nl": "nld", "sw": "swa", "vi": "vie", "th": "tha", "am": "amh", "ka": "kat",
    "hy": "hye", "be": "bel", "cs": "ces", "hu": "hun", "ps": "pus", "bn": "ben",
}  # fmt: skip
"""Tesseract's names of languages, by ISO 639-1."""

_OF_SCRIPT: Mapping[str, tuple[str, ...]] = {
    "Latin": ("eng",), "Fraktur": ("eng",), "Cyrillic": ("rus", "ukr"), "Arabic": ("ara",),
    "Han": ("chi_sim",), "Japanese": ("jpn",), "Hangul": ("kor",), "Korean": ("kor",),
    "Hebrew": ("heb",), "Greek": ("ell",), "Devanagari": ("hin",), "Thai": ("tha",),
    "Ethiopic": ("amh",), "Georgian": ("kat",), "Armenian": ("hye",), "Bengali": ("ben",),
}  # fmt: skip
_SCRIPTS = ("Latin", "Cyrillic", "Arabic")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reading of a page."""

    scan: Scan
    languages: tuple[str, ...]
    found: tuple[tesseract.Found, ...]

    @property
    def score(self) -> float:
        """Mean confidence, by letters; 0 without words."""
        letters = sum(len(word.text) for word in self.found)
        total = sum(word.confidence * len(word.text) for word in self.found)
        return total / letters if letters else 0.0

    @property
    def sure_scripts(self) -> Counter[str]:
        """How many words of some length are read without much doubt, by script."""
        sure = (w.text for w in self.found if w.confidence >= _SURE and len(w.text) > 2)
        return Counter(script for word in sure if (script := dominant_script(word)[0]))

    @property
    def text(self) -> str:
        """The words, with a blank between each two."""
        return " ".join(word.text for word in self.found)


@dataclass(slots=True)
class Job:
    """What the pages of one job share: settled languages first, and what happened to each page."""

    asked: tuple[str, ...]
    told: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    failed: list[int] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)


def surest(scan: Scan, job: Job) -> Attempt:
    """Find the surest reading of one page."""
    upright = tesseract.look(scan.image, timeout=_SECONDS_A_CALL)
    turn = upright.turn if upright and upright.confidence >= _LEAST_TURN else 0
    prepared = scan.prepared(turn)
    if job.asked:
        attempt = _attempt(prepared, job.asked)
    else:
        attempt = _settled(prepared, upright.script if upright else "Latin", job)
    if turn and attempt.score < _POOR:
        level = _settled(scan.prepared(0), "Latin", job)
        attempt = _surer(attempt, level)
    if upright and not job.asked and _lacks_data(upright.script, attempt):
        job.missing.add(upright.script)
    return attempt


def _lacks_data(script: str, attempt: Attempt) -> bool:
    """Whether a page came out badly because no language of its script is installed."""
    wanted = {*_OF_SCRIPT.get(script, ())}
    is_poor = attempt.score < _POOR and len(attempt.text) >= _FEWEST_LETTERS
    return bool(wanted) and is_poor and not tesseract.installed() & wanted


def _settled(scan: Scan, script: str, job: Job) -> Attempt:
    """Read in the script's languages, then in the one it turns out to be in, then other scripts.

    A picture without letters is not read again and again.
    """
    own, others = _candidates(script, job)
    best = _refined(_attempt(scan, own[:1]))
    if len(best.text) < _FEWEST_LETTERS:
        return best
    enough = {**dict.fromkeys(own[1:], _NO_DOUBT), **dict.fromkeys(others, _SURE)}
    for language, score in enough.items():
        if best.score < score:
            best = _surer(best, _refined(_attempt(scan, (language,))))
    if best.score < _NO_DOUBT - 5 and best.sure_scripts.total() >= _FEWEST_SURE:
        best = _in_two_scripts(best)
    if best.score >= _POOR:
        job.last[script] = best.languages[0]
    return best


def _in_two_scripts(best: Attempt) -> Attempt:
    """Read a page again on which one script reads well and something else does not.

    Two languages at once only win when sure words of another script come out: else they find
    letters of the second script in smudges of the first.
    """
    there = tesseract.installed()
    pairs: list[tuple[str, str]]
    if best.languages[0] in ("eng", "fra", "spa"):
        pairs = [(other, best.languages[0]) for other in ("rus", "ukr", "ara") if other in there]
    else:
        pairs = [(best.languages[0], "eng")]
    own = best.sure_scripts
    for pair in pairs:
        both = _attempt(best.scan, pair)
        more = sum(times for script, times in both.sure_scripts.items() if script not in own)
        best = both if more >= _FEWEST_SURE and both.score > best.score + 2 else best
    return best


def _surer(first: Attempt, second: Attempt) -> Attempt:
    return max(first, second, key=lambda each: each.score)


def _candidates(script: str, job: Job) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the languages to try: those of the page's script, then the first of each other one."""
    there = tesseract.installed()
    own = [each for each in _OF_SCRIPT.get(script, ()) if each in there]
    if job.last.get(script) in own:
        own = [job.last[script], *(each for each in own if each != job.last[script])]
    others = [_OF_SCRIPT[each][0] for each in _SCRIPTS if each != script]
    others = [each for each in others if each in there]
    return (
        (tuple(own), tuple(others)) if own else (tuple(others[:1]) or ("eng",), tuple(others[1:]))
    )


def _refined(attempt: Attempt) -> Attempt:
    """Read again in the language that the words are in, when it is another and is installed.

    Confidence is not the same measure in each language, so a language that is plain to see wins
    unless it reads much worse.
    """
    guess = identify(attempt.text)
    wanted = LANGUAGES.get(guess.language or "", "")
    if not wanted or wanted in attempt.languages or wanted not in tesseract.installed():
        return attempt
    again = _attempt(attempt.scan, (wanted,))
    handicap = 6 if guess.confidence > 0.9 else 2
    return again if again.score >= attempt.score - handicap else attempt


def _attempt(scan: Scan, languages: Sequence[str]) -> Attempt:
    resolution = round(scan.pixels_a_point * 72)
    found = tesseract.words(
        scan.image, languages, resolution=max(70, min(resolution, 1200)), timeout=_SECONDS_A_CALL
    )
    return Attempt(scan, tuple(languages), tuple(found))
