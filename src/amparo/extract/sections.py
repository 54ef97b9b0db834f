"""Text without pages of its own as PageText values: named sections, long ones cut at lines.

A section of a table says beside its text which row each line is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amparo.extract.reading import PageText, Rows

__all__ = ["LONGEST", "Section", "pages"]

LONGEST = 40_000

Section = tuple[str, str] | tuple[str, str, Rows]
"""``(label, text)``, and of a table which row of which sheet each line of the text is."""


def pages(sections: Iterable[Section]) -> Iterator[PageText]:
    """Give numbered pages for sections; an empty one without a label gives none.

    A section longer than LONGEST characters becomes several pages, "label, part 2", cut at line
    ends where there are any.
    """
    number = 0
    for label, text, *rows in sections:
        cut = _cut_rows(text, rows[0]) if rows else _cut(clean(text), named=bool(label))
        for part, piece in enumerate(cut, 1):
            number += 1
            words, own = piece if isinstance(piece, tuple) else (piece, None)
            name = label if part == 1 else f"{label}, part {part}".removeprefix(", ")
            yield PageText(number, 0.0, 0.0, words, source="converted", label=name, rows=own)


def clean(text: str) -> str:
    """Drop NULs and lone surrogates, make line ends one kind, and trim blank ends."""
    return clean_letters(text).strip("\n").rstrip()


def clean_letters(text: str) -> str:
    """Drop NULs and lone surrogates, and make line ends one kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def _cut_rows(text: str, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Cut a table's lines into pages, each line with its row; blank lines are left out."""
    lines = clean_letters(text).split("\n") if rows.numbers else []
    kept = [(line, row) for line, row in zip(lines, rows.numbers, strict=True) if line]
    start = size = 0
    for at, (line, _) in enumerate(kept):
        if at > start and size + len(line) > LONGEST:
            yield _piece(kept[start:at], rows.sheet)
            start, size = at, 0
        size += len(line) + 1
    yield _piece(kept[start:], rows.sheet)


def _piece(kept: list[tuple[str, int]], sheet: str) -> tuple[str, Rows]:
    return "\n".join(line for line, _ in kept), Rows(sheet, tuple(row for _, row in kept))


def _cut(text: str, *, named: bool) -> Iterator[str]:
    if named and not text.strip():
        yield ""
        return
    start = 0
    while len(text) - start > LONGEST:
        end = text.rfind("\n", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield text[start:end].rstrip("\n")
        start = end
    if text[start:].strip():
        yield text[start:]
