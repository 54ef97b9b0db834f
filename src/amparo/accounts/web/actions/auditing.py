"""The audit: one row for each thing that someone did, and who may do what to the workspace."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from amparo.accounts.chain import BEGINNING, Verdict, digest_of, follow
from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.models import AuditEntry, User, link_of
from amparo.base.errors import AccessDenied

__all__ = ["audit", "require_workspace", "verify_audit"]

AUDIT_LOCK = 0x4175646974  # "Audit"


@transaction.atomic
def audit(
    action: str,
    *,
    acting_user: User | None,
    subject: object = None,
    matter_id: UUID | None = None,
    address: str = "",
    **details: Any,
) -> AuditEntry:
    """Write down that ``acting_user`` did ``action`` to ``subject``, chained to what came before.

    One writer at a time: SQLite's IMMEDIATE transactions see to it, on PostgreSQL a lock does.
    """
    _wait_for_other_writers()
    last = AuditEntry.objects.order_by("-id").values_list("digest", flat=True).first()
    entry = AuditEntry(
        at=timezone.now(),
        user=acting_user,
        action=action,
        object_kind=type(subject).__name__.lower() if subject is not None else "",
        object_id=str(getattr(subject, "pk", "") or ""),
        matter_id=matter_id,
        details=json.loads(json.dumps(details, cls=DjangoJSONEncoder)),
        address=address,
    )
    entry.digest = digest_of(link_of(entry), last or BEGINNING)
    entry.save(force_insert=True)
    return entry


def verify_audit(*, acting_user: User) -> Verdict:
    """Follow the whole chain and write down, as its next entry, what was found."""
    require_workspace(acting_user, WorkspaceVerb.SEE_AUDIT)
    rows = AuditEntry.objects.order_by("id").iterator(chunk_size=2000)
    verdict = follow(link_of(row) for row in rows)
    told: dict[str, Any] = {"entries": verdict.entries, "head": verdict.head}
    if not verdict.holds:
        told["broken"] = verdict.broken
    audit("verify the audit", acting_user=acting_user, **told)
    return verdict


def require_workspace(user: User, verb: WorkspaceVerb) -> None:
    """Raise ``AccessDenied`` unless ``user`` may do ``verb`` to the workspace."""
    if not (user.is_active and allowed(user.role, verb)):
        raise AccessDenied(
            f"Your role does not allow you to {verb}.", next_step="Ask an administrator."
        )


def _wait_for_other_writers() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
