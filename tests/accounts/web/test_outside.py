"""Signing in with a provider that really runs: by its subject, whatever else it says."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.actions.outside import add_provider, remove_provider
from amparo.accounts.web.models import AuditEntry, OutsideIdentity, Provider
from amparo.base.errors import AccessDenied, CallFailed, UsageError
from amparo.base.web import calling_out
from amparo.base.web.models import OutgoingCall
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.accounts.web.models import User

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
HOST = {"HTTP_HOST": "localhost"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider, run by a library of its own in a thread."""
    mock = pytest.importorskip("oidc_provider_mock")
    with mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(personas: Personas, issuer: str) -> Provider:
    return add_provider("Office", issuer, "amparo", "s3cret", acting_user=personas.administrator)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def call(address: str, body: bytes, method: str, kind: str) -> str:
    """Where the provider sends one after ``body``."""
    request = urllib.request.Request(address, body, {"Content-Type": kind}, method=method)
    try:
        return str(urllib.request.build_opener(_Stay).open(request).headers.get("Location", ""))
    except urllib.error.HTTPError as redirect:
        if redirect.code not in (302, 303):
            raise
        return str(redirect.headers["Location"])


def says(issuer: str, subject: str, **claims: str) -> None:
    """Let the provider say this of ``subject`` from now on."""
    body = json.dumps(claims).encode()
    call(f"{issuer}/users/{subject}", body, "PUT", "application/json")


def there_and_back(client: Client, address: str, subject: str) -> Any:
    """Leave by our page, show the provider who one is, and come back."""
    page = client.post(address, **HOST)
    assert page.status_code == 200
    out = page.context["address"]
    body = urlencode({"sub": subject}).encode()
    home = call(out, body, "POST", "application/x-www-form-urlencoded")
    return client.get(home.removeprefix("http://localhost"), **HOST)


def connected(personas: Personas, provider: Provider, subject: str = "0042") -> User:
    client = Client()
    client.force_login(personas.colleague)
    there_and_back(client, reverse("accounts:connect", args=[provider.pk]), subject)
    return personas.colleague


def signed_in(client: Client, provider: Provider, subject: str) -> Any:
    return there_and_back(client, reverse("accounts:elsewhere", args=[provider.pk]), subject)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_one_connects_and_signs_in(personas: Personas, provider: Provider, issuer: str) -> None:
    says(issuer, "0042", email="rosa@office.example")
    user = connected(personas, provider)
    assert OutsideIdentity.objects.get().shown_as == "rosa@office.example"
    client = Client()
    assert signed_in(client, provider, "0042").status_code == 302
    assert who(client) == str(user.pk)


def test_a_changed_address_changes_nobody(
    personas: Personas, provider: Provider, issuer: str
) -> None:
    """The provider gives Rosa's address to someone else: neither gets the other's account."""
    says(issuer, "0042", email="rosa@office.example")
    user = connected(personas, provider)
    says(issuer, "0042", email="new@office.example")
    says(issuer, "0666", email="rosa@office.example")
    thief, rosa = Client(), Client()
    answer = signed_in(thief, provider, "0666")
    assert answer.status_code == 403
    assert who(thief) is None
    signed_in(rosa, provider, "0042")
    assert who(rosa) == str(user.pk)


def test_an_address_alone_opens_nothing(
    personas: Personas, provider: Provider, issuer: str
) -> None:
    says(issuer, "colleague", email="colleague", preferred_username="colleague")
    client = Client()
    assert signed_in(client, provider, "colleague").status_code == 403
    assert who(client) is None
    assert AuditEntry.objects.filter(action="sign in elsewhere refused").exists()


def test_one_subject_is_one_person(personas: Personas, provider: Provider) -> None:
    connected(personas, provider)
    client = Client()
    client.force_login(personas.owner)
    answer = there_and_back(client, reverse("accounts:connect", args=[provider.pk]), "0042")
    assert answer.status_code == 403
    assert not personas.owner.outside_identities.exists()


def test_someone_who_may_not_sign_in_does_not(personas: Personas, provider: Provider) -> None:
    user = connected(personas, provider)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    client = Client()
    assert signed_in(client, provider, "0042").status_code == 403


def test_an_answer_serves_once_and_only_where_it_was_asked(
    personas: Personas, provider: Provider
) -> None:
    connected(personas, provider)
    client = Client()
    page = client.post(reverse("accounts:elsewhere", args=[provider.pk]), **HOST)
    body = urlencode({"sub": "0042"}).encode()
    home = call(page.context["address"], body, "POST", "application/x-www-form-urlencoded")
    path = home.removeprefix("http://localhost")
    assert Client().get(path, **HOST).status_code == 403
    wrong = path.replace(parse_qs(urlsplit(path).query)["state"][0], "x")
    assert client.get(wrong, **HOST).status_code == 403
    assert client.get(path, **HOST).status_code == 403
    assert who(client) is None


def test_each_call_is_written_down(personas: Personas, provider: Provider) -> None:
    connected(personas, provider)
    whats = list(OutgoingCall.objects.order_by("pk").values_list("what", flat=True))
    assert whats == ["discovery", "sign-in", "keys of the provider"]


def test_switched_off_it_is_not_offered(
    client: Client, personas: Personas, provider: Provider
) -> None:
    sign_in = reverse("accounts:sign-in")
    assert b"Sign in with Office" in client.get(sign_in).content
    calling_out.switch(
        "sign in elsewhere", is_on=False, addresses=[], changed_by=personas.administrator.pk
    )
    assert b"Sign in with Office" not in client.get(sign_in).content
    assert client.post(reverse("accounts:elsewhere", args=[provider.pk])).status_code == 404


def test_a_provider_that_does_not_answer_is_not_added(personas: Personas) -> None:
    with pytest.raises(CallFailed):
        add_provider("X", "http://localhost:9", "a", "", acting_user=personas.administrator)
    assert not Provider.objects.exists()
    assert not calling_out.is_on("sign in elsewhere")


def test_only_administrators_add_providers(personas: Personas, issuer: str) -> None:
    with pytest.raises(AccessDenied):
        add_provider("X", issuer, "a", "", acting_user=personas.owner)


def test_a_provider_is_added_once_and_removed(personas: Personas, provider: Provider) -> None:
    admin = personas.administrator
    with pytest.raises(UsageError):
        add_provider("Again", provider.issuer, "a", "", acting_user=admin)
    remove_provider(provider, acting_user=admin)
    assert not calling_out.is_on("sign in elsewhere")


def test_the_second_factor_is_asked_for_after_the_provider_too(
    personas: Personas, provider: Provider
) -> None:
    from django.utils import timezone

    from amparo.accounts import factors
    from amparo.accounts.web.actions import add_app

    user = connected(personas, provider)
    secret = factors.new_secret()
    now = int(timezone.now().timestamp()) // factors.STEP_SECONDS
    add_app(user, secret, factors.code_at(secret, now), acting_user=user)
    client = Client()
    answer = signed_in(client, provider, "0042")
    assert answer.url.startswith(reverse("accounts:second"))
    assert who(client) is None
