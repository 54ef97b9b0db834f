"""A person's saved searches: where each is shown, and what is new in it.

They are a person's own and nobody else's. What one finds is asked anew each time, within what the
person may see now, so that no count tells of a matter that they have left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from amparo.accounts.web.models import User
from amparo.search.news import Found, News, compare, unpack
from amparo.search.web.choices import chosen_in
from amparo.search.web.models import SavedSearch
from amparo.search.web.queries.finding import everything_found
from amparo.search.web.surroundings import MatterName, around

__all__ = ["Line", "address_of", "found_by", "lines", "new_before", "saved_by"]


@dataclass(frozen=True, slots=True)
class Line:
    """A saved search as lists show it; ``news`` is None where its matter is not there any more."""

    search: SavedSearch
    words: str
    matter: str
    news: News | None

    @property
    def is_gone(self) -> bool:
        """Whether the person may no longer see the matter that it stays within."""
        return self.news is None


def saved_by(user: User) -> QuerySet[SavedSearch]:
    """The searches that ``user`` saved."""
    return SavedSearch.objects.filter(user=user)


def address_of(row: SavedSearch) -> str:
    """Where its results are shown, with what is new marked."""
    place = (
        reverse("search:matter", args=[row.matter_id])
        if row.matter_id
        else reverse("search:search")
    )
    return f"{place}?{row.query}&saved={row.pk}"


def new_before(row: SavedSearch) -> frozenset[bytes] | None:
    """The marks of what was there before; None when there was too much to remember."""
    if row.earlier_total and not row.earlier:
        return None
    return unpack(bytes(row.earlier))


def lines(user: User) -> Iterator[Line]:
    """The searches of ``user`` with what is new in each."""
    names = {matter.id: matter.title for matter in around().matters(user)}
    for row in saved_by(user):
        found = found_by(user, row.query, row.matter_id)
        before = Found(unpack(bytes(row.found)), row.found_total)
        yield Line(
            row,
            QueryDict(row.query).get("q", ""),
            names.get(row.matter_id, "") if row.matter_id else "",
            compare(before, found) if found else None,
        )


def found_by(user: User, query: str, matter_id: UUID | None) -> Found | None:
    """What ``user`` finds with it now; None when they may not see its matter."""
    matters = [each for each in around().matters(user) if matter_id in (None, each.id)]
    if matter_id and not matters:
        return None
    asked = QueryDict(query)
    return everything_found(
        asked.get("q", ""),
        matter_ids=[matter.id for matter in matters],
        names={matter.id: _names(matter) for matter in matters},
        chosen=chosen_in(asked),
        knowing={matter.id for matter in matters if matter.knows},
    )


def _names(matter: MatterName) -> tuple[str, str]:
    return matter.number, matter.title
