"""Text without pages of its own as PageText values: named sections, long ones cut at lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amparo.extract.reading import PageText

__all__ = ["LONGEST", "pages"]

LONGEST = 40_000


def pages(sections: Iterable[tuple[str, str]]) -> Iterator[PageText]:
    """Give numbered pages for ``(label, text)`` sections; an empty one without a label gives none.

    A section longer than LONGEST characters becomes several pages, "label, part 2", cut at line
    ends where there are any.
    """
    number = 0
    for label, text in sections:
        for part, piece in enumerate(_cut(clean(text), named=bool(label)), 1):
            number += 1
            name = label if part == 1 else f"{label}, part {part}".removeprefix(", ")
            yield PageText(number, 0.0, 0.0, piece, source="converted", label=name)


def clean(text: str) -> str:
    """Drop NULs and lone surrogates, make line ends one kind, and trim blank ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode("utf-8").strip("\n").rstrip()


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
