"""What the team calls a file and of what day it is: shown, audited, and found by the search."""

from __future__ import annotations

from django.db import transaction

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.evidence.web.actions.tagging import date_item, retitle
from amparo.evidence.web.models import Item
from amparo.extract.web.actions.indexing import index

__all__ = ["describe"]


@transaction.atomic
def describe(item: Item, *, title: str, dated: str, acting_user: User) -> None:
    """Give an item a title and a date as people type them; empty words take them away.

    UnclearDate, a UsageError, when the date cannot be understood or in two ways.
    """
    edtf = dates.from_person(dated).text if dated.strip() else ""
    if title.strip() != item.title:
        retitle(item, title, acting_user=acting_user)
    if edtf != item.dated:
        date_item(item, edtf, acting_user=acting_user)
    index(item)
