"""Reading the pages of a PDF or a picture: how many, what must be said of them, how they end.

Runs here or in a worker (``confined``): it takes a stream and gives plain values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import pikepdf

from amparo.filing.bundle import pdfs
from amparo.filing.bundle.contents import EVEN, balance_of, content_of
from amparo.filing.bundle.exhibits import Balance, Notice
from amparo.filing.bundle.pictures import picture_pdf

__all__ = ["PagesRead", "read_pages"]

_MOST_PAGES_NAMED = 12


@dataclass(frozen=True, slots=True)
class PagesRead:
    """What was read. ``made`` is the PDF of a picture, None when the file is a PDF itself.

    ``uneven`` has the pages, from 0, that leave the stack of states other than they found it.
    """

    count: int
    notices: tuple[Notice, ...] = ()
    uneven: Mapping[int, Balance] = field(default_factory=dict)
    made: bytes | None = field(default=None, repr=False)


def read_pages(stream: BinaryIO, media_type: str, sheet: tuple[float, float]) -> PagesRead:
    """Read a PDF, or set a picture on sheets of ``sheet`` points.

    Raises Locked, TooLarge, and UnreadableFile with the reason.
    """
    if media_type == "application/pdf":
        with pdfs.open_pdf(stream) as pdf:
            return _read(pdf)
    made, count, notices = picture_pdf(stream, sheet)
    return PagesRead(count, tuple(notices), made=made)


def _read(pdf: pikepdf.Pdf) -> PagesRead:
    """Read every page's content once: whether it can be decoded, and how it leaves its state."""
    facts = pdfs.facts_of(pdf)
    broken, uneven = [], {}
    for number, page in enumerate(pdf.pages):
        content = content_of(page.obj)
        if content is None:
            broken.append(number + 1)
        elif (balance := balance_of(page.obj, content)) != EVEN:
            uneven[number] = balance
    notices = facts.notices
    if broken:
        notices = (*notices, Notice("damaged_pages", {"pages": _listed(broken)}))
    return PagesRead(facts.pages, notices, uneven)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_PAGES_NAMED]))
    return f"{shown}, …" if len(numbers) > _MOST_PAGES_NAMED else shown
