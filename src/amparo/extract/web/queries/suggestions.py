"""What the pages of suggestions read: of one item, and of a matter value by value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from amparo.evidence.web.models import Item
from amparo.extract.web.models import PageText
from amparo.extract.web.models.suggested import Suggestion
from amparo.matters.web.models import Matter

__all__ = ["Passage", "Value", "not_looked_through", "open_in", "open_of", "passages", "values_of"]

_AROUND = 48
_PAGE = ("item_id", "number", "text")


@dataclass(frozen=True, slots=True)
class Passage:
    """A suggestion with what stands around its words; "" where the text was read anew since."""

    row: Suggestion
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value suggested in a matter: how many files it is in, and one suggestion to show."""

    files: int
    likely: int
    example: Passage

    @property
    def is_unsure(self) -> bool:
        """Whether it is unsure in every file."""
        return not self.likely


def open_of(item: Item) -> QuerySet[Suggestion]:
    """The suggestions of an item that wait for a person."""
    rows = item.suggestions.filter(state=Suggestion.State.OPEN)
    return rows.order_by("kind", "certainty", "-count", "value")


def open_in(matter: Matter) -> QuerySet[Suggestion]:
    """The suggestions in a matter that wait for a person."""
    return Suggestion.objects.filter(item__matter=matter, state=Suggestion.State.OPEN)


def values_of(matter: Matter, kind: str, *, first: int, count: int) -> tuple[int, Sequence[Value]]:
    """How many values are open, and ``count`` of them after ``first``: in most files first."""
    rows = open_in(matter)
    rows = rows.filter(kind=kind) if kind in Suggestion.Kind.values else rows
    grouped = (
        rows.values("kind", "value")
        .annotate(files=Count("item"), likely=Count("pk", filter=Q(certainty="likely")))
        .order_by("-likely", "-files", "value")
    )
    shown = list(grouped[first : first + count])
    examples = _examples(rows, [(row["kind"], row["value"]) for row in shown])
    counts = {(row["kind"], row["value"]): (row["files"], row["likely"]) for row in shown}
    values = [Value(*counts[each.row.kind, each.row.value], each) for each in passages(examples)]
    return grouped.count(), values


def passages(rows: Sequence[Suggestion]) -> list[Passage]:
    """Suggestions with the words around them, as their pages have them now."""
    pages = PageText.objects.filter(
        is_current=True, item__in={row.item_id for row in rows}, number__in={r.page for r in rows}
    )
    texts = {(item, number): text for item, number, text in pages.values_list(*_PAGE)}
    return [_passage(row, texts.get((row.item_id, row.page), "")) for row in rows]


def not_looked_through(matter: Matter) -> QuerySet[Item]:
    """Items with text that nobody asked to look through."""
    rows = Item.objects.filter(matter=matter, looked_through=None)
    return rows.filter(pages__is_current=True).distinct()


def _passage(row: Suggestion, text: str) -> Passage:
    if text[row.start : row.end] != row.words:
        return Passage(row, "", "")
    before = text[max(0, row.start - _AROUND) : row.start].rpartition("\n")[2]
    after = text[row.end : row.end + _AROUND].partition("\n")[0]
    return Passage(row, before, after)


def _examples(rows: QuerySet[Suggestion], wanted: Sequence[tuple[str, str]]) -> list[Suggestion]:
    """One suggestion of each value, the surest and earliest."""
    found: dict[tuple[str, str], Suggestion] = {}
    named = rows.filter(value__in=[value for _, value in wanted]).select_related("item")
    for row in named.order_by("certainty", "made_at", "pk"):
        found.setdefault((row.kind, row.value), row)
    return [found[each] for each in wanted if each in found]
