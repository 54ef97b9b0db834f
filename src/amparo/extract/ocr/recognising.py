"""A file's pages recognised one by one; a page that failed is told and stops no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from amparo.base.errors import ProgramFailed, UnreadableFile
from amparo.extract.language import identify
from amparo.extract.ocr import tesseract
from amparo.extract.ocr.attempts import LANGUAGES, Attempt, Job, surest
from amparo.extract.ocr.drawing import RESOLUTION, draw
from amparo.extract.ocr.merging import beside
from amparo.extract.ocr.scan import Scan
from amparo.extract.readers.pdf import mixed_layers
from amparo.extract.reading import Limits, PageText, Reading, Word

__all__ = ["recognise"]

_LEAST_LINE, _LEAST_PAGE = 35.0, 40.0


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
    job = Job(asked)
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
    scans: Iterator[tuple[int, float, float, Scan]], layers: Mapping[int, PageText], job: Job
) -> Iterator[PageText]:
    for number, width, height, scan in scans:
        try:
            attempt = surest(scan, job)
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


def _placed(number: int, width: float, height: float, attempt: Attempt) -> PageText:
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


def _account(attempt: Attempt, page: PageText) -> str:
    """Tell in words how a page was read."""
    told = [f"read in {'+'.join(attempt.languages)}", f"confidence {attempt.score:.0f} of 100"]
    if attempt.scan.turn:
        told.append(f"turned {attempt.scan.turn}° clockwise")
    if attempt.scan.angle:
        told.append(f"straightened by {attempt.scan.angle:.1f}°")
    if not page.text:
        told.append("no words found")
    return ", ".join(told)
