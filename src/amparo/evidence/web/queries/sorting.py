"""What is read about sorting: collections, and the journal with what can be taken back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.evidence.web.models import Collection, Item, SortingStep
from amparo.matters.web.models import Matter

__all__ = ["collections_of", "journal_of", "last_step"]

_FRESH = timedelta(hours=1)


def collections_of(matter: Matter) -> QuerySet[Collection]:
    """The matter's collections, each with how many files are in it (``count``)."""
    return matter.collections.annotate(count=Count("items")).select_related("made_by")


def journal_of(matter: Matter) -> QuerySet[SortingStep]:
    """The matter's journal, newest first; ``is_taken_back`` says of each line whether it was."""
    back = SortingStep.objects.filter(takes_back=OuterRef("pk"))
    rows = SortingStep.objects.filter(matter=matter).annotate(is_taken_back=Exists(back))
    return rows.select_related("by", "takes_back")


def last_step(matter: Matter, user: User) -> SortingStep | None:
    """What ``user`` did last in the matter within the hour, unless it was taken back."""
    found = journal_of(matter).filter(by=user, at__gt=timezone.now() - _FRESH).first()
    if found is None or found.takes_back_id or found.is_taken_back:  # type: ignore[attr-defined]
        return None
    return found


def collected_in(item: Item) -> QuerySet[Collection]:
    """The collections that an item is in."""
    return item.collections.order_by("name")
