"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from amparo.search.snippets import Fragment, Snippet
from amparo.search.syntax import Note

Value = TypeVar("Value")

__all__ = ["Chosen", "Count", "Facets", "Hit", "Results"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The facet values that a person has chosen; an empty set means no choice.

    ``years`` may hold None for passages without a date, ``languages`` an empty string for
    passages whose language is not known.
    """

    matters: frozenset[UUID] = frozenset()
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    years: frozenset[int | None] = frozenset()
    tags: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any((self.matters, self.kinds, self.languages, self.years, self.tags))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. ``score`` is 1 for the best of its page."""

    matter_id: UUID
    source: str
    source_id: str
    page: int | None
    title: tuple[Fragment, ...]
    name: str
    snippet: Snippet
    score: float
    kind: str
    language: str
    date: str
    tags: tuple[str, ...] = ()
    other_spelling: bool = False


@dataclass(frozen=True, slots=True)
class Count(Generic[Value]):
    """A facet's value, how many results have it, and whether it is chosen."""

    value: Value
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """What the results are of; most frequent first, years newest first."""

    matters: tuple[Count[UUID], ...] = ()
    kinds: tuple[Count[str], ...] = ()
    languages: tuple[Count[str], ...] = ()
    years: tuple[Count[int | None], ...] = ()
    tags: tuple[Count[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results.

    ``at_least``: counting stopped, there are at least so many. ``any_of``: no passage had all the
    words, so these are passages with one of them. ``spellings``: words of these hits that were
    found as other spellings of what was asked. ``matched``: results that ignore chosen facets.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    matched: int = 0
    at_least: bool = False
    page: int = 1
    pages: int = 0
    facets: Facets = Facets()
    notes: tuple[Note, ...] = ()
    any_of: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
