"""The only writers about physical exhibits: places, receptions, events, transfers, receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.evidence.custody import exhibits as words
from amparo.evidence.ledger import moment
from amparo.evidence.web.actions.stating import state
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.exhibits import (
    Acknowledgement,
    ExhibitEvent,
    PhysicalExhibit,
    StoragePlace,
    Transfer,
)
from amparo.evidence.web.queries.standing import standing_of
from amparo.matters.access import Verb
from amparo.matters.web.access import can, require
from amparo.matters.web.models import Matter

__all__ = [
    "acknowledge",
    "close_place",
    "hand_over",
    "make_place",
    "note_exhibit",
    "receive_exhibit",
]


@transaction.atomic
def make_place(
    name: str,
    kind: str,
    *,
    acting_user: User,
    inside: StoragePlace | None = None,
    remarks: str = "",
) -> StoragePlace:
    """Name a place where exhibits can lie. UsageError for a name that is taken there."""
    require_workspace(acting_user, WorkspaceVerb.OPEN_MATTER)
    if kind not in words.vocabulary().places or not name.strip():
        raise UsageError(_("A place needs its name and kind."))
    if StoragePlace.objects.filter(inside=inside, name=name.strip()).exists():
        raise UsageError(_("There is a place of this name already."))
    made = StoragePlace.objects.create(
        name=name.strip(),
        kind=kind,
        inside=inside,
        remarks=remarks.strip(),
        made_at=timezone.now(),
    )
    audit("add storage place", acting_user=acting_user, subject=made, name=made.full_name)
    return made


@transaction.atomic
def close_place(place: StoragePlace, *, acting_user: User) -> None:
    """Let a place be chosen no more; what was written of it stays."""
    require_workspace(acting_user, WorkspaceVerb.OPEN_MATTER)
    place.is_closed = True
    place.save(update_fields=["is_closed"])
    audit("close storage place", acting_user=acting_user, subject=place, name=place.full_name)


@transaction.atomic
def receive_exhibit(
    matter: Matter,
    *,
    kind: str,
    title: str,
    acting_user: User,
    description: str = "",
    identifiers: str = "",
    owner: str = "",
    from_whom: str = "",
    occurred_at: str = "",
    found_at: str = "",
    condition: str = "",
    seal: str = "",
    storage: StoragePlace | None = None,
    photographs: Sequence[Item] = (),
) -> PhysicalExhibit:
    """Take a thing into custody: it gets the matter's next number, and its first events.

    ``occurred_at`` is EDTF; ``photographs`` are items of the matter.
    """
    require(acting_user, Verb.ADD, matter)
    if kind not in words.vocabulary().kinds or not title.strip():
        raise UsageError(_("An exhibit needs what it is and its kind."))
    now = timezone.now()
    row = PhysicalExhibit(
        matter=matter,
        number=_next(matter, PhysicalExhibit),
        kind=kind,
        title=title.strip(),
        description=description.strip(),
        identifiers=identifiers.strip(),
        owner=owner.strip(),
        from_whom=from_whom.strip(),
        received_by=acting_user,
        occurred_at=occurred_at,
        found_at=found_at.strip(),
        recorded_at=now,
        is_reconstruction=_is_late(occurred_at),
    )
    subject = f"exhibit:{row.pk}"
    state(row, acting_user=acting_user, matter=matter, subject=subject, occurred_at=occurred_at)
    note = partial(_note, row, acting_user=acting_user, occurred_at=occurred_at)
    note(words.Event("received"), storage=storage)
    if condition or photographs:
        what = words.Event("condition", condition=condition or _("see the photographs"))
        note(what, items=photographs)
    if seal:
        note(words.Event("sealed", seal=seal))
    return row


@transaction.atomic
def note_exhibit(
    exhibit: PhysicalExhibit,
    event: words.Event,
    *,
    acting_user: User,
    by_whom: str = "",
    storage: StoragePlace | None = None,
    items: Sequence[Item] = (),
) -> ExhibitEvent:
    """Write down what was done with an exhibit. ``event.occurred_at`` is EDTF or empty.

    UsageError when it says too little, or cannot be done with the exhibit as it stands.
    """
    require(acting_user, Verb.EDIT, exhibit)
    kind = words.vocabulary().events.get(event.kind)
    if kind and kind.by != "person":
        raise UsageError(_("This is written down by another step."))
    return _note(
        exhibit,
        event,
        acting_user=acting_user,
        by_whom=by_whom,
        storage=storage,
        items=items,
        occurred_at=event.occurred_at,
    )


@transaction.atomic
def hand_over(
    matter: Matter,
    exhibits: Sequence[PhysicalExhibit],
    *,
    to_name: str,
    purpose: str,
    acting_user: User,
    to_capacity: str = "",
    to_organisation: str = "",
    to_user: User | None = None,
    returns: bool = False,
    occurred_at: str = "",
    place: str = "",
) -> Transfer:
    """Hand exhibits to somebody; it waits for an acknowledgement from then on."""
    require(acting_user, Verb.EDIT, matter)
    if not exhibits or {each.matter_id for each in exhibits} != {matter.pk}:
        raise UsageError(_("No exhibit is selected."), next_step=_("Select some in the list."))
    if to_user and not can(to_user, Verb.VIEW, matter):
        raise UsageError(_("This person is not on the matter's team."))
    now = timezone.now()
    row = Transfer(
        matter=matter,
        number=_next(matter, Transfer),
        exhibits=sorted(str(each.pk) for each in exhibits),
        to_name=to_name.strip() or (str(to_user) if to_user else ""),
        to_capacity=to_capacity.strip(),
        to_organisation=to_organisation.strip(),
        to_user=to_user,
        purpose=purpose.strip(),
        returns=returns,
        handed_by=acting_user,
        occurred_at=occurred_at or moment(now),
        place=place.strip(),
        recorded_at=now,
        is_reconstruction=_is_late(occurred_at),
    )
    subject = f"transfer:{row.pk}"
    state(row, acting_user=acting_user, matter=matter, subject=subject, occurred_at=row.occurred_at)
    holder = ", ".join(part for part in (row.to_name, row.to_organisation) if part)
    for each in exhibits:
        event = words.Event("transferred", purpose=row.purpose, holder=holder)
        _note(each, event, acting_user=acting_user, occurred_at=occurred_at, transfer=row)
    return row


@transaction.atomic
def acknowledge(
    transfer: Transfer,
    *,
    acting_user: User,
    seals: str,
    by_name: str = "",
    remarks: str = "",
    receipt: Item | None = None,
    occurred_at: str = "",
) -> Acknowledgement:
    """Write down that the receiver confirmed: the receiver in person, or a member for them.

    Who is not the receiver names who confirmed and gives the signed receipt, kept as a file of the
    matter.
    """
    in_person = transfer.to_user_id == acting_user.pk
    require(acting_user, Verb.VIEW if in_person else Verb.EDIT, transfer)
    if Acknowledgement.objects.filter(transfer=transfer).exists():
        raise UsageError(_("This receipt is acknowledged already."))
    if not in_person and (receipt is None or receipt.matter_id != transfer.matter_id):
        raise UsageError(
            _("Only the receiver can acknowledge without paper."),
            next_step=_("Add the signed receipt to the matter's files and choose it here."),
        )
    if seals not in Acknowledgement.Seals.values:
        raise UsageError(_("Say whether the seals were whole."))
    now = timezone.now()
    row = Acknowledgement(
        transfer=transfer,
        by_name=by_name.strip() or (str(acting_user) if in_person else transfer.to_name),
        by_user=acting_user if in_person else None,
        recorded_by=acting_user,
        seals=seals,
        remarks=remarks.strip(),
        receipt=receipt,
        occurred_at=occurred_at or moment(now),
        recorded_at=now,
    )
    matter = transfer.matter
    subject = f"transfer:{transfer.pk}"
    state(row, acting_user=acting_user, matter=matter, subject=subject, occurred_at=row.occurred_at)
    for exhibit in PhysicalExhibit.objects.filter(pk__in=transfer.exhibits).order_by("number"):
        _note(
            exhibit,
            words.Event("acknowledged", holder=row.by_name, purpose=row.remarks[:300]),
            acting_user=acting_user,
            by_whom=row.by_name,
            occurred_at=occurred_at,
            transfer=transfer,
        )
    return row


def _note(
    exhibit: PhysicalExhibit,
    event: words.Event,
    *,
    acting_user: User,
    occurred_at: str = "",
    by_whom: str = "",
    storage: StoragePlace | None = None,
    items: Sequence[Item] = (),
    transfer: Transfer | None = None,
) -> ExhibitEvent:
    """Check an event against how the exhibit stands, and save it with its entry."""
    if any(item.matter_id != exhibit.matter_id for item in items):
        raise UsageError(_("These files belong to another matter."))
    now = timezone.now()
    ids = tuple(sorted(str(item.pk) for item in items))
    place = storage.full_name if storage else event.place
    event = replace(event, items=ids, place=place, occurred_at=occurred_at)
    words.check(event, standing_of(exhibit))
    row = ExhibitEvent(
        exhibit=exhibit,
        kind=event.kind,
        actor=acting_user,
        by_whom=by_whom.strip(),
        purpose=event.purpose.strip(),
        seal=event.seal.strip(),
        storage=storage,
        place=place,
        holder=event.holder.strip(),
        condition=event.condition.strip(),
        items=list(ids),
        transfer=transfer,
        occurred_at=occurred_at or moment(now),
        recorded_at=now,
        is_reconstruction=_is_late(occurred_at),
    )
    state(
        row,
        acting_user=acting_user,
        matter=exhibit.matter,
        subject=f"exhibit:{exhibit.pk}",
        occurred_at=row.occurred_at,
    )
    return row


def _next(matter: Matter, model: type[PhysicalExhibit] | type[Transfer]) -> int:
    """The matter's next number, given to one at a time."""
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    last = model._base_manager.filter(matter=matter).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _is_late(occurred_at: str) -> bool:
    """Whether what is said to have happened then is written down on a later day."""
    if not occurred_at:
        return False
    latest = dates.parse(occurred_at).latest
    return latest is not None and latest < timezone.now().date()
