"""Finding: a query, what a person may see, what they have chosen; what comes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from amparo.base.folding import fold
from amparo.search import news
from amparo.search.address import year_number
from amparo.search.editions import CLEAR, is_searched
from amparo.search.facets import Selection, count_selected
from amparo.search.kinds import KINDS, kind_number
from amparo.search.plan import any_of, plan
from amparo.search.query import parse
from amparo.search.results import Chosen, Results
from amparo.search.spellings import join_names
from amparo.search.syntax import Query, Words, wanted_words
from amparo.search.web import index, tables
from amparo.search.web.engine import engine
from amparo.search.web.filters import Known
from amparo.search.web.index import Asked
from amparo.search.web.models import Passage
from amparo.search.web.queries.facets import facets_of
from amparo.search.web.queries.hits import hits_of, spellings_shown
from amparo.search.web.retrieval import Search, every_number, how_common, retrieve
from amparo.search.web.vocabulary import spellings_of

__all__ = ["PER_PAGE", "everything_found", "find", "names_sealed", "rewordings"]

PER_PAGE = 20
MOST_PAGES = 250
_MOST_OF_A_RARE_WORD = 2_000
_RAREST = 3
_MOST_REWORDED = 4
_LEAST_STEM = 4


def find(
    written: str,
    *,
    matter_ids: Iterable[UUID],
    names: Mapping[UUID, tuple[str, ...]] | None = None,
    chosen: Chosen | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
    knowing: Collection[UUID] = (),
) -> Results:
    """Find what a person typed, in the matters that they may see and in no others.

    ``knowing`` are those of the matters from whose identities nothing is sealed from the person; in
    the others they search the pseudonyms.

    ``names`` gives what ``matter:`` may call each matter (number, title). Counts, facets, snippets
    and the search for other spellings all stay within ``matter_ids``.
    """
    query = parse(written)
    editions = _editions(matter_ids, knowing)
    search = _prepare(query, editions, names or {}, chosen or Chosen())
    if not search.matters or (query.root is None and not chosen):
        return Results(notes=query.notes)
    return _carry_out(query, search, page, per_page)


def rewordings(
    written: str, *, matter_ids: Iterable[UUID], knowing: Collection[UUID] = ()
) -> tuple[tuple[str, int], ...]:
    """Other queries that do find something, each with how much, for when this one does not.

    Words are tried by their beginnings, and exact words without their quotation marks.
    """
    words = wanted_words(parse(written).root)[:_MOST_REWORDED]
    tried = dict.fromkeys(query for each in words for query in _reworded(each))
    ids = list(matter_ids)
    found = (
        (query, find(query, matter_ids=ids, per_page=1, knowing=knowing).total) for query in tried
    )
    return tuple((query, total) for query, total in found if total)


def everything_found(
    written: str,
    *,
    matter_ids: Iterable[UUID],
    names: Mapping[UUID, tuple[str, ...]] | None = None,
    chosen: Chosen | None = None,
    knowing: Collection[UUID] = (),
) -> news.Found:
    """Every place that has all that is asked, for a saved search to remember.

    Other spellings count as they do in ``find``; one of the rarest words alone is not enough.
    """
    query = parse(written)
    search = _prepare(query, _editions(matter_ids, knowing), names or {}, chosen or Chosen())
    if not search.matters or (query.root is None and not chosen):
        return news.Found()
    numbers = every_number(search, news.MOST_REMEMBERED + 1)
    if len(numbers) > news.MOST_REMEMBERED:
        counted = index.count(search.asked(chosen=True)).total()
        return news.Found(total=max(counted, len(numbers)))
    marks = frozenset(news.mark(*place) for place in tables.places(numbers))
    return news.Found(marks, len(marks))


def names_sealed(source: str, source_id: str) -> bool:
    """Whether a source names someone whose identity is sealed, as far as it is in the index."""
    rows = Passage.objects.filter(source=source, source_id=source_id)
    numbers = rows.values_list("number", flat=True).iterator()
    return any(
        edition.startswith(CLEAR) for _matter, edition in tables.editions_of(numbers).values()
    )


def _reworded(words: Words) -> Iterable[str]:
    plain = " ".join(words.pieces)
    if words.quoted:
        yield plain
    if len(words.pieces) == 1 and len(plain) > _LEAST_STEM:
        yield f"{plain[: max(_LEAST_STEM, len(plain) - 3)]}*"


def _editions(matter_ids: Iterable[UUID], knowing: Collection[UUID]) -> dict[UUID, tuple[int, ...]]:
    """The numbers of each matter's editions that are searched, the lowest first."""
    visible = {matter.hex: matter for matter in matter_ids}
    numbers: dict[UUID, list[int]] = {}
    for name, edition, number in tables.matter_numbers():
        matter = visible.get(name)
        if matter and is_searched(edition, knows=matter in knowing):
            numbers.setdefault(matter, []).append(number)
    return {matter: tuple(sorted(found)) for matter, found in numbers.items()}


def _prepare(
    query: Query,
    numbers: Mapping[UUID, tuple[int, ...]],
    names: Mapping[UUID, tuple[str, ...]],
    chosen: Chosen,
) -> Search:
    root = join_names(query.root)
    folded = {matter: tuple(map(fold, names.get(matter, ()))) for matter in numbers}
    matters = {number: matter for matter, found in numbers.items() for number in found}
    visible_only = index.within(matters)

    def in_sight(form: str) -> bool:
        return index.any_passage(Asked(engine().grammar.row(form.split()), visible_only))

    known = Known(numbers, folded, spellings_of(wanted_words(root), in_sight))
    return Search(plan(root), known, _selection(chosen, numbers), matters)


def _selection(chosen: Chosen, numbers: Mapping[UUID, tuple[int, ...]]) -> Selection:
    languages = tables.language_codes().items() if chosen.languages else ()
    return Selection(
        matter=frozenset(n for matter in chosen.matters for n in numbers.get(matter, (0,))),
        kind=frozenset(kind_number(kind) for kind in chosen.kinds if kind in KINDS),
        language=frozenset(number for number, code in languages if code in chosen.languages)
        | (frozenset({0}) if "" in chosen.languages else frozenset()),
        year=frozenset(map(year_number, chosen.years)),
        tags=frozenset(fold(tag) for tag in chosen.tags),
    )


def _carry_out(query: Query, search: Search, page: int, per_page: int) -> Results:
    page = max(1, min(page, MOST_PAGES))
    found = retrieve(search, offset=(page - 1) * per_page, limit=per_page)
    some_of: tuple[str, ...] = ()
    if not found.groups and search.plan.text:
        search, some_of = _with_any_of_the_rarest(search)
        if some_of:
            found = retrieve(search, offset=(page - 1) * per_page, limit=per_page)
    total = count_selected(found.groups, search.selection)
    hits = hits_of(search, found)
    return Results(
        hits=hits,
        total=total,
        matched=found.groups.total(),
        at_least=found.groups.total() >= index.MOST_COUNTED,
        page=page,
        pages=min(MOST_PAGES, -(-total // per_page)),
        facets=facets_of(search, found),
        notes=query.notes,
        any_of=some_of,
        spellings=spellings_shown(hits),
    )


def _with_any_of_the_rarest(search: Search) -> tuple[Search, tuple[str, ...]]:
    """Let one of the rarest words do, when no passage has them all.

    Rarity is counted among what the person may see; words that are nowhere drop out.
    """
    words = dict.fromkeys(search.words)
    if len(words) < 2:
        return search, ()
    counted = {
        each: how_common(
            replace(search, plan=replace(search.plan, text=each)), _MOST_OF_A_RARE_WORD
        )
        for each in words
    }
    rarest = sorted((each for each in counted if counted[each]), key=lambda each: counted[each])
    few = [each for each in rarest if counted[each] < _MOST_OF_A_RARE_WORD] or rarest[:1]
    changed = replace(search, plan=replace(search.plan, text=any_of(few[:_RAREST])))
    return changed, tuple(each.written for each in few[:_RAREST])
