"""Making a bundle ready: what is in it, in which order, and what each exhibit is said to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.filing.bundle.profiles import load
from amparo.filing.web.models import Bundle, Exhibit
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = [
    "ExhibitWords",
    "add_items",
    "change_bundle",
    "open_bundle",
    "remove_bundle",
    "remove_exhibits",
    "set_exhibits",
]


@dataclass(frozen=True, slots=True)
class ExhibitWords:
    """What people say of an exhibit: its mark, what it is, and its date (EDTF or words)."""

    tab: str
    description: str
    date: str


@transaction.atomic
def open_bundle(
    matter: Matter,
    *,
    acting_user: User,
    title: str,
    profile: str,
    language: str = "",
    fields: Mapping[str, str] | None = None,
    certificates: Sequence[str] = (),
) -> Bundle:
    """Begin a bundle of the matter. UsageError for a profile or language that there is none of."""
    require(acting_user, Verb.PRODUCE, matter)
    load(profile, language)
    now = timezone.now()
    made = Bundle.objects.create(
        matter=matter,
        title=title,
        profile=profile,
        language=language,
        fields={"party": matter.title, "number": matter.reference, **(fields or {})},
        certificates=list(certificates),
        made_by=acting_user,
        made_at=now,
        changed_at=now,
    )
    audit("begin a bundle", acting_user=acting_user, subject=made, matter_id=matter.pk)
    return made


@transaction.atomic
def change_bundle(
    bundle: Bundle,
    *,
    acting_user: User,
    title: str,
    profile: str,
    language: str,
    fields: Mapping[str, str],
    certificates: Sequence[str],
) -> None:
    """Say anew what a bundle is called, for whom it is, and what stands on its cover."""
    require(acting_user, Verb.PRODUCE, bundle)
    load(profile, language)
    bundle.title, bundle.profile, bundle.language = title, profile, language
    bundle.fields, bundle.certificates = dict(fields), list(certificates)
    bundle.changed_at = timezone.now()
    bundle.save()
    _told("change a bundle", bundle, acting_user)


@transaction.atomic
def add_items(bundle: Bundle, items: Iterable[Item], *, acting_user: User) -> list[Exhibit]:
    """Put items of the same matter at the end of a bundle, described as they are known."""
    require(acting_user, Verb.PRODUCE, bundle)
    last = bundle.exhibits.order_by("-position").values_list("position", flat=True).first() or 0
    made = []
    for position, item in enumerate(items, start=last + 1):
        if item.matter_id != bundle.matter_id:
            raise UsageError("A bundle holds items of its own matter only.")
        if item.status == Item.Status.DISPOSED:
            raise UsageError("This file was disposed of; there is nothing left to read or copy.")
        made.append(
            Exhibit(
                bundle=bundle,
                item=item,
                position=position,
                description=item.title or _readable(item.name),
                date=item.dated,
            )
        )
    Exhibit.objects.bulk_create(made)
    _changed(bundle)
    _told("put exhibits into a bundle", bundle, acting_user)
    return made


@transaction.atomic
def set_exhibits(bundle: Bundle, said: Mapping[UUID, ExhibitWords], *, acting_user: User) -> None:
    """Say anew what the exhibits are, in the order given; those not named keep their place after.

    UsageError, naming the exhibit, for a date that is not clear, an empty description and a tab
    that is used twice.
    """
    require(acting_user, Verb.PRODUCE, bundle)
    rows = {row.pk: row for row in bundle.exhibits.all()}
    order = [pk for pk in said if pk in rows]
    order += [pk for pk in rows if pk not in said]
    used: set[str] = set()
    for position, pk in enumerate(order, start=1):
        row = rows[pk]
        row.position = position
        if pk in said:
            _say(row, said[pk])
        if row.tab and row.tab.casefold() in used:
            raise UsageError(
                f"The tab {row.tab} is used twice.", next_step="Give each exhibit its own."
            )
        used.add(row.tab.casefold())
    Exhibit.objects.bulk_update(rows.values(), ["position", "tab", "description", "date"])
    _changed(bundle)
    _told("describe exhibits", bundle, acting_user)


@transaction.atomic
def remove_exhibits(bundle: Bundle, exhibits: Iterable[UUID], *, acting_user: User) -> int:
    """Take exhibits out of a bundle; the items stay in the matter. Gives how many."""
    require(acting_user, Verb.PRODUCE, bundle)
    count, _ = bundle.exhibits.filter(pk__in=list(exhibits)).delete()
    _changed(bundle)
    _told("take exhibits out of a bundle", bundle, acting_user)
    return count


@transaction.atomic
def remove_bundle(bundle: Bundle, *, acting_user: User) -> None:
    """Remove a bundle of which nothing was released; what was released is kept."""
    require(acting_user, Verb.PRODUCE, bundle)
    if bundle.productions.exists():
        raise UsageError("Something was produced of this bundle, so it is kept.")
    _told("remove a bundle", bundle, acting_user)
    bundle.delete()


def _say(row: Exhibit, said: ExhibitWords) -> None:
    row.tab = " ".join(said.tab.split())[:12]
    row.description = " ".join(said.description.split())[:2000]
    if not row.description:
        raise UsageError(
            f"The exhibit “{row.item.name}” has no description.", next_step="Say what it is."
        )
    row.date = dates.from_person(said.date).text if said.date.strip() else ""


def _changed(bundle: Bundle) -> None:
    bundle.changed_at = timezone.now()
    bundle.save(update_fields=["changed_at"])


def _told(action: str, bundle: Bundle, acting_user: User) -> None:
    audit(action, acting_user=acting_user, subject=bundle, matter_id=bundle.matter_id)


def _readable(name: str) -> str:
    """A file's name as a first description: without its ending, with spaces."""
    stem, dot, ending = name.rpartition(".")
    words = stem if dot and len(ending) <= 5 else name
    return " ".join(words.replace("_", " ").split()) or name
