"""How results are fetched from the index: in one pass when they are few, bounded when many.

Few, which is the usual case: every result is fetched with its rank, and counting, choosing and
ordering are done here. Many: groups are counted up to a bound, the page is ranked by the index
among the newest, and what has the words in its title comes first, so that no ubiquitous word can
make a search slow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from amparo.search.address import GROUP_SHIFT
from amparo.search.facets import Selection, fitting
from amparo.search.grammar import expression
from amparo.search.plan import Plan
from amparo.search.syntax import And, Not, Words, wanted_words
from amparo.search.web import index, tables
from amparo.search.web.engine import engine
from amparo.search.web.filters import Known, condition
from amparo.search.web.index import Asked

__all__ = ["Found", "Place", "Search", "every_number", "how_common", "retrieve"]

FEW = 3_000
_MOST_TAGGED = 500


@dataclass(frozen=True, slots=True)
class Search:
    """One search under way: what is asked, within which matters, with which choices."""

    plan: Plan
    known: Known
    selection: Selection
    matters: Mapping[int, UUID]

    def asked(self, *, chosen: bool, exact: bool = False) -> Asked:
        """What to ask the index for; ``exact`` leaves other spellings out."""
        selection = self.selection if chosen else Selection(tags=self.selection.tags)
        where = index.within(self.matters, selection)
        if self.plan.filters:
            where += condition(self.plan.filters, self.known)
        if self.plan.text is None:
            return Asked(None, where)
        spellings = {} if exact else self.known.spellings
        return Asked(expression(self.plan.text, spellings, engine().grammar), where)

    @property
    def words(self) -> tuple[Words, ...]:
        """The words that results are to contain."""
        return wanted_words(self.plan.text)

    @property
    def is_widened(self) -> bool:
        """Whether other spellings are looked for."""
        return any(self.known.spellings.get(words.written) for words in self.words)


@dataclass(frozen=True, slots=True)
class Place:
    """A result's number, its rank (lower is better) and whether it is spelled as asked."""

    number: int
    rank: float
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The page's places, and of all results the groups and (of the first) the tags."""

    groups: Counter[int] = field(default_factory=Counter)
    places: tuple[Place, ...] = ()
    tags: Counter[str] = field(default_factory=Counter)


def retrieve(search: Search, *, offset: int, limit: int) -> Found:
    """Fetch one page of results; counts leave chosen facets out, places heed them."""
    if search.plan.text is not None:
        few = _ranked(search, FEW + 1)
        if len(few) <= FEW:
            return _from_few(search, few, offset, limit)
    return _from_many(search, offset, limit)


def every_number(search: Search, most: int) -> set[int]:
    """The numbers of all results within what is chosen, in no order, up to ``most``."""
    return index.members(search.asked(chosen=True), most)


def how_common(search: Search, most: int) -> int:
    """Count the results without ordering them, up to ``most``."""
    return index.count(search.asked(chosen=False), most).total()


def _ranked(search: Search, most: int) -> list[tuple[int, float]]:
    """Rank by the words that tell; ubiquitous ones beside them only let through."""
    asked = search.asked(chosen=False)
    telling = _telling(search)
    if telling is None:
        return index.ranked(asked, most)
    return index.ranked_by(telling, asked, most)


def _telling(search: Search) -> str | None:
    """The expression without its ubiquitous words; None when that is all of it or nothing."""
    if not isinstance(search.plan.text, And):
        return None
    nodes = [node for node in search.plan.text.nodes if not isinstance(node, Not)]
    grammar = engine().grammar
    written = [expression(node, search.known.spellings, grammar) for node in nodes]
    telling = [words for words in written if not index.is_ubiquitous(words)]
    return grammar.every(telling) if 0 < len(telling) < len(written) else None


def _from_few(search: Search, few: list[tuple[int, float]], offset: int, limit: int) -> Found:
    groups = Counter([number >> GROUP_SHIFT for number, _ in few])
    right = fitting(groups, search.selection)
    exact = {number for number, _ in few}
    if search.is_widened:
        exact = index.members(search.asked(chosen=False, exact=True), FEW)
    ordered = sorted(
        (number not in exact, rank, -number)
        for number, rank in few
        if number >> GROUP_SHIFT in right
    )
    page = ordered[offset : offset + limit]
    tagged = tables.tags(-number for _, _, number in ordered[:_MOST_TAGGED])
    return Found(
        groups,
        tuple(Place(-number, rank, not otherwise) for otherwise, rank, number in page),
        Counter([tag for _, tag in tagged]),
    )


def _from_many(search: Search, offset: int, limit: int) -> Found:
    groups = index.count(search.asked(chosen=False))
    if not fitting(groups, search.selection):
        return Found(groups)
    asked = search.asked(chosen=True)
    tags: Counter[str] = Counter()
    for tag, number in index.tag_counts(asked, _MOST_TAGGED):
        tags[tag] += number
    return Found(groups, _across(_tiers(search, asked, groups.total()), offset, limit), tags)


def _tiers(search: Search, asked: Asked, total: int) -> list[tuple[Asked, bool]]:
    """What to rank one after another, without overlap, and whether it is spelled as asked."""
    if asked.words is None:
        return [(asked, True)]
    exact = search.asked(chosen=True, exact=True)
    first = _titles_first(exact) if total >= index.MOST_RANKED else [exact]
    tiers = [(each, True) for each in first]
    if search.is_widened:
        tiers.append((_without(asked, exact.words), False))
    return tiers


def _titles_first(asked: Asked) -> list[Asked]:
    in_title = engine().grammar.inside("heading", asked.words or "")
    return [Asked(in_title, asked.where), _without(asked, in_title)]


def _without(asked: Asked, excluded: str | None) -> Asked:
    return Asked(engine().grammar.without(asked.words or "", excluded or ""), asked.where)


def _across(tiers: list[tuple[Asked, bool]], offset: int, limit: int) -> tuple[Place, ...]:
    places: list[Place] = []
    for asked, exact in tiers:
        wanted = limit - len(places)
        got = index.numbers(asked, offset=offset, limit=wanted)
        places += [Place(number, rank, exact) for number, rank in got]
        if len(got) == wanted:
            break
        skipped = offset if got or not offset else index.count(asked).total()
        offset = max(0, offset - skipped)
    return tuple(places)
