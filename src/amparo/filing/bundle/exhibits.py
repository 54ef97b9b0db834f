"""Exhibits: what is to be shown, and the pages that were made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO

from amparo.base.dates import PartialDate
from amparo.base.errors import UnreadableFile

__all__ = ["Balance", "Exhibit", "ExhibitFailed", "Notice", "Opener", "Prepared", "Source"]

Opener = Callable[[], BinaryIO]
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """The original of an exhibit: its digest, how it was received, and a way to read it.

    ``open`` gives a new seekable stream each time; who calls it closes it.
    """

    sha256: str
    path: str
    name: str
    media_type: str
    size: int
    open: Opener


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One entry of the index: its mark, what it is said to be, its date, and its original."""

    tab: str
    description: str
    date: PartialDate | None
    source: Source


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader of the pages must know; ``code`` is a key in words.yaml."""

    code: str
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Balance:
    """How a content leaves the stack of states: ``below`` restores too many, ``open`` left over."""

    below: int = 0
    open: int = 0


class ExhibitFailed(UnreadableFile):
    """An exhibit broke while its pages were being copied; ``item`` is its position."""

    def __init__(self, item: int, message: str) -> None:
        super().__init__(message)
        self.item = item


@dataclass(frozen=True, slots=True)
class Prepared:
    """An exhibit as pages: a PDF that opens without a password, and what must be said of it.

    ``slip`` is the reason why the pages are a slip sheet in place of the exhibit, or None.
    ``size`` is that of the PDF in bytes. ``uneven`` has the pages, from 0, whose content leaves the
    stack of states other than it found it.
    """

    exhibit: Exhibit
    open: Opener
    pages: int
    size: int
    notices: tuple[Notice, ...] = ()
    slip: Notice | None = None
    uneven: Mapping[int, Balance] = field(default_factory=dict)
