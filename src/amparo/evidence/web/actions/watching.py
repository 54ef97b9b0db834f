"""The watch: every object is read whole again in its turn, and what differs raises an alarm.

An alarm is an entry of the ledger and stays until a person says what was done about it; the same
damage raises one alarm, not one a night.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.digests import Digests
from amparo.base.errors import UsageError, VerificationError
from amparo.evidence.store.fixity import check_object
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions.stating import state
from amparo.evidence.web.models import StoredObject
from amparo.evidence.web.models.watch import Alarm, AlarmAnswer, ObjectCheck, Watch
from amparo.evidence.web.queries.disposed import erased_objects

__all__ = ["answer_alarm", "due_objects", "note_checked", "rehash", "set_watch", "the_watch"]

OnProgress = Callable[[int, int], None]
LONGEST_DAYS = 3650


def the_watch() -> Watch:
    """How often objects are read again."""
    return Watch.objects.first() or Watch()


@transaction.atomic
def set_watch(every_days: int, *, is_on: bool, acting_user: User) -> Watch:
    """Decide how often."""
    require_workspace(acting_user, WorkspaceVerb.VERIFY)
    if not 1 <= every_days <= LONGEST_DAYS:
        raise UsageError(_("Give a number of days."))
    row, _made = Watch.objects.update_or_create(
        pk=1, defaults={"every_days": every_days, "is_on": is_on}
    )
    audit("set the watch", acting_user=acting_user, every_days=every_days, is_on=is_on)
    return row


def due_objects(now: datetime) -> QuerySet[StoredObject]:
    """The objects that were not read whole since the watch's number of days, oldest first."""
    since = now - timedelta(days=the_watch().every_days)
    never = Q(check_of=None, sealed_at__lt=since)
    rows = StoredObject.objects.filter(never | Q(check_of__checked_at__lt=since))
    return rows.order_by(F("check_of__checked_at").asc(nulls_first=True), "sha256")


def rehash(safe: Safe, *, now: datetime, on_progress: OnProgress = lambda _d, _t: None) -> int:
    """Read what is due and raise alarms; return how many new ones.

    Not inside a transaction: each object's outcome is written as it is known, so that a run that
    was cut off goes on where it stopped.
    """
    due = list(due_objects(now).values_list("pk", flat=True))
    gone = erased_objects()
    alarms = 0
    for number, pk in enumerate(due, 1):
        alarms += pk not in gone and _check(StoredObject.objects.filter(pk=pk).first(), safe)
        on_progress(number, len(due))
    return alarms


def note_checked(rows: Sequence[StoredObject]) -> None:
    """Write down that these were read whole now and are what was sealed."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {ObjectCheck._meta.db_table} (object_id, checked_at) VALUES (%s, %s)"  # noqa: S608 the model's own name
            " ON CONFLICT (object_id) DO UPDATE SET checked_at = excluded.checked_at",
            [(row.pk, now) for row in rows],
        )


@transaction.atomic
def answer_alarm(alarm: Alarm, said: str, *, acting_user: User) -> AlarmAnswer:
    """End an alarm with what was done about it."""
    require_workspace(acting_user, WorkspaceVerb.VERIFY)
    if not said.strip():
        raise UsageError(_("Say what was done about it."))
    if AlarmAnswer.objects.filter(alarm=alarm).exists():
        raise UsageError(_("This alarm was answered already."))
    row = AlarmAnswer(alarm=alarm, said=said.strip(), by=acting_user, recorded_at=timezone.now())
    state(row, acting_user=acting_user, matter=None, subject=f"alarm:{alarm.pk}")
    return row


def _check(row: StoredObject | None, safe: Safe) -> bool:
    """Read one object; True when it raised a new alarm."""
    if row is None:
        return False
    expected = Digests(row.sha256, row.blake3, row.size)
    try:
        check_object(safe, safe.name_of(row.sha256), expected)
    except VerificationError as error:
        return _raise_alarm(row, error)
    note_checked([row])
    return False


@transaction.atomic
def _raise_alarm(row: StoredObject, error: VerificationError) -> bool:
    if Alarm.objects.filter(sha256=row.sha256, answer=None).exists():
        return False
    alarm = Alarm(
        sha256=row.sha256,
        what=error.what,
        got=str(error.got),
        expected=str(error.expected),
        recorded_at=timezone.now(),
    )
    state(alarm, acting_user=None, matter=None, subject=f"alarm:{alarm.pk}")
    audit("raise an alarm", acting_user=None, subject=alarm, what=error.what)
    return True
