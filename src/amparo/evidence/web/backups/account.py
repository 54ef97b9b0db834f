"""The account of backups: each made, tried or restored is an entry; and when one is too old."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.canonical import Json
from amparo.base.errors import UsageError
from amparo.evidence.web.actions import record
from amparo.evidence.web.models import BackupEntry, BackupWatch

__all__ = ["LONGEST_DAYS", "note", "set_alarm"]

LONGEST_DAYS = 365


def note(
    kind: BackupEntry.Kind, said: Mapping[str, Json], *, acting_user: User | None
) -> BackupEntry:
    """Append the entry; ``said`` names its ``snapshot``. Needs a transaction around it."""
    entry = record(
        kind.value,
        acting_user=acting_user,
        subject=f"backup:{said['snapshot']}",
        details={"backup": dict(said)},
    )
    return BackupEntry.objects.create(entry=entry, kind=kind)


@transaction.atomic
def set_alarm(days: int, *, acting_user: User) -> BackupWatch:
    """Decide after how many days without a backup there is an alarm. AccessDenied, UsageError."""
    require_workspace(acting_user, WorkspaceVerb.BACK_UP)
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(_("Give a number of days from 1 to %(most)s.") % {"most": LONGEST_DAYS})
    row, _made = BackupWatch.objects.update_or_create(pk=1, defaults={"alarm_days": days})
    audit("set the alarm of backups", acting_user=acting_user, alarm_days=days)
    return row
