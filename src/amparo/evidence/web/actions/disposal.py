"""Disposal by two people: proposed, decided by another, carried out, and told for ever.

The decision, the end of what was made from the items, and the job that destroys the bytes are
written in one transaction. The job asks again, item by item, whether anything else rests on the
same bytes, in whatever matter: only what nothing needs is destroyed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web.jobs import enqueue
from amparo.evidence.custody import disposal as rules
from amparo.evidence.ledger import moment
from amparo.evidence.store.erasure import erase
from amparo.evidence.store.safe import Safe
from amparo.evidence.web import hearers
from amparo.evidence.web.actions.ledger import record_custody, sign_checkpoint
from amparo.evidence.web.actions.stating import state
from amparo.evidence.web.models import Export, Item, StoredObject
from amparo.evidence.web.models.disposal import Disposal, DisposalDecision, Erasure
from amparo.evidence.web.models.exhibits import ExhibitEvent, PhysicalExhibit
from amparo.evidence.web.queries.holding import is_needed, objections, with_contents
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = ["TASK", "carry_out", "decide_disposal", "propose_disposal"]

TASK = "evidence.erase"


@transaction.atomic
def propose_disposal(
    matter: Matter,
    items: Sequence[Item],
    *,
    ground: str,
    reason: str,
    acting_user: User,
    reference: str = "",
    exhibits: Sequence[PhysicalExhibit] = (),
) -> Disposal:
    """Propose to destroy items, with all that was found inside them, and exhibits.

    UsageError says what stands against it.
    """
    require(acting_user, Verb.EDIT, matter)
    if not items and not exhibits:
        raise UsageError(_("Nothing is selected."), next_step=_("Select some in the list."))
    if {each.matter_id for each in items} | {each.matter_id for each in exhibits} != {matter.pk}:
        raise UsageError(_("These files belong to another matter."))
    chosen = with_contents(items)
    rules.check_proposal(ground, reason, reference, objections(matter, chosen, exhibits))
    row = Disposal(
        matter=matter,
        ground=ground,
        reason=reason.strip(),
        reference=reference.strip(),
        items=sorted(str(item.pk) for item in chosen),
        exhibits=sorted(str(each.pk) for each in exhibits),
        proposed_by=acting_user,
        recorded_at=timezone.now(),
    )
    state(row, acting_user=acting_user, matter=matter, subject=f"disposal:{row.pk}")
    return row


@transaction.atomic
def decide_disposal(
    disposal: Disposal, *, approved: bool, acting_user: User, note: str = ""
) -> DisposalDecision:
    """Approve or refuse what somebody else proposed; approved, it is carried out at once.

    Who proposed may refuse, that is, take it back. UsageError says what stands against it.
    """
    require(acting_user, Verb.MANAGE if approved else Verb.EDIT, disposal.matter)
    if DisposalDecision.objects.filter(disposal=disposal).exists():
        raise UsageError(_("This was decided already."))
    items, exhibits = _items(disposal), _exhibits(disposal)
    if approved:
        against = objections(disposal.matter, items, exhibits, but=disposal)
        if len(with_contents(items)) > len(items):
            against.append(_("More was found inside since it was proposed: propose it anew."))
        rules.check_decision(str(disposal.proposed_by_id), str(acting_user.pk), against)
    row = DisposalDecision(
        disposal=disposal,
        approved=approved,
        note=note.strip(),
        decided_by=acting_user,
        recorded_at=timezone.now(),
    )
    state(row, acting_user=acting_user, matter=disposal.matter, subject=f"disposal:{disposal.pk}")
    if approved:
        _dispose(disposal, items, exhibits, acting_user)
    return row


def carry_out(disposal: Disposal, derivatives: Sequence[str], safe: Safe) -> int:
    """Destroy the bytes that nothing needs any more; return how many objects.

    Safe to run again: what is gone is told as gone. StorageError when the store fails.
    """
    destroyed = 0
    for item in _items(disposal):
        destroyed += _erase_original(item, safe)
    for sha256 in derivatives:
        destroyed += _erase_derivative(sha256, safe)
    with transaction.atomic():
        sign_checkpoint()
    _drop_old_pages()
    return destroyed


def _dispose(
    disposal: Disposal, items: Sequence[Item], exhibits: Sequence[PhysicalExhibit], by: User
) -> None:
    """Write down that each is disposed of, let go of what was made from it, queue the rest."""
    _overwrite_what_is_deleted()
    purpose = f"{rules.grounds()[disposal.ground].label}: {disposal.reason}"[:300]
    derivatives: list[str] = []
    for item in items:
        record_custody(
            item,
            rules.DISPOSED,
            acting_user=by,
            purpose=purpose,
            hash_before=item.object_id,
        )
        derivatives += hearers.forget(item)
        item.status, item.reason, item.page_count = Item.Status.DISPOSED, "", None
        item.save(update_fields=["status", "reason", "page_count"])
    for exhibit in exhibits:
        _destroy(exhibit, purpose, by)
    derivatives += _let_go_of_packages(disposal.matter) if items else []
    audit(
        "dispose of evidence",
        acting_user=by,
        subject=disposal,
        matter_id=disposal.matter_id,
        files=len(items),
        exhibits=len(exhibits),
    )
    enqueue(
        TASK,
        matter_id=disposal.matter_id,
        user_id=by.pk,
        disposal_id=str(disposal.pk),
        derivatives=sorted(set(derivatives)),
    )


def _destroy(exhibit: PhysicalExhibit, purpose: str, by: User) -> None:
    now = timezone.now()
    row = ExhibitEvent(
        exhibit=exhibit,
        kind="destroyed",
        actor=by,
        purpose=purpose,
        occurred_at=moment(now),
        recorded_at=now,
    )
    state(row, acting_user=by, matter=exhibit.matter, subject=f"exhibit:{exhibit.pk}")


def _let_go_of_packages(matter: Matter) -> list[str]:
    """Packages hold the files once more; they can be made again without what is gone."""
    made = Export.objects.filter(matter=matter).exclude(object=None)
    held = [str(sha256) for sha256 in made.values_list("object_id", flat=True)]
    made.update(object=None)
    return held


@transaction.atomic
def _erase_original(item: Item, safe: Safe) -> int:
    """Destroy an item's object unless something needs it, and tell it of every item it was."""
    stored = StoredObject.objects.select_for_update().get(pk=item.object_id)
    if is_needed(stored):
        return 0
    untold = [each for each in _disposed_with(stored) if not _is_told(each)]
    if not untold:
        return 0
    how = erase(safe, stored.object_name)
    for each in untold:
        _tell(each, stored, how)
    return 1


def _disposed_with(stored: StoredObject) -> list[Item]:
    rows = Item.objects.filter(object=stored, status=Item.Status.DISPOSED)
    return list(rows.select_related("matter").order_by("pk"))


def _is_told(item: Item) -> bool:
    """Whether its erasure was written down since it last came in."""
    last = item.acquisitions.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    rows = Erasure.objects.filter(item=item)
    return (rows.filter(recorded_at__gte=last) if last else rows).exists()


def _tell(item: Item, stored: StoredObject, how: str) -> None:
    approved = item.matter.disposals.filter(decision__approved=True)
    mine = [each for each in approved if str(item.pk) in each.items]
    row = Erasure(
        item=item,
        disposal=mine[0],
        sha256=stored.sha256,
        object_name=stored.object_name,
        how=how,
        recorded_at=timezone.now(),
    )
    state(row, acting_user=None, matter=item.matter, subject=f"item:{item.pk}")


@transaction.atomic
def _erase_derivative(sha256: str, safe: Safe) -> int:
    """Destroy what was made from a file; nothing states such an object, so its row goes too."""
    stored = StoredObject.objects.filter(pk=sha256).first()
    if stored is None or is_needed(stored) or stored.items.exists():
        return 0
    erase(safe, stored.object_name)
    stored.delete()
    return 1


def _items(disposal: Disposal) -> list[Item]:
    rows = Item.objects.filter(pk__in=disposal.items, matter=disposal.matter_id)
    return list(rows.select_related("object", "matter", "parent").order_by("path", "pk"))


def _exhibits(disposal: Disposal) -> list[PhysicalExhibit]:
    rows = PhysicalExhibit.objects.filter(pk__in=disposal.exhibits, matter=disposal.matter_id)
    return list(rows.select_related("matter").order_by("number"))


def _drop_old_pages() -> None:
    """Empty SQLite's log of pages, which holds them as they were, when nobody reads there."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()


def _overwrite_what_is_deleted() -> None:
    """Rows that are deleted from here on are overwritten in the database's pages."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.fetchall()
