"""Words from pages that show them and do not hold them: drawn, recognised, put back in place.

``recognise`` runs in a worker that may start programs (``Sandbox.run`` with ``programs=True``).
For each page: draw it, find which way up it is and in which script, straighten it, read it in the
first language of that script, and read it again in the language that the words turn out to be
in. A page that comes out badly is tried in the other scripts, and together with English for pages
in two scripts; the surest reading is kept, with its confidence. Asked-for languages are taken as
they are. Any page can be read again alone, in other languages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from amparo.base.errors import ProgramFailed, ProgramMissing, UnreadableFile
from amparo.extract import tesseract
from amparo.extract.drawing import RESOLUTION, draw
from amparo.extract.language import dominant_script, identify
from amparo.extract.merging import beside
from amparo.extract.readers.pdf import mixed_layers
from amparo.extract.reading import Limits, PageText, Reading, Word
from amparo.extract.scan import Scan

__all__ = ["LANGUAGES", "recognise", "waits_for"]

_SECONDS_A_CALL = 90.0
_NO_DOUBT, _SURE, _POOR = 90.0, 80.0, 55.0
_LEAST_LINE, _LEAST_PAGE = 35.0, 40.0
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
class _Attempt:
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
        return " ".join(word.text for word in self.found)


@dataclass(slots=True)
class _Job:
    """What the pages of one job share: settled languages first, and what happened to each page."""

    asked: tuple[str, ...]
    told: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    failed: list[int] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)


def waits_for() -> str:
    """Say what recognition waits for, with the command that installs it; "" when it is ready."""
    try:
        tesseract.tool_version()
    except (ProgramMissing, ProgramFailed) as error:
        return str(error)
    return ""


def recognise(
    file: BinaryIO,
    name: str,
    limits: Limits,
    *,
    media_type: str,
    pages: Sequence[int] | None = None,
    languages: Sequence[str] | None = None,
) -> Reading:
    """Read the words of ``pages`` (from 1, None for all) of a PDF or a picture.

    ``languages`` (ISO 639-1 or tesseract's names) are used for every page; without them each
    page's own are found. The metadata has a line a page: languages, confidence, turn, skew.
    Pages that failed are told in the reason and keep ``needs_ocr``. ProgramMissing says what to
    install; UnreadableFile when the file cannot be drawn.
    """
    del name
    version = tesseract.tool_version()
    asked = tuple(LANGUAGES.get(each, each) for each in languages or ())
    unknown = [each for each in asked if each not in tesseract.installed()]
    if unknown:
        raise UnreadableFile(
            f"Tesseract has no data for {', '.join(unknown)}.",
            next_step="Install it with: sudo apt-get install "
            + " ".join(f"tesseract-ocr-{each.replace('_', '-')}" for each in unknown),
        )
    job = _Job(asked)
    layers = mixed_layers(file, pages) if media_type == "application/pdf" else {}
    scans = draw(file, media_type, pages, limits)
    return Reading(
        pages=_pages(scans, layers, job),
        metadata=job.told,
        tool="tesseract",
        tool_version=version,
        settings={
            "languages": "+".join(asked) or "by page",
            "resolution": str(RESOLUTION),
            "data": " ".join(sorted(tesseract.installed())),
        },
    )


def _pages(
    scans: Iterator[tuple[int, float, float, Scan]], layers: Mapping[int, PageText], job: _Job
) -> Iterator[PageText]:
    for number, width, height, scan in scans:
        try:
            attempt = _read(scan, job)
        except ProgramFailed as error:
            job.failed.append(number)
            job.told[f"page {number}"] = error.message
            yield PageText(number, width, height, "", source="none", needs_ocr=True)
            continue
        page = _placed(number, width, height, attempt)
        job.told[f"page {number}"] = _account(attempt, page)
        layer = layers.get(number)
        if layer is not None:
            page = beside(layer, page)
            job.told[f"page {number}"] += ", beside its own text"
        yield page
    if job.failed:
        raise UnreadableFile(f"Pages {', '.join(map(str, job.failed))} could not be recognised.")
    if job.missing:
        raise UnreadableFile(
            f"Pages in the script {', '.join(sorted(job.missing))} wait for tesseract's data."
        )


def _read(scan: Scan, job: _Job) -> _Attempt:
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
    if upright and not job.asked and attempt.score < _POOR:
        wanted = _OF_SCRIPT.get(upright.script, ())
        if (
            wanted
            and len(attempt.text) >= _FEWEST_LETTERS
            and not tesseract.installed() & {*wanted}
        ):
            job.missing.add(upright.script)
    return attempt


def _settled(scan: Scan, script: str, job: _Job) -> _Attempt:
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


def _in_two_scripts(best: _Attempt) -> _Attempt:
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


def _surer(first: _Attempt, second: _Attempt) -> _Attempt:
    return max(first, second, key=lambda each: each.score)


def _candidates(script: str, job: _Job) -> tuple[tuple[str, ...], tuple[str, ...]]:
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


def _refined(attempt: _Attempt) -> _Attempt:
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


def _attempt(scan: Scan, languages: Sequence[str]) -> _Attempt:
    resolution = round(scan.pixels_a_point * 72)
    found = tesseract.words(
        scan.image, languages, resolution=max(70, min(resolution, 1200)), timeout=_SECONDS_A_CALL
    )
    return _Attempt(scan, tuple(languages), tuple(found))


def _placed(number: int, width: float, height: float, attempt: _Attempt) -> PageText:
    """Set the words as lines of text, each with its box; lines that are noise are left out."""
    text = ""
    words: list[Word] = []
    if attempt.score >= _LEAST_PAGE:
        before: tuple[int, int, int] | None = None
        for line in _lines(attempt.found):
            at = (line[0].block, line[0].paragraph, line[0].line)
            if before is not None:
                text += "\n\n" if before[:2] != at[:2] else "\n"
            before = at
            for place, word in enumerate(line):
                text += " " if place else ""
                box = attempt.scan.on_page(word.box)
                words.append(Word(len(text), len(text) + len(word.text), box))
                text += word.text
    language = identify(text).language
    return PageText(number, width, height, text, tuple(words), "ocr", language)


def _lines(found: Sequence[tesseract.Found]) -> Iterator[list[tesseract.Found]]:
    line: list[tesseract.Found] = []
    for word in (*found, None):
        begins = word is None or not line or _place(word) != _place(line[-1])
        if begins and line:
            if sum(each.confidence for each in line) / len(line) >= _LEAST_LINE:
                yield line
            line = []
        if word is not None:
            line.append(word)


def _place(word: tesseract.Found) -> tuple[int, int, int]:
    return (word.block, word.paragraph, word.line)


def _account(attempt: _Attempt, page: PageText) -> str:
    """Tell in words how a page was read."""
    told = [f"read in {'+'.join(attempt.languages)}", f"confidence {attempt.score:.0f} of 100"]
    if attempt.scan.turn:
        told.append(f"turned {attempt.scan.turn}° clockwise")
    if attempt.scan.angle:
        told.append(f"straightened by {attempt.scan.angle:.1f}°")
    if not page.text:
        told.append("no words found")
    return ", ".join(told)
