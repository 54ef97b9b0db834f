"""The passages that were found, as a page of results shows them: marked, scored, tagged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from amparo.base.folding import fold
from amparo.search.address import MATTER_SHIFT
from amparo.search.kinds import kind_of
from amparo.search.results import Hit
from amparo.search.snippets import Marker, mark, marker, snippet
from amparo.search.web import tables
from amparo.search.web.retrieval import Found, Search
from amparo.search.web.tables import Row

__all__ = ["hits_of", "spellings_shown"]


def hits_of(search: Search, found: Found) -> tuple[Hit, ...]:
    """The hits in the order of their rank."""
    numbers = [place.number for place in found.places]
    rows = tables.rows(numbers)
    tags: dict[int, list[str]] = {}
    for number, tag in tables.tags(numbers):
        tags.setdefault(number, []).append(tag)
    marks = marker(search.words, search.known.spellings)
    best = min((place.rank for place in found.places), default=0.0)
    return tuple(
        replace(
            _hit(rows[place.number], marks, search),
            score=_score(place.rank, best),
            tags=tuple(tags.get(place.number, ())),
            other_spelling=not place.exact,
        )
        for place in found.places
    )


def spellings_shown(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The words of these hits that were found as other spellings."""
    marked = (word for hit in hits if hit.other_spelling for word in hit.snippet.marked)
    return tuple({fold(word): word for word in marked}.values())


def _score(rank: float, best: float) -> float:
    """Relative to the best, so that it tells nothing about passages that one may not see."""
    return round(rank / best, 4) if best else 1.0


def _hit(row: Row, marks: Marker | None, search: Search) -> Hit:
    return Hit(
        matter_id=search.matters[row.number >> MATTER_SHIFT],
        source=row.source,
        source_id=row.source_id,
        page=row.page,
        title=mark(row.title or row.name, marks),
        name=row.name,
        snippet=snippet(row.text, marks),
        score=0.0,
        kind=kind_of(row.media_type),
        language=row.language,
        date=row.date,
    )
