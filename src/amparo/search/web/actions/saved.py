"""The only writers of saved searches: kept, looked at again, forgotten."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.search.news import Found, pack
from amparo.search.web.models import SavedSearch
from amparo.search.web.queries.saved import found_by, saved_by

__all__ = ["MOST_SAVED", "forget_search", "look_at", "save_search"]

MOST_SAVED = 50
"""How many searches one person keeps."""

_KEPT = ("q", "matter", "kind", "lang", "year", "tag")


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
    found, now = found_by(acting_user, asked, matter_id) or Found(), timezone.now()
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
    found = found_by(acting_user, row.query, row.matter_id)
    if found is None:
        return
    row.earlier, row.earlier_total, row.earlier_at = row.found, row.found_total, row.looked_at
    row.found, row.found_total, row.looked_at = pack(found.marks), found.total, timezone.now()
    row.save()


@transaction.atomic
def forget_search(row: SavedSearch, *, acting_user: User) -> None:
    """Drop a saved search of one's own."""
    saved_by(acting_user).filter(pk=row.pk).delete()


def _tidy(query: str) -> str:
    """The words and the choices of an address, and nothing else of it."""
    given = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name in _KEPT:
        kept.setlist(name, [value for each in given.getlist(name) if (value := each.strip())])
    return kept.urlencode()
