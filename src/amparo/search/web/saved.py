"""Saved searches: kept, looked at again, forgotten, and what is new in each.

They are a person's own and nobody else's. What one finds is asked anew each time, within what the
person may see now, so that no count tells of a matter that they have left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.search.news import Found, News, compare, pack, unpack
from amparo.search.web.choices import chosen_in
from amparo.search.web.models import SavedSearch
from amparo.search.web.queries import everything_found
from amparo.search.web.surroundings import MatterName, around

__all__ = [
    "MOST_SAVED",
    "Line",
    "address_of",
    "forget_search",
    "lines",
    "look_at",
    "new_before",
    "save_search",
    "saved_by",
]

MOST_SAVED = 50
"""How many searches one person keeps."""

_KEPT = ("q", "matter", "kind", "lang", "year", "tag")


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


@transaction.atomic
def save_search(
    title: str, query: str, *, matter_id: UUID | None = None, acting_user: User
) -> SavedSearch:
    """Keep a search under a name of one's own; all that it finds now counts as looked at.

    A search of the same name is replaced. UsageError without a name, for a search that asks for
    nothing, and when there are ``MOST_SAVED`` already.
    """
    title, asked = " ".join(title.split())[:80], _tidy(query)
    if not title:
        raise UsageError(_("The search needs a name."))
    if not asked or len(asked) > 2000:
        raise UsageError(
            _("There is nothing to look for."), next_step=_("Search first, then save.")
        )
    others = saved_by(acting_user).exclude(title=title)
    if others.count() >= MOST_SAVED:
        raise UsageError(
            _("You have saved %(most)s searches, which is the most.") % {"most": MOST_SAVED},
            next_step=_("Forget one of them first."),
        )
    found, now = _found_by(acting_user, asked, matter_id) or Found(), timezone.now()
    marks = pack(found.marks)
    row, _made = SavedSearch.objects.update_or_create(
        user=acting_user,
        title=title,
        defaults={
            "query": asked,
            "matter_id": matter_id,
            "found": marks,
            "found_total": found.total,
            "looked_at": now,
            "earlier": marks,
            "earlier_total": found.total,
            "earlier_at": now,
        },
    )
    return row


@transaction.atomic
def look_at(row: SavedSearch, *, acting_user: User) -> None:
    """What the search finds now is known from now on; what was new is still marked on its page."""
    found = _found_by(acting_user, row.query, row.matter_id)
    if found is None:
        return
    row.earlier, row.earlier_total, row.earlier_at = row.found, row.found_total, row.looked_at
    row.found, row.found_total, row.looked_at = pack(found.marks), found.total, timezone.now()
    row.save()


@transaction.atomic
def forget_search(row: SavedSearch, *, acting_user: User) -> None:
    """Drop a saved search of one's own."""
    saved_by(acting_user).filter(pk=row.pk).delete()


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
        found = _found_by(user, row.query, row.matter_id)
        before = Found(unpack(bytes(row.found)), row.found_total)
        yield Line(
            row,
            QueryDict(row.query).get("q", ""),
            names.get(row.matter_id, "") if row.matter_id else "",
            compare(before, found) if found else None,
        )


def _found_by(user: User, query: str, matter_id: UUID | None) -> Found | None:
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


def _tidy(query: str) -> str:
    """The words and the choices of an address, and nothing else of it."""
    given = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name in _KEPT:
        kept.setlist(name, [value for each in given.getlist(name) if (value := each.strip())])
    return kept.urlencode()
