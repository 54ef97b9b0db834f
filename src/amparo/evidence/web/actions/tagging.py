"""Sorting items: tags, titles and dates. The search hears of tags by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item, Tag
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter
from amparo.search.web import actions as search

__all__ = ["SOURCE", "date_item", "retitle", "tag_items", "untag_items"]

SOURCE = "evidence.item"
"""What the search calls an item."""

_LONGEST_TAG = 80
_LONGEST_TITLE = 300


@transaction.atomic
def tag_items(matter: Matter, items: Iterable[UUID], name: str, *, acting_user: User) -> int:
    """Give items of the matter a tag; gives how many did not have it. Other ids are passed over."""
    require(acting_user, Verb.ANNOTATE, matter)
    tag, _made = Tag.objects.get_or_create(matter=matter, name=_tidy_tag(name))
    rows = list(_items(matter, items).exclude(tags=tag))
    tag.items.add(*rows)
    return _told(matter, rows, "tag items", tag.name, acting_user)


@transaction.atomic
def untag_items(matter: Matter, items: Iterable[UUID], name: str, *, acting_user: User) -> int:
    """Take a tag off items; a tag that nothing has any more is gone. Gives how many had it."""
    require(acting_user, Verb.ANNOTATE, matter)
    tag = Tag.objects.filter(matter=matter, name=_tidy_tag(name)).first()
    if tag is None:
        return 0
    rows = list(_items(matter, items).filter(tags=tag))
    tag.items.remove(*rows)
    Tag.objects.alias(count=Count("items")).filter(pk=tag.pk, count=0).delete()
    return _told(matter, rows, "untag items", tag.name, acting_user)


@transaction.atomic
def retitle(item: Item, title: str, *, acting_user: User) -> None:
    """Give an item a title of the team's own; the name under which it came stays."""
    require(acting_user, Verb.EDIT, item)
    title = _tidy(title)
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


def _items(matter: Matter, items: Iterable[UUID]) -> QuerySet[Item]:
    return Item.objects.filter(matter=matter, pk__in=list(items))


def _told(matter: Matter, rows: list[Item], action: str, name: str, acting_user: User) -> int:
    """Tell the audit and the search of items whose tags changed."""
    if not rows:
        return 0
    for item in rows:
        search.set_tags(SOURCE, str(item.pk), item.tags.values_list("name", flat=True))
    audit(
        action,
        acting_user=acting_user,
        matter_id=matter.pk,
        tag=name,
        items=[str(item.pk) for item in rows],
    )
    return len(rows)


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _tidy_tag(name: str) -> str:
    tidy = _tidy(name)
    if not tidy:
        raise UsageError(_("The tag has no name."), next_step=_("Write a word or two."))
    if len(tidy) > _LONGEST_TAG:
        raise UsageError(_("The tag is too long."), next_step=_("Keep it to 80 characters."))
    return tidy
