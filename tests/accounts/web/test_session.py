"""Signing in and out, locking, unlocking, and what wrong passwords cost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.accounts.throttle import FREE_ATTEMPTS
from amparo.accounts.web.actions import issue_sign_in_link
from amparo.accounts.web.models import AuditEntry, SignInAttempt
from tests.accounts.web.conftest import PASSWORD
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.accounts.web.models import User

SIGN_IN = reverse("accounts:sign-in")


def sign_in(client: Client, username: str, password: str, **more: str) -> object:
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_the_right_password_opens_the_page_asked_for(client: Client, colleague: User) -> None:
    answer = client.post(
        SIGN_IN, {"username": "colleague", "password": PASSWORD, "next": "/matters/"}
    )
    assert answer.url == "/matters/"
    assert client.get("/matters/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1"]
)
def test_nobody_is_sent_elsewhere(client: Client, colleague: User, target: str) -> None:
    answer = client.post(SIGN_IN, {"username": "colleague", "password": PASSWORD, "next": target})
    assert answer.url == "/"


@pytest.mark.parametrize("name", ["colleague", "nobody"])
def test_a_refusal_does_not_tell_who_exists(client: Client, colleague: User, name: str) -> None:
    answer = client.post(SIGN_IN, {"username": name, "password": "wrong"})
    assert answer.status_code == 422
    assert b"do not go together" in answer.content


def test_a_name_that_nobody_has_is_not_stored(client: Client, colleague: User) -> None:
    client.post(SIGN_IN, {"username": "my secret passphrase", "password": "x"})
    assert not SignInAttempt.objects.filter(username__contains="secret").exists()
    assert "secret" not in str(AuditEntry.objects.values_list("details", "object_id"))


def test_too_many_wrong_passwords_make_even_the_right_one_wait(
    client: Client, colleague: User
) -> None:
    for _ in range(FREE_ATTEMPTS):
        client.post(SIGN_IN, {"username": "colleague", "password": "wrong"})
    answer = client.post(SIGN_IN, {"username": "colleague", "password": PASSWORD})
    assert answer.status_code == 422
    assert b"Wait" in answer.content


def test_many_names_from_one_place_wait_too(client: Client, colleague: User) -> None:
    for number in range(FREE_ATTEMPTS):
        client.post(SIGN_IN, {"username": f"guess{number}", "password": "wrong"})
    assert client.post(SIGN_IN, {"username": "colleague", "password": PASSWORD}).status_code == 422


def test_the_wait_ends(client: Client, colleague: User) -> None:
    for _ in range(FREE_ATTEMPTS):
        client.post(SIGN_IN, {"username": "colleague", "password": "wrong"})
    SignInAttempt.objects.update(at=timezone.now() - timedelta(hours=2))
    assert client.post(SIGN_IN, {"username": "colleague", "password": PASSWORD}).status_code == 302


def test_someone_who_may_not_sign_in_does_not(client: Client, colleague: User) -> None:
    type(colleague).objects.update(is_active=False)
    assert client.post(SIGN_IN, {"username": "colleague", "password": PASSWORD}).status_code == 422


def test_a_locked_session_shows_nothing_until_the_password(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    assert client.post(reverse("accounts:lock"), {"next": "/matters/"}).status_code == 302
    assert client.get("/matters/").url.startswith(reverse("accounts:unlock"))
    wrong = client.post(reverse("accounts:unlock"), {"password": "wrong"})
    assert wrong.status_code == 422
    assert client.get("/matters/").status_code == 302
    right = client.post(reverse("accounts:unlock"), {"password": PASSWORD, "next": "/matters/"})
    assert right.url == "/matters/"
    assert client.get("/matters/").status_code == 200


def test_an_idle_session_locks(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    client.get("/matters/")
    session = client.session
    session["seen"] = timezone.now().timestamp() - 31 * 60
    session.save()
    assert client.get("/matters/").url.startswith(reverse("accounts:unlock"))


def test_htmx_is_told_to_leave_a_locked_page(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    client.post(reverse("accounts:lock"))
    answer = client.get("/matters/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith(reverse("accounts:unlock"))


def test_without_a_password_locking_asks_for_one_first(client: Client, personas: Personas) -> None:
    personas.owner.set_unusable_password()
    personas.owner.save()
    client.force_login(personas.owner)
    assert client.post(reverse("accounts:lock")).url == reverse("accounts:password")


def test_a_link_signs_in_once(client: Client, personas: Personas) -> None:
    token = issue_sign_in_link(personas.owner, acting_user=personas.owner)
    assert client.get(reverse("accounts:link", args=[token])).status_code == 302
    assert client.get("/matters/").status_code == 200
    assert Client().get(reverse("accounts:link", args=[token])).status_code == 410


def test_signing_out_ends_the_session(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    client.post(reverse("accounts:sign-out"))
    assert client.get("/matters/").url.startswith(SIGN_IN)


def test_each_step_is_in_the_audit(client: Client, colleague: User) -> None:
    client.post(SIGN_IN, {"username": "colleague", "password": "wrong"})
    client.post(SIGN_IN, {"username": "colleague", "password": PASSWORD})
    client.post(reverse("accounts:lock"))
    client.post(reverse("accounts:unlock"), {"password": PASSWORD})
    client.post(reverse("accounts:sign-out"))
    told = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert told == ["sign in refused", "sign in", "lock", "unlock", "sign out"]


def test_the_browser_stores_nothing_of_a_signed_in_person(client: Client, colleague: User) -> None:
    client.force_login(colleague)
    assert client.get("/matters/").headers["Cache-Control"] == "no-store, private"
