"""The holes that a penetration test found in the closest peer (2025): each is a test here.

``FINDINGS`` names the test that holds each of them shut; those that had none yet stand below.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry, User
from amparo.base.errors import AccessDenied
from amparo.evidence.web.actions.packages import begin_export, build_download
from amparo.evidence.web.models import Export
from amparo.filing.web.actions import open_bundle
from amparo.matters.web import actions
from amparo.matters.web.models import Matter, TeamMember
from tests.evidence.web.workspaces import add_files
from tests.personas import Personas

TESTS = Path(__file__).parents[1]
TABLE = "access/test_paths.py::test_everyone_is_answered_as_the_table_says"
HERE = "access/test_day_one.py::"
FINDINGS = {
    "revision history bypassed access": TABLE,
    "texts and media reachable by id": TABLE,
    "exports held what the requester cannot see": (
        "evidence/web/test_packages.py::test_nothing_of_another_matter_leaves"
    ),
    "exports not checked again at build": HERE + "test_the_right_is_asked_again_at_the_build",
    "path traversal in a sheet": HERE + "test_a_sheet_names_no_file_of_the_computer",
    "path traversal in a package": (
        "evidence/packages/test_received.py::test_a_sealed_package_with_hostile_records_is_refused"
    ),
    "an endpoint that makes an administrator": HERE + "test_nobody_makes_an_administrator",
    "no throttle at the sign-in": (
        "accounts/web/test_session.py::test_too_many_wrong_passwords_make_even_the_right_one_wait"
    ),
    "no throttle for second factors": (
        "accounts/web/test_factors.py::test_wrong_codes_are_counted_though_the_password_is_right"
    ),
    "stored scripts by import": (
        "evidence/web/test_pages.py::test_names_from_files_are_never_markup"
    ),
    "stored scripts by what a file says": (
        "extract/web/test_pages.py::test_what_a_file_says_cannot_become_markup"
    ),
    "stored scripts by what people write": (
        "matters/web/test_pages.py::test_what_people_write_stays_text"
    ),
    "what lies inside a file leaks through it": TABLE,
    "hosts allowed by their ending": HERE + "test_a_host_is_the_very_host",
    "origins allowed by their ending": (
        "accounts/web/test_factors.py::test_another_site_cannot_use_it"
    ),
    "exports downloadable by others": TABLE,
    "administration without showing again who one is": (
        "access/test_paths.py::test_what_asks_again_who_one_is"
    ),
    "history for rows that were skipped": HERE + "test_what_did_not_change_is_not_told",
    "sign-in bound to an e-mail": (
        "accounts/web/test_outside.py::test_a_changed_address_changes_nobody"
    ),
    "media names that can be guessed": HERE + "test_names_of_objects_cannot_be_guessed",
    "masked names in lists": TABLE,
    "masked names in what is typed back": (
        "access/test_paths.py::test_what_is_typed_comes_back_as_typed"
    ),
    "editing while under review": "filing/web/test_actions.py::test_what_was_produced_is_kept",
    "pages drawn before the limit": (
        "extract/sandbox/test_hostile_files.py::test_it_is_read_or_explained"
    ),
    "formulas in tables": "base/test_sheets.py::test_what_a_spreadsheet_would_run_becomes_text",
    "setting a page fetches what it names": (
        "extract/test_rendition.py::test_a_page_keeps_nothing_that_fetches_or_runs"
    ),
    "wrong types accepted": HERE + "test_wrong_types_are_refused",
    "wrong types from a provider": "accounts/test_oidc.py::test_a_wrong_claim_is_named",
}


@pytest.mark.parametrize("finding", FINDINGS)
def test_each_finding_has_its_test(finding: str) -> None:
    path, _, name = FINDINGS[finding].partition("::")
    assert re.search(rf"^def {name}\(", (TESTS / path).read_text("utf-8"), re.MULTILINE)


def browser(user: User, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(user)
    return client


def test_the_right_is_asked_again_at_the_build(personas: Personas, matter: Matter) -> None:
    """Who was taken off the team, or must no longer know, gets nothing of what they asked for."""
    add_files(matter, personas.owner)
    for lose in (_leave, _stop_knowing):
        export = begin_export(matter, purpose="", acting_user=personas.colleague)
        lose(personas, matter)
        with pytest.raises(AccessDenied):
            build_download(export)
        assert Export.objects.get(pk=export.pk).object is None
        actions.add_member(
            matter, personas.colleague, "paralegal", acting_user=personas.owner, knows=True
        )


def _leave(personas: Personas, matter: Matter) -> None:
    place = TeamMember.objects.get(matter=matter, user=personas.colleague)
    actions.remove_member(place, acting_user=personas.owner)


def _stop_knowing(personas: Personas, matter: Matter) -> None:
    party = actions.add_party(matter, acting_user=personas.owner, name="A B", role="witness")
    actions.seal_party(party, "W", acting_user=personas.owner)


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "file:///etc/passwd"])
def test_a_sheet_names_no_file_of_the_computer(
    personas: Personas, matter: Matter, path: str
) -> None:
    bundle = open_bundle(matter, acting_user=personas.owner, title="B", profile="generic")
    sheet = SimpleUploadedFile("index.csv", f"file,title\n{path},X\n".encode())
    client = browser(personas.owner)
    answer = client.post(reverse("filing:index", args=[bundle.pk]), {"index": sheet}, follow=True)
    assert not bundle.exhibits.exists()
    assert "root:" not in answer.content.decode()


@pytest.mark.parametrize(
    "who", ["owner", "colleague", "interpreter", "client", "auditor", "stranger"]
)
def test_nobody_makes_an_administrator(personas: Personas, who: str) -> None:
    client = browser(getattr(personas, who))
    new = {"display_name": "X", "username": "x", "role": "administrator", "language": "en"}
    self = {"display_name": "X", "role": "administrator", "is_active": "on"}
    pk = getattr(personas, who).pk
    assert client.post(reverse("accounts:add-person"), new).status_code == 403
    assert client.post(reverse("accounts:person", args=[pk]), self).status_code == 403
    client.post(reverse("accounts:preferences"), {"language": "en", "theme": "dark", **self})
    assert User.objects.filter(role="administrator").count() == 1


@pytest.mark.parametrize(
    "host", ["evil-localhost", "localhost.evil.example", "evil.example", "a.localhost", "[::2]"]
)
def test_a_host_is_the_very_host(personas: Personas, host: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert Client(HTTP_HOST=host).get(reverse("accounts:sign-in")).status_code == 400
    assert Client(HTTP_HOST="localhost").get(reverse("accounts:sign-in")).status_code == 200


def test_what_did_not_change_is_not_told(personas: Personas, matter: Matter) -> None:
    other = actions.open_matter("B. v. State", acting_user=personas.owner)
    actions.change_matter(other, acting_user=personas.owner, status="closed")
    told = AuditEntry.objects.filter(action="change matter")
    before = told.count()
    data = {"matter": [str(matter.pk), str(other.pk), str(uuid4())], "status": "closed"}
    browser(personas.owner).post(reverse("matters:status"), data)
    assert [row.object_id for row in told.order_by("id")[before:]] == [str(matter.pk)]


def test_names_of_objects_cannot_be_guessed(personas: Personas, matter: Matter) -> None:
    """Who has a file does not find it among the objects: their names are keyed."""
    for item in add_files(matter, personas.owner).values():
        assert item.object_id not in item.object.object_name
        assert item.object.object_name not in (item.object.blake3, item.object_id)


@pytest.mark.parametrize(
    ("view", "data"),
    [
        ("matters:status", {"status": ["closed", "x"], "matter": "no id"}),
        ("matters:status", {"status": "1", "matter": "[]"}),
        ("evidence:tag", {"item": "{}", "tag": "x"}),
        ("matters:add-task", {"title": "T", "due": "[1]"}),
        ("matters:add-member", {"user": "true", "role": "attorney"}),
        ("matters:add-member", {"user": "1", "role": "['attorney']"}),
        ("evidence:begin", {"occurred_at": "{}"}),
    ],
)
def test_wrong_types_are_refused(
    personas: Personas, matter: Matter, view: str, data: dict[str, Any]
) -> None:
    args = [] if view == "matters:status" else [matter.pk]
    before = AuditEntry.objects.count()
    answer = browser(personas.owner).post(reverse(view, args=args), data)
    assert answer.status_code in (200, 302, 400, 422)
    assert AuditEntry.objects.count() == before
