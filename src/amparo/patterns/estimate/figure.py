"""The picture of an estimate: each method's interval on one line, the documented beside them.

Plain SVG of our own, so that the same picture stands on a page, in a report and in a PDF. It has a
title and a description for those who cannot see it, and takes its colours from the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from amparo.patterns.estimate.answers import Estimate
from amparo.patterns.estimate.words import rounded, words_for

__all__ = ["Captions", "figure"]

WIDTH, LEFT, RIGHT = 720, 220, 40
ROW, TOP, BOTTOM = 34, 56, 64
STEPS: tuple[tuple[float, ...], ...] = ((1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9))
FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    value: float
    lower: float
    upper: float
    first: bool


@dataclass(frozen=True, slots=True)
class Captions:
    """The words of the picture, for another language; ``names`` by method, ``{}`` the number."""

    title: str = "How many there were"
    documented: str = "documented: {}"
    names: Mapping[str, str] | None = None

    def name(self, method: str) -> str:
        """What a method is called."""
        return (self.names or {}).get(method) or words_for(method).name


def figure(answer: Estimate, captions: Captions | None = None) -> str:
    """An SVG text. A refused estimate gives a picture that says so."""
    captions = captions or Captions()
    title, lines = captions.title, _lines(answer, captions)
    if not lines:
        return _refusal(answer, title)
    low = min(answer.documented, *(line.lower for line in lines))
    high = max(line.upper for line in lines)
    scale = _Scale(max(1.0, low * 0.9), high * 1.05)
    height = TOP + ROW * len(lines) + BOTTOM
    parts = [_head(title, _described(lines), height)]
    parts += [_tick(scale, at, height) for at in scale.ticks()]
    parts.append(_documented(scale, answer.documented, height, captions.documented))
    parts += [_row(scale, line, TOP + ROW * i + ROW / 2) for i, line in enumerate(lines)]
    return "\n".join([*parts, "</g></svg>"]) + "\n"


@dataclass(frozen=True, slots=True)
class _Scale:
    """A logarithmic axis: intervals of totals are longer upward."""

    low: float
    high: float

    def at(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def ticks(self) -> list[float]:
        """Round numbers within: 1, 2 and 5 times powers of ten, or finer ones where few fit."""
        return next(
            found
            for steps in STEPS
            if len(found := self._within(steps)) >= FEWEST or steps is STEPS[-1]
        )

    def _within(self, steps: tuple[float, ...]) -> list[float]:
        powers = range(int(math.log10(self.low)), int(math.log10(self.high)) + 1)
        every = [step * 10**power for power in powers for step in steps]
        return [float(value) for value in every if self.low <= value <= self.high]


def _lines(answer: Estimate, captions: Captions) -> list[_Line]:
    rows = [(answer.method, answer.estimate, answer.lower, answer.upper)]
    rows += [
        (each["method"], each["estimate"], each["lower"], each["upper"])
        for each in answer.diagnostics.get("methods", [])
    ]
    return [
        _Line(captions.name(name), value, lower, upper, first=i == 0)
        for i, (name, value, lower, upper) in enumerate(rows)
        if value is not None and lower is not None and upper is not None
    ]


def _described(lines: list[_Line]) -> str:
    return "; ".join(
        f"{line.name}: {rounded(line.value)} ({rounded(line.lower)} to {rounded(line.upper)})"
        for line in lines
    )


def _head(title: str, described: str, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="system-ui, sans-serif" font-size="13" direction="ltr">\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(described)}</desc>\n"
        '<g class="chart-ink-fill" fill="currentColor" stroke="none">\n'
        f'<text x="12" y="28" font-size="16" font-weight="600">{escape(title)}</text>'
    )


def _tick(scale: _Scale, value: float, height: float) -> str:
    x = scale.at(value)
    return (
        f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{height - BOTTOM}" stroke="currentColor" '
        'stroke-opacity="0.12"/>'
        f'<text x="{x}" y="{height - BOTTOM + 18}" text-anchor="middle" fill-opacity="0.7">'
        f"{int(value):,}</text>"
    )


def _documented(scale: _Scale, people: int, height: float, words: str) -> str:
    x = scale.at(max(people, scale.low))
    return (
        f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{height - BOTTOM}" stroke="currentColor" '
        'stroke-dasharray="3 3" stroke-opacity="0.6"/>'
        f'<text x="{x}" y="{height - BOTTOM + 38}" text-anchor="middle">'
        f"{escape(words.format(f'{people:,}'))}</text>"
    )


def _row(scale: _Scale, line: _Line, y: float) -> str:
    weight = 5 if line.first else 2.5
    bold = ' font-weight="600"' if line.first else ""
    left, middle, right = scale.at(line.lower), scale.at(line.value), scale.at(line.upper)
    return (
        f'<text x="{LEFT - 14}" y="{y + 4}" text-anchor="end"{bold}>{escape(line.name)}</text>'
        f'<line class="chart-mark-stroke" x1="{left}" y1="{y}" x2="{right}" y2="{y}" '
        f'stroke="#0b5f58" stroke-width="{weight}" stroke-linecap="round" '
        'stroke-opacity="0.55"/>'
        f'<circle class="chart-mark-fill" cx="{middle}" cy="{y}" r="{weight + 1.5}" '
        'fill="#0b5f58"/>'
        f'<text x="{middle}" y="{y - 9}" text-anchor="middle" font-size="11"{bold}>'
        f"{rounded(line.value)}</text>"
    )


def _refusal(answer: Estimate, title: str) -> str:
    words = answer.reasons[0] if answer.reasons else "This cannot be estimated."
    return (
        f"{_head(title, words, 110)}\n"
        f'<text x="12" y="60">documented: {answer.documented:,}. No total was estimated.</text>\n'
        f'<text x="12" y="84" fill-opacity="0.8">{escape(words)}</text>\n</g></svg>\n'
    )
