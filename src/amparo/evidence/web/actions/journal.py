"""The journal of sorting: what was put on or taken off many items, line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item, SortingStep
from amparo.matters.web.models import Matter

__all__ = ["items_in", "tidy", "tidy_name", "write_step"]

LONGEST_NAME = 80
_DEEDS = {
    SortingStep.Kind.TAG: "tag items",
    SortingStep.Kind.UNTAG: "untag items",
    SortingStep.Kind.COLLECT: "collect items",
    SortingStep.Kind.UNCOLLECT: "take items out of a collection",
}
_LABELS = {
    SortingStep.Kind.TAG: "tag",
    SortingStep.Kind.UNTAG: "tag",
    SortingStep.Kind.COLLECT: "collection",
    SortingStep.Kind.UNCOLLECT: "collection",
}


def items_in(matter: Matter, items: Iterable[UUID]) -> QuerySet[Item]:
    """Those of the items that are the matter's."""
    return Item.objects.filter(matter=matter, pk__in=list(items))


def write_step(
    matter: Matter,
    kind: SortingStep.Kind,
    name: str,
    changed: Sequence[Item],
    *,
    acting_user: User,
    takes_back: SortingStep | None = None,
) -> int:
    """Write down what changed, in the journal and in the audit; gives how many items did.

    Nothing is written when nothing changed, unless it takes another line back.
    """
    if not changed and takes_back is None:
        return 0
    ids = [str(item.pk) for item in changed]
    SortingStep.objects.create(
        matter=matter,
        kind=kind,
        name=name,
        items=ids,
        by=acting_user,
        at=timezone.now(),
        takes_back=takes_back,
    )
    told: dict[str, Any] = {_LABELS[kind]: name, "items": ids}
    audit(_DEEDS[kind], acting_user=acting_user, matter_id=matter.pk, **told)
    return len(ids)


def tidy(text: str) -> str:
    """The text in one form, with single spaces."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def tidy_name(name: str) -> str:
    """A tag's or a collection's name; UsageError when there is none or it is too long."""
    name = tidy(name)
    if not name:
        raise UsageError(_("It has no name."), next_step=_("Write a word or two."))
    if len(name) > LONGEST_NAME:
        raise UsageError(_("The name is too long."), next_step=_("Keep it to 80 characters."))
    return name
