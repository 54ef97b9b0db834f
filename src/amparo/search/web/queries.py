"""Finding: a query, what a person may see, what they have chosen; hits, facets and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from amparo.base.folding import fold
from amparo.search.address import MATTER_SHIFT, year_number, year_of
from amparo.search.facets import Selection, count_facets, count_selected
from amparo.search.fts5 import expression
from amparo.search.kinds import KINDS, kind_number, kind_of
from amparo.search.plan import Plan, any_of, plan
from amparo.search.query import parse
from amparo.search.results import Chosen, Count, Facets, Hit, Results
from amparo.search.snippets import Marker, mark, marker, snippet
from amparo.search.spellings import join_names
from amparo.search.syntax import Query, Words, wanted_words
from amparo.search.web import index
from amparo.search.web.filters import Known, condition
from amparo.search.web.index import Asked, Row
from amparo.search.web.vocabulary import spellings_of

__all__ = ["PER_PAGE", "find", "rewordings"]

Value = TypeVar("Value")

PER_PAGE = 20
MOST_PAGES = 250
_MOST_COUNTED_FOR_RARITY = 2_000
_RAREST = 3
_MOST_TAGGED = 5_000
_MOST_VALUES = 30
_MOST_REWORDED = 4
_LEAST_STEM = 4


@dataclass(frozen=True, slots=True)
class _Search:
    """One search under way: what is asked, within which matters, with which choices."""

    plan: Plan
    known: Known
    selection: Selection
    matters: Mapping[int, UUID]

    def asked(self, *, chosen: bool, exact: bool = False) -> Asked:
        """What to ask the index for; ``exact`` leaves other spellings out."""
        where = index.within(self.matters, self.selection if chosen else self._tags_only())
        if self.plan.filters:
            where += condition(self.plan.filters, self.known)
        if self.plan.text is None:
            return Asked(None, where)
        spellings = {} if exact else self.known.spellings
        return Asked(expression(self.plan.text, spellings), where)

    def only_otherwise_spelled(self) -> Asked:
        """What is found by other spellings alone."""
        asked, exact = self.asked(chosen=True), self.asked(chosen=True, exact=True)
        return Asked(f"({asked.words}) NOT ({exact.words})", asked.where)

    def _tags_only(self) -> Selection:
        return Selection(tags=self.selection.tags)


def find(
    written: str,
    *,
    matter_ids: Iterable[UUID],
    names: Mapping[UUID, tuple[str, ...]] | None = None,
    chosen: Chosen | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Results:
    """Find what a person typed, in the matters that they may see and in no others.

    ``names`` gives what ``matter:`` may call each matter (number, title). Counts, facets, snippets
    and the search for other spellings all stay within ``matter_ids``.
    """
    query = parse(written)
    search = _prepare(query, matter_ids, names or {}, chosen or Chosen())
    if not search.matters or (query.root is None and not chosen):
        return Results(notes=query.notes)
    return _carry_out(query, search, page, per_page)


def rewordings(written: str, *, matter_ids: Iterable[UUID]) -> tuple[tuple[str, int], ...]:
    """Other queries that do find something, each with how much, for when this one does not.

    Words are tried by their beginnings, and exact words without their quotation marks.
    """
    words = wanted_words(parse(written).root)[:_MOST_REWORDED]
    tried = dict.fromkeys(query for each in words for query in _reworded(each))
    ids = list(matter_ids)
    found = ((query, find(query, matter_ids=ids, per_page=1).total) for query in tried)
    return tuple((query, total) for query, total in found if total)


def _reworded(words: Words) -> Iterable[str]:
    plain = " ".join(words.pieces)
    if words.quoted:
        yield plain
    if len(words.pieces) == 1 and len(plain) > _LEAST_STEM:
        yield f"{plain[: max(_LEAST_STEM, len(plain) - 3)]}*"


def _prepare(
    query: Query,
    matter_ids: Iterable[UUID],
    names: Mapping[UUID, tuple[str, ...]],
    chosen: Chosen,
) -> _Search:
    visible = {matter.hex: matter for matter in matter_ids}
    numbers = {visible[m]: number for m, number in index.matter_numbers() if m in visible}
    root = join_names(query.root)
    folded = {matter: tuple(map(fold, names.get(matter, ()))) for matter in numbers}
    known = Known(numbers, folded, spellings_of(wanted_words(root)))
    matters = {number: matter for matter, number in numbers.items()}
    return _Search(plan(root), known, _selection(chosen, numbers), matters)


def _selection(chosen: Chosen, numbers: Mapping[UUID, int]) -> Selection:
    languages = index.language_codes().items() if chosen.languages else ()
    return Selection(
        matter=frozenset(numbers.get(matter, 0) for matter in chosen.matters),
        kind=frozenset(kind_number(kind) for kind in chosen.kinds if kind in KINDS),
        language=frozenset(number for number, code in languages if code in chosen.languages)
        | (frozenset({0}) if "" in chosen.languages else frozenset()),
        year=frozenset(map(year_number, chosen.years)),
        tags=frozenset(fold(tag) for tag in chosen.tags),
    )


def _carry_out(query: Query, search: _Search, page: int, per_page: int) -> Results:
    groups = index.count(search.asked(chosen=False))
    some_of: tuple[str, ...] = ()
    if not groups and search.plan.text:
        search, some_of = _with_any_of_the_rarest(search)
        groups = index.count(search.asked(chosen=False)) if some_of else groups
    matched, total = sum(groups.values()), count_selected(groups, search.selection)
    pages = min(MOST_PAGES, -(-total // per_page))
    page = max(1, min(page, pages))
    hits = _hits(search, offset=(page - 1) * per_page, limit=per_page) if total else ()
    return Results(
        hits=hits,
        total=total,
        matched=matched,
        at_least=matched >= index.MOST_COUNTED,
        page=page,
        pages=pages,
        facets=_facets(search, groups),
        notes=query.notes,
        any_of=some_of,
        spellings=_spellings_shown(hits),
    )


def _with_any_of_the_rarest(search: _Search) -> tuple[_Search, tuple[str, ...]]:
    """Let one of the rarest words do, when no passage has them all.

    Rarity is counted among what the person may see; words that are nowhere drop out.
    """
    words = dict.fromkeys(wanted_words(search.plan.text))
    if len(words) < 2:
        return search, ()
    counted = {each: _how_common(search, each) for each in words}
    rarest = sorted((each for each in counted if counted[each]), key=lambda each: counted[each])
    few = [each for each in rarest if counted[each] < _MOST_COUNTED_FOR_RARITY] or rarest[:1]
    text = any_of(few[:_RAREST])
    changed = replace(search, plan=replace(search.plan, text=text))
    return changed, tuple(each.written for each in few[:_RAREST])


def _how_common(search: _Search, words: Words) -> int:
    one = replace(search, plan=replace(search.plan, text=words))
    return sum(index.count(one.asked(chosen=False), _MOST_COUNTED_FOR_RARITY).values())


def _hits(search: _Search, *, offset: int, limit: int) -> tuple[Hit, ...]:
    """The page's hits: what is spelled as asked first, other spellings after it."""
    widened = search.plan.text is not None and _is_widened(search)
    exact = index.numbers(search.asked(chosen=True, exact=widened), offset=offset, limit=limit)
    others: list[tuple[int, float]] = []
    if widened and len(exact) < limit:
        found = sum(index.count(search.asked(chosen=True, exact=True)).values())
        others = index.numbers(
            search.only_otherwise_spelled(),
            offset=max(0, offset - found),
            limit=limit - len(exact),
        )
    return _as_hits(search, exact, others)


def _is_widened(search: _Search) -> bool:
    asked = wanted_words(search.plan.text)
    return any(search.known.spellings.get(words.written) for words in asked)


def _as_hits(
    search: _Search, exact: list[tuple[int, float]], others: list[tuple[int, float]]
) -> tuple[Hit, ...]:
    numbers = [number for number, _ in (*exact, *others)]
    rows = index.rows(numbers)
    tags: dict[int, list[str]] = {}
    for number, tag in index.tags(numbers):
        tags.setdefault(number, []).append(tag)
    marks = marker(wanted_words(search.plan.text), search.known.spellings)
    best = min((rank for _, rank in (*exact, *others)), default=0.0)
    spelled = {number for number, _ in exact}
    return tuple(
        replace(
            _hit(rows[number], marks, search),
            score=_score(rank, best),
            tags=tuple(tags.get(number, ())),
            other_spelling=number not in spelled,
        )
        for number, rank in (*exact, *others)
    )


def _score(rank: float, best: float) -> float:
    """Relative to the best, so that it tells nothing about passages that one may not see."""
    return round(rank / best, 4) if best else 1.0


def _hit(row: Row, marks: Marker | None, search: _Search) -> Hit:
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


def _spellings_shown(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The words of these hits that were found as other spellings."""
    marked = (word for hit in hits if hit.other_spelling for word in hit.snippet.marked)
    return tuple({fold(word): word for word in marked}.values())


def _facets(search: _Search, groups: Counter[int]) -> Facets:
    counts = count_facets(groups, search.selection)
    selection = search.selection
    languages = index.language_codes()
    kinds = {kind_number(kind): kind for kind in KINDS}
    return Facets(
        matters=_counts(counts["matter"], selection.matter, search.matters),
        kinds=_counts(counts["kind"], selection.kind, kinds),
        languages=_counts(counts["language"], selection.language, {0: "", **languages}),
        years=_years(counts["year"], selection.year),
        tags=_tags(search) if groups else (),
    )


def _counts(
    counted: Counter[int], chosen: frozenset[int], values: Mapping[int, Value]
) -> tuple[Count[Value], ...]:
    numbers = [*counted, *(number for number in chosen if number not in counted)]
    ordered = sorted(numbers, key=lambda number: (-counted[number], number))
    return tuple(
        Count(values[number], counted[number], number in chosen)
        for number in ordered[:_MOST_VALUES]
        if number in values
    )


def _years(counted: Counter[int], chosen: frozenset[int]) -> tuple[Count[int | None], ...]:
    years = sorted({*counted, *chosen}, reverse=True)
    return tuple(Count(year_of(year), counted[year], year in chosen) for year in years)


def _tags(search: _Search) -> tuple[Count[str], ...]:
    """Counted among the first few thousand results: a tag is put on by hand, so they are few."""
    rows = index.tag_counts(search.asked(chosen=True), _MOST_TAGGED)
    counted: Counter[str] = Counter()
    for tag, number in rows:
        counted[tag] += number
    return tuple(
        Count(tag, number, fold(tag) in search.selection.tags)
        for tag, number in counted.most_common(_MOST_VALUES)
    )
