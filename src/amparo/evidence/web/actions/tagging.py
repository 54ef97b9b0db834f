"""Sorting items: tags, titles and dates. The search hears of tags by itself."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.evidence.web.actions.journal import items_in, tidy, tidy_name, write_step
from amparo.evidence.web.models import Item, SortingStep, Tag
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter
from amparo.search.web import actions as search

__all__ = ["SOURCE", "date_item", "retitle", "tag_items", "untag_items"]

SOURCE = "evidence.item"
"""What the search calls an item."""

_LONGEST_TITLE = 300


@transaction.atomic
def tag_items(
    matter: Matter,
    items: Iterable[UUID],
    name: str,
    *,
    acting_user: User,
    takes_back: SortingStep | None = None,
) -> int:
    """Give items of the matter a tag; gives how many did not have it. Other ids are passed over."""
    require(acting_user, Verb.ANNOTATE, matter)
    tag, _made = Tag.objects.get_or_create(matter=matter, name=tidy_name(name))
    rows = list(items_in(matter, items).exclude(tags=tag))
    tag.items.add(*rows)
    _tell_search(rows)
    return write_step(
        matter, SortingStep.Kind.TAG, tag.name, rows, acting_user=acting_user, takes_back=takes_back
    )


@transaction.atomic
def untag_items(
    matter: Matter,
    items: Iterable[UUID],
    name: str,
    *,
    acting_user: User,
    takes_back: SortingStep | None = None,
) -> int:
    """Take a tag off items; a tag that nothing has any more is gone. Gives how many had it."""
    require(acting_user, Verb.ANNOTATE, matter)
    name = tidy_name(name)
    rows = list(items_in(matter, items).filter(tags__name=name))
    for tag in Tag.objects.filter(matter=matter, name=name):
        tag.items.remove(*rows)
        Tag.objects.alias(count=Count("items")).filter(pk=tag.pk, count=0).delete()
    _tell_search(rows)
    return write_step(
        matter, SortingStep.Kind.UNTAG, name, rows, acting_user=acting_user, takes_back=takes_back
    )


@transaction.atomic
def retitle(item: Item, title: str, *, acting_user: User) -> None:
    """Give an item a title of the team's own; the name under which it came stays."""
    require(acting_user, Verb.EDIT, item)
    title = tidy(title)
    if len(title) > _LONGEST_TITLE:
        raise UsageError(_("The title is too long."), next_step=_("Keep it to 300 characters."))
    before, item.title = item.title, title
    item.save(update_fields=["title"])
    matter = item.matter_id
    audit(
        "retitle item",
        acting_user=acting_user,
        subject=item,
        matter_id=matter,
        before=before,
        after=title,
    )


@transaction.atomic
def date_item(item: Item, dated: str, *, acting_user: User) -> None:
    """Say of what date a document is: EDTF, so "2021-03~" stays about March; "" is not known."""
    require(acting_user, Verb.EDIT, item)
    before, item.dated = item.dated, dates.parse(dated).text if dated else ""
    item.save(update_fields=["dated"])
    audit(
        "date item",
        acting_user=acting_user,
        subject=item,
        matter_id=item.matter_id,
        before=before,
        after=item.dated,
    )


def _tell_search(rows: Iterable[Item]) -> None:
    """Let the search find them by the tags that they have now."""
    for item in rows:
        search.set_tags(SOURCE, str(item.pk), item.tags.values_list("name", flat=True))
