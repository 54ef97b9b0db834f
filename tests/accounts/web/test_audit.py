"""The audit's page, table and own verification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from amparo.accounts.chain import digest_of
from amparo.accounts.web.actions import audit, verify_audit
from amparo.accounts.web.models import AuditEntry, link_of
from amparo.base.errors import AccessDenied
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

VERIFY = reverse("accounts:verify-audit")


def past_the_program(sql: str, *parameters: object) -> None:
    """What someone does who has the key of the database and takes its triggers away first."""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            on = " ON accounts_auditentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS accounts_auditentry_no_{verb}{on}")
        cursor.execute(sql, parameters)


def test_the_chain_of_what_was_done_holds(personas: Personas, matter: Matter) -> None:
    verdict = verify_audit(acting_user=personas.auditor)
    assert verdict.holds
    assert verdict.entries == AuditEntry.objects.count() - 1  # the verification is the next entry
    assert AuditEntry.objects.get(action="verify the audit").details["head"] == verdict.head


def test_it_goes_on_after_a_verification(personas: Personas, matter: Matter) -> None:
    for _ in range(3):
        assert verify_audit(acting_user=personas.auditor).holds


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_changes(personas: Personas, matter: Matter, verb: str) -> None:
    rows = AuditEntry.objects.filter(action="open matter")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(action="x") if verb == "update" else rows._raw_delete("default")


def test_a_change_past_the_program_is_named(
    client: Client, personas: Personas, matter: Matter
) -> None:
    row = AuditEntry.objects.get(action="open matter")
    past_the_program("UPDATE accounts_auditentry SET action = 'sign in' WHERE id = %s", row.pk)
    client.force_login(personas.auditor)
    content = client.post(VERIFY).content.decode()
    assert f"breaks at entry {row.pk}" in content


def test_an_entry_that_is_gone_is_noticed(personas: Personas, matter: Matter) -> None:
    rows = list(AuditEntry.objects.order_by("id"))
    past_the_program("DELETE FROM accounts_auditentry WHERE id = %s", rows[2].pk)
    assert verify_audit(acting_user=personas.auditor).broken == rows[3].pk


def test_details_come_back_as_they_were_digested(personas: Personas) -> None:
    """Whatever JSON does to a value, it does before the digest is made."""
    when = personas.owner.created_at
    made = audit("open matter", acting_user=None, when=when, n=1.5, list=(1, "ى"), pk=when.date())
    kept = AuditEntry.objects.get(pk=made.pk)
    assert kept.details["list"] == [1, "ى"]
    before = AuditEntry.objects.filter(pk__lt=kept.pk).order_by("-pk").first()
    assert kept.digest == digest_of(link_of(kept), before.digest if before else "0" * 64)


@pytest.mark.parametrize("who", ["owner", "colleague", "interpreter", "client", "stranger"])
def test_only_who_sees_the_audit_verifies_it(personas: Personas, who: str) -> None:
    with pytest.raises(AccessDenied):
        verify_audit(acting_user=getattr(personas, who))


def test_the_table_carries_the_digests(client: Client, personas: Personas, matter: Matter) -> None:
    client.force_login(personas.auditor)
    table = b"".join(client.get(reverse("accounts:audit-csv"))).decode("utf-8-sig")
    for row in AuditEntry.objects.exclude(action="export the audit"):
        assert row.digest in table


def test_the_page_is_narrowed(client: Client, personas: Personas, matter: Matter) -> None:
    client.force_login(personas.auditor)
    page = reverse("accounts:audit")
    assert client.get(page, {"action": "open matter"}).context["page"].paginator.count == 1
    assert client.get(page, {"person": "auditor"}).context["page"].paginator.count == 0
    assert client.get(page, {"until": "2001-01-01"}).context["page"].paginator.count == 0
