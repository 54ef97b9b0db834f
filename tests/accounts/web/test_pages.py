"""Who sees which page about people, and what they may change there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry, SavedView, User
from tests.accounts.web.conftest import PASSWORD
from tests.personas import Personas, just_signed_in

if TYPE_CHECKING:
    from django.http import HttpResponse

EVERYONE = ["owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger"]
ALLOWED = {
    "preferences": EVERYONE,
    "password": EVERYONE,
    "people": ["administrator"],
    "add-person": ["administrator"],
    "people-csv": ["administrator"],
    "audit": ["administrator", "auditor"],
    "audit-csv": ["administrator", "auditor"],
}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("page", ALLOWED)
def test_pages_open_only_for_who_may(
    client: Client, personas: Personas, page: str, who: str
) -> None:
    client.force_login(getattr(personas, who))
    status = client.get(reverse(f"accounts:{page}")).status_code
    assert status == (200 if who in ALLOWED[page] else 403)


@pytest.mark.parametrize("page", [*ALLOWED, "confirm", "unlock"])
def test_without_signing_in_there_is_only_the_sign_in(client: Client, db: None, page: str) -> None:
    answer = client.get(reverse(f"accounts:{page}"))
    assert answer.url.startswith(reverse("accounts:sign-in"))


@pytest.mark.parametrize("who", [name for name in EVERYONE if name != "administrator"])
def test_only_administrators_change_people(client: Client, personas: Personas, who: str) -> None:
    client.force_login(getattr(personas, who))
    subject = personas.colleague.pk
    data = {"display_name": "X", "role": "administrator", "is_active": "on"}
    assert client.post(reverse("accounts:person", args=[subject]), data).status_code == 403
    assert client.post(reverse("accounts:person-link", args=[subject])).status_code == 403
    assert User.objects.get(pk=subject).role == "paralegal"


def test_changing_people_asks_again_who_one_is(personas: Personas) -> None:
    personas.administrator.set_password(PASSWORD)
    personas.administrator.save()
    client = Client()
    client.force_login(personas.administrator)
    just_signed_in(client, seconds_ago=16 * 60)
    page = reverse("accounts:person", args=[personas.colleague.pk])
    assert client.get(page).url.startswith(reverse("accounts:confirm"))
    typed = {"display_name": "X", "role": "client"}
    asked = client.post(page, typed)
    assert asked.status_code == 403
    assert b'name="display_name" value="X"' in asked.content
    assert client.post(page, {**typed, "proof-password": "wrong"}).status_code == 422
    assert User.objects.get(pk=personas.colleague.pk).role == "paralegal"
    assert client.post(page, {**typed, "proof-password": PASSWORD}).status_code == 302
    assert User.objects.get(pk=personas.colleague.pk).role == "client"


def test_a_person_is_added_and_gets_a_link(client: Client, personas: Personas) -> None:
    client.force_login(personas.administrator)
    data = {
        "display_name": "Ilya Marchenko",
        "username": "ilya",
        "role": "investigator",
        "language": "uk",
    }
    client.post(reverse("accounts:add-person"), data)
    ilya = User.objects.get(username="ilya")
    assert not ilya.has_usable_password()
    answer = client.post(reverse("accounts:person-link", args=[ilya.pk]))
    assert b"/accounts/link/" in answer.content


def test_one_administrator_always_stays(client: Client, personas: Personas) -> None:
    client.force_login(personas.administrator)
    page = reverse("accounts:person", args=[personas.administrator.pk])
    answer = client.post(page, {"display_name": "A", "role": "attorney", "is_active": "on"})
    assert b"Nobody else could manage" in answer.content
    assert User.objects.get(pk=personas.administrator.pk).role == "administrator"


def test_a_person_who_may_no_longer_sign_in_is_out_at_once(personas: Personas) -> None:
    theirs, admins = Client(), Client()
    admins.force_login(personas.administrator)
    theirs.force_login(personas.colleague)
    page = reverse("accounts:person", args=[personas.colleague.pk])
    admins.post(page, {"display_name": "Colleague", "role": "paralegal"})
    assert theirs.get("/matters/").status_code == 302


def test_a_new_password_needs_the_old_one(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    page = reverse("accounts:password")
    new = "quite another four words"
    assert client.post(page, {"old": "wrong", "new": new, "again": new}).status_code == 200
    assert User.objects.get(pk=colleague.pk).check_password(PASSWORD)
    assert client.post(page, {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert User.objects.get(pk=colleague.pk).check_password(new)
    assert client.get("/matters/").status_code == 200


def test_a_weak_password_is_refused_with_the_reason(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    data = {"old": PASSWORD, "new": "short", "again": "short"}
    assert b"at least 12 characters" in client.post(reverse("accounts:password"), data).content


def test_preferences_are_kept_and_the_language_follows(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    answer: HttpResponse = client.post(
        reverse("accounts:preferences"), {"language": "fr", "theme": "dark"}
    )
    assert answer.cookies["amparo_language"].value == "fr"
    kept = User.objects.get(pk=colleague.pk)
    assert (kept.language, kept.theme, kept.single_keys) == ("fr", "dark", False)


@pytest.mark.parametrize(
    ("page", "data"), [("language", {"language": "xx"}), ("theme", {"theme": "pink"})]
)
def test_a_choice_that_does_not_exist_is_refused(
    client: Client, colleague: User, page: str, data: dict[str, str]
) -> None:
    client.force_login(colleague)
    assert client.post(reverse(f"accounts:{page}"), data).status_code == 400


def test_the_audit_hides_what_concerns_a_matter(
    client: Client, personas: Personas, matter: object
) -> None:
    client.force_login(personas.administrator)
    content = client.get(reverse("accounts:audit")).content.decode()
    assert "open matter" in content
    assert "in a matter" in content
    assert "interpreter" not in content.split("<tbody>")[1]


def test_names_with_markup_stay_text(client: Client, personas: Personas) -> None:
    User.objects.filter(pk=personas.colleague.pk).update(display_name="<script>alert(1)</script>")
    client.force_login(personas.administrator)
    assert b"<script>alert" not in client.get(reverse("accounts:people")).content


def test_the_audit_of_people_names_what_changed(client: Client, personas: Personas) -> None:
    client.force_login(personas.administrator)
    page = reverse("accounts:person", args=[personas.colleague.pk])
    client.post(page, {"display_name": "C", "role": "attorney", "is_active": "on"})
    entry = AuditEntry.objects.get(action="change person")
    assert entry.details["before"]["role"] == "paralegal"
    assert entry.details["after"]["role"] == "attorney"


def test_the_table_of_the_audit_hides_what_concerns_a_matter(
    client: Client, personas: Personas, matter: object
) -> None:
    client.force_login(personas.auditor)
    table = b"".join(client.get(reverse("accounts:audit-csv"))).decode("utf-8-sig")
    assert "add member,in a matter," in table
    assert "interpreter" not in table


def test_a_view_is_saved_replaced_and_forgotten(
    client: Client, colleague: User, matter: object
) -> None:
    client.force_login(colleague)
    for query in ("status=open", "status=closed"):
        data = {"title": "Mine", "place": "/matters/", "query": query}
        assert client.post(reverse("accounts:save-view"), data).url == f"/matters/?{query}"
    view = SavedView.objects.get()
    assert view.query == "status=closed"
    assert b"Mine" in client.get("/matters/").content
    assert client.post(reverse("accounts:forget-view", args=[view.pk])).url == "/matters/"
    assert not SavedView.objects.exists()


def test_nobody_sees_or_forgets_the_views_of_others(
    client: Client, personas: Personas, colleague: User, matter: object
) -> None:
    view = SavedView.objects.create(user=colleague, place="/matters/", title="Mine", query="q=x")
    client.force_login(personas.owner)
    assert b"Mine" not in client.get("/matters/").content
    assert client.post(reverse("accounts:forget-view", args=[view.pk])).status_code == 404


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example", "/a?b"])
def test_a_view_leads_nowhere_else(client: Client, colleague: User, place: str) -> None:
    client.force_login(colleague)
    data = {"title": "T", "place": place, "query": "q=x"}
    assert client.post(reverse("accounts:save-view"), data).status_code == 400
