"""Suggestions: looked for when a person asks, and tags only when a person accepts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import AmparoError
from amparo.base.pinpoints import QuoteSelector
from amparo.evidence.web.actions.tagging import tag_items
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.selection import where
from amparo.extract.suggestions.asking import Met, suggest
from amparo.extract.web.actions.pinpoints import pin
from amparo.extract.web.models.suggested import LookedThrough, Suggestion
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = ["accept", "look_through", "reject"]

_LONGEST_TAG = 80


def look_through(item: Item, *, room: Sandbox, acting_user: User) -> int:
    """Look for suggestions in an item's text; gives how many are open.

    What was decided stays decided. UnreadableFile when the text could not be looked through.
    """
    require(acting_user, Verb.ANNOTATE, item)
    pages = list(
        item.pages.filter(is_current=True).order_by("number").values_list("number", "text")
    )
    found = suggest(room, pages) if pages else ()
    with transaction.atomic():
        count = _keep(item, found, dict(pages))
        LookedThrough.objects.update_or_create(item=item, defaults={"at": timezone.now()})
        audit(
            "look for suggestions",
            acting_user=acting_user,
            subject=item,
            matter_id=item.matter_id,
            count=count,
        )
    return count


@transaction.atomic
def accept(suggestions: Iterable[Suggestion], *, acting_user: User) -> int:
    """Make suggestions tags of their items, each with a pinpoint of its passage where it stands.

    Files that get the same tag get it in one line of the journal.
    """
    rows = [each for each in suggestions if each.state != Suggestion.State.ACCEPTED]
    tagged: dict[tuple[Matter, str], list[UUID]] = defaultdict(list)
    for row in rows:
        require(acting_user, Verb.ANNOTATE, row.item)
        tagged[row.item.matter, row.value[:_LONGEST_TAG]].append(row.item.pk)
        _pin(row, acting_user)
        _decide(row, Suggestion.State.ACCEPTED, acting_user)
    for (matter, name), items in tagged.items():
        tag_items(matter, items, name, acting_user=acting_user)
    return len(rows)


@transaction.atomic
def reject(suggestions: Iterable[Suggestion], *, acting_user: User) -> int:
    """Reject suggestions: they are not made again for these items."""
    rows = [each for each in suggestions if each.state == Suggestion.State.OPEN]
    for row in rows:
        require(acting_user, Verb.ANNOTATE, row.item)
        _decide(row, Suggestion.State.REJECTED, acting_user)
    return len(rows)


def _keep(item: Item, found: Iterable[Met], texts: dict[int, str]) -> int:
    """Take the place of open suggestions; gives how many are open now."""
    item.suggestions.filter(state=Suggestion.State.OPEN).delete()
    decided = set(item.suggestions.values_list("kind", "value"))
    now = timezone.now()
    rows = [
        Suggestion(
            item=item,
            kind=met.suggestion.kind,
            value=met.suggestion.value,
            words=texts[met.page][met.suggestion.start : met.suggestion.end],
            page=met.page,
            start=met.suggestion.start,
            end=met.suggestion.end,
            count=met.count,
            certainty=met.suggestion.certainty,
            why=met.suggestion.why,
            tool=met.suggestion.tool,
            tool_version=met.suggestion.tool_version,
            made_at=now,
        )
        for met in found
        if (met.suggestion.kind, met.suggestion.value) not in decided
    ]
    return len(Suggestion.objects.bulk_create(rows, ignore_conflicts=True))


def _pin(row: Suggestion, acting_user: User) -> None:
    """Pin the passage where it still stands; the tag does not wait for that."""
    page = row.item.pages.filter(is_current=True, number=row.page).first()
    if page is None:
        return
    start, end = row.start, row.end
    if page.text[start:end] != row.words:
        found = where(page.value, QuoteSelector(row.words))
        if found is None:
            return
        start, end = found
    try:
        pin(page, start=start, end=end, note=f"{row.kind}: {row.value}", acting_user=acting_user)
    except AmparoError:
        return


def _decide(row: Suggestion, state: Suggestion.State, acting_user: User) -> None:
    row.state, row.decided_by, row.decided_at = state, acting_user, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    audit(
        "accept suggestion" if state == Suggestion.State.ACCEPTED else "reject suggestion",
        acting_user=acting_user,
        subject=row,
        matter_id=row.item.matter_id,
        kind=row.kind,
        value=row.value,
        tool=f"{row.tool} {row.tool_version}",
    )
