"""What the pages of suggestions read: of one item, and of a matter value by value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from amparo.evidence.web.models import Item
from amparo.extract.web.suggested import Suggestion
from amparo.matters.web.models import Matter

__all__ = ["Value", "not_looked_through", "open_in", "open_of", "values_of"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value suggested in a matter: how many files it is in, and one suggestion to show."""

    files: int
    likely: int
    example: Suggestion

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
        .annotate(
            files=Count("item"), likely=Count("pk", filter=Q(certainty="likely")), one=Min("pk")
        )
        .order_by("-likely", "-files", "value")
    )
    shown = list(grouped[first : first + count])
    examples = Suggestion.objects.select_related("item").in_bulk([row["one"] for row in shown])
    values = [Value(row["files"], row["likely"], examples[_key(row["one"])]) for row in shown]
    return grouped.count(), values


def not_looked_through(matter: Matter) -> QuerySet[Item]:
    """Items with text that nobody asked to look through."""
    rows = Item.objects.filter(matter=matter, looked_through=None)
    return rows.filter(pages__is_current=True).distinct()


def _key(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
