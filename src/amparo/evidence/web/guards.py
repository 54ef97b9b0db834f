"""What stands before every view of a file, exhibit or transfer: it is there for them, they may."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.shortcuts import get_object_or_404

from amparo.accounts.web.models import User
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.exhibits import PhysicalExhibit, Transfer
from amparo.matters.access import Verb
from amparo.matters.web.access import visible_matters
from amparo.matters.web.guards import View, of_what

__all__ = ["of_exhibit", "of_item", "of_transfer"]


def of_item(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, item, …)`` of what is known of a file, not of what it says.

    Its words are for ``extract``, which has a guard of its own.
    """
    return of_what(_item_for, verb)


def of_exhibit(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, exhibit, …)``."""
    return of_what(_exhibit_for, verb)


def of_transfer(verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, transfer, …)``."""
    return of_what(_transfer_for, verb)


def _item_for(user: User, pk: UUID) -> Item:
    rows = Item.objects.filter(matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("matter", "object", "parent"), pk=pk)


def _exhibit_for(user: User, pk: UUID) -> PhysicalExhibit:
    rows = PhysicalExhibit.objects.filter(matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("matter", "entry"), pk=pk)


def _transfer_for(user: User, pk: UUID) -> Transfer:
    rows = Transfer.objects.filter(matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("matter", "entry"), pk=pk)
