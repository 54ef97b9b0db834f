"""Give every entry that the audit has its digest, and let it only grow again."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from amparo.accounts.chain import BEGINNING, Link, digest_of
from amparo.base.web.append_only import append_only


only_grows = append_only("accounts_auditentry")


def chain(apps: Any, editor: Any) -> None:
    """Follow the entries in their order; each digest covers the one before."""
    only_grows.release(editor)  # PostgreSQL keeps the triggers where SQLite lost them
    entries = apps.get_model("accounts", "AuditEntry")
    before, waiting = BEGINNING, []
    for row in entries.objects.order_by("id").iterator():
        link = Link(
            number=row.pk,
            at=row.at,
            user=str(row.user_id or ""),
            action=row.action,
            object_kind=row.object_kind,
            object_id=row.object_id,
            matter=str(row.matter_id or ""),
            details=row.details,
            address=row.address,
        )
        row.digest = before = digest_of(link, before)
        waiting.append(row)
        if len(waiting) == 1000:
            entries.objects.bulk_update(waiting, ["digest"])
            waiting = []
    entries.objects.bulk_update(waiting, ["digest"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_factors_sessions_and_chain")]

    operations = [
        migrations.RunPython(chain, migrations.RunPython.noop),
        only_grows,
    ]
