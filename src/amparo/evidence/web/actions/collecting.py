"""Collections: items gathered for a purpose; and what was sorted is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.evidence.web.actions.journal import items_in, tidy, tidy_name, write_step
from amparo.evidence.web.actions.tagging import tag_items, untag_items
from amparo.evidence.web.models import Collection, SortingStep
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = ["collect", "describe_collection", "remove_collection", "take_back", "uncollect"]

_LONGEST_PURPOSE = 300
Kind = SortingStep.Kind


@transaction.atomic
def collect(
    matter: Matter,
    items: Iterable[UUID],
    name: str,
    *,
    acting_user: User,
    takes_back: SortingStep | None = None,
) -> int:
    """Put items into the collection of this name, made if needed; gives how many came in."""
    require(acting_user, Verb.ANNOTATE, matter)
    collection = _collection(matter, tidy_name(name), acting_user)
    rows = list(items_in(matter, items).exclude(collections=collection))
    collection.items.add(*rows)
    return write_step(
        matter,
        Kind.COLLECT,
        collection.name,
        rows,
        acting_user=acting_user,
        takes_back=takes_back,
    )


@transaction.atomic
def uncollect(
    matter: Matter,
    items: Iterable[UUID],
    name: str,
    *,
    acting_user: User,
    takes_back: SortingStep | None = None,
) -> int:
    """Take items out of a collection, which stays; gives how many were in it."""
    require(acting_user, Verb.ANNOTATE, matter)
    name = tidy_name(name)
    rows = list(items_in(matter, items).filter(collections__name=name))
    for collection in Collection.objects.filter(matter=matter, name=name):
        collection.items.remove(*rows)
    return write_step(
        matter, Kind.UNCOLLECT, name, rows, acting_user=acting_user, takes_back=takes_back
    )


@transaction.atomic
def describe_collection(
    collection: Collection, *, name: str, purpose: str, acting_user: User
) -> None:
    """Name a collection anew and say what it is for."""
    require(acting_user, Verb.ANNOTATE, collection.matter)
    before = collection.name
    collection.name, collection.purpose = tidy_name(name), tidy(purpose)[:_LONGEST_PURPOSE]
    try:
        with transaction.atomic():
            collection.save(update_fields=["name", "purpose"])
    except IntegrityError as error:
        raise UsageError(_("There is a collection of this name already.")) from error
    told = {"before": before, "after": collection.name}
    audit(
        "change collection",
        acting_user=acting_user,
        subject=collection,
        matter_id=collection.matter_id,
        **told,
    )


@transaction.atomic
def remove_collection(collection: Collection, *, acting_user: User) -> None:
    """Remove a collection that holds nothing."""
    require(acting_user, Verb.ANNOTATE, collection.matter)
    if collection.items.exists():
        raise UsageError(
            _("The collection is not empty."), next_step=_("Take its files out of it first.")
        )
    audit(
        "remove collection",
        acting_user=acting_user,
        matter_id=collection.matter_id,
        name=collection.name,
    )
    collection.delete()


@transaction.atomic
def take_back(step: SortingStep, *, acting_user: User) -> int:
    """Take one line of the journal back; gives on how many items that changed anything.

    Only the items that it changed are touched, and of them only those that still are as it left
    them. UsageError when it was taken back already.
    """
    require(acting_user, Verb.ANNOTATE, step.matter)
    if SortingStep.objects.filter(takes_back=step).exists():
        raise UsageError(_("This was taken back already."))
    undo = _OPPOSITE[Kind(step.kind)]
    ids = [UUID(each) for each in step.items]
    return undo(step.matter, ids, step.name, acting_user=acting_user, takes_back=step)


_OPPOSITE: Mapping[Kind, Callable[..., int]] = {
    Kind.TAG: untag_items,
    Kind.UNTAG: tag_items,
    Kind.COLLECT: uncollect,
    Kind.UNCOLLECT: collect,
}


def _collection(matter: Matter, name: str, acting_user: User) -> Collection:
    made = {"made_by": acting_user, "made_at": timezone.now()}
    row, _is_new = Collection.objects.get_or_create(matter=matter, name=name, defaults=made)
    return row
