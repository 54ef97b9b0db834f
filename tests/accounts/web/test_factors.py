"""Second factors at the sign-in, and wherever it is asked again who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.accounts import factors
from amparo.accounts.throttle import FREE_ATTEMPTS
from amparo.accounts.web import actions
from amparo.accounts.web.models import AuditEntry, Factor, SignInAttempt
from amparo.accounts.web.strongbox import seal, unseal
from amparo.base.errors import AccessDenied, VerificationError
from tests.accounts.web.conftest import PASSWORD
from tests.accounts.web.key import Key
from tests.personas import Personas, just_signed_in

if TYPE_CHECKING:
    from amparo.accounts.web.models import User

SIGN_IN, SECOND = reverse("accounts:sign-in"), reverse("accounts:second")
GIVEN = {"username": "colleague", "password": PASSWORD}
SECRET = b"a secret of 20 bytes"
HOST = {"HTTP_HOST": "localhost"}


def code(*, later: int = 0) -> str:
    """What the app shows, so many steps later than when it was set up."""
    step = int(timezone.now().timestamp()) // factors.STEP_SECONDS
    return factors.code_at(SECRET, step + later)


@pytest.fixture
def codes(colleague: User) -> tuple[str, ...]:
    """The colleague has an app; their recovery codes."""
    return actions.add_app(colleague, SECRET, code(later=-1), acting_user=colleague)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_password_alone_is_not_enough(client: Client, codes: tuple[str, ...]) -> None:
    answer = client.post(SIGN_IN, {**GIVEN, "next": "/matters/"})
    assert answer.url == f"{SECOND}?next=%2Fmatters%2F"
    assert who(client) is None
    assert client.get("/matters/").url.startswith(SIGN_IN)


def test_the_code_completes_it(client: Client, codes: tuple[str, ...]) -> None:
    client.post(SIGN_IN, GIVEN)
    assert client.post(SECOND, {"code": code(), "next": "/matters/"}).url == "/matters/"
    assert client.get("/matters/").status_code == 200


def test_a_code_serves_once(client: Client, codes: tuple[str, ...]) -> None:
    now = code()
    client.post(SIGN_IN, GIVEN)
    client.post(SECOND, {"code": now})
    other = Client()
    other.post(SIGN_IN, GIVEN)
    assert other.post(SECOND, {"code": now}).status_code == 422
    assert who(other) is None


def test_a_recovery_code_serves_once(codes: tuple[str, ...]) -> None:
    for expected in (302, 422):
        client = Client()
        client.post(SIGN_IN, GIVEN)
        assert client.post(SECOND, {"code": codes[3].lower()}).status_code == expected


def test_wrong_codes_are_counted_though_the_password_is_right(codes: tuple[str, ...]) -> None:
    """Each right password would otherwise give one more guess, without end."""
    for _ in range(FREE_ATTEMPTS):
        client = Client()
        client.post(SIGN_IN, GIVEN)
        client.post(SECOND, {"code": "000000"})
    SignInAttempt.objects.update(address="elsewhere")  # the throttle by address is another's test
    client = Client()
    client.post(SIGN_IN, GIVEN)
    answer = client.post(SECOND, {"code": code()})
    assert answer.status_code == 422
    assert b"Wait" in answer.content


def test_without_a_password_before_it_there_is_no_second(client: Client, codes: object) -> None:
    assert client.get(SECOND).url == SIGN_IN
    assert client.post(SECOND, {"code": code()}).url == SIGN_IN
    assert who(client) is None


def test_the_half_way_ends_by_itself(client: Client, codes: tuple[str, ...]) -> None:
    client.post(SIGN_IN, GIVEN)
    session = client.session
    session["half"] = {**session["half"], "at": timezone.now().timestamp() - 11 * 60}
    session.save()
    assert client.post(SECOND, {"code": code()}).url == SIGN_IN


def test_a_link_asks_for_it_too(client: Client, colleague: User, codes: object) -> None:
    token = actions.issue_sign_in_link(colleague, acting_user=colleague)
    assert client.get(reverse("accounts:link", args=[token])).url.startswith(SECOND)
    assert who(client) is None


def test_an_app_is_added_with_its_code_and_gives_recovery_codes_once(
    client: Client, colleague: User
) -> None:
    client.force_login(colleague)
    page = client.get(reverse("accounts:app"))
    assert b"<svg" in page.content
    secret = bytes.fromhex(client.session["new secret"])
    assert client.post(reverse("accounts:app"), {"code": "000000"}).status_code == 422
    step = int(timezone.now().timestamp()) // factors.STEP_SECONDS
    answer = client.post(reverse("accounts:app"), {"code": factors.code_at(secret, step)})
    assert len(answer.context["codes"]) == factors.RECOVERY_CODES
    assert colleague.factors.get().kind == "app"


def test_secrets_lie_sealed(colleague: User, codes: tuple[str, ...]) -> None:
    row = Factor.objects.get()
    assert SECRET not in bytes(row.sealed)
    assert unseal(bytes(row.sealed), "authenticator app") == SECRET
    with pytest.raises(VerificationError):
        unseal(bytes(row.sealed), "passkey")
    assert not any(code in str(colleague.recovery_codes.values()) for code in codes)


def test_with_the_last_factor_its_codes_go(
    client: Client, colleague: User, codes: tuple[str, ...]
) -> None:
    client.force_login(colleague)
    client.post(reverse("accounts:remove-factor", args=[Factor.objects.get().pk]))
    assert not colleague.recovery_codes.exists()
    assert Client().post(SIGN_IN, GIVEN).url == "/"


def test_new_codes_make_the_old_worthless(
    client: Client, colleague: User, codes: tuple[str, ...]
) -> None:
    client.force_login(colleague)
    answer = client.post(reverse("accounts:new-codes"))
    assert set(answer.context["codes"]).isdisjoint(codes)
    other = Client()
    other.post(SIGN_IN, GIVEN)
    assert other.post(SECOND, {"code": codes[0]}).status_code == 422


def test_an_administrator_forgets_it_and_the_sessions_end(
    client: Client, personas: Personas, colleague: User, codes: object
) -> None:
    theirs = Client()
    theirs.force_login(colleague)
    theirs.get("/matters/")
    client.force_login(personas.administrator)
    client.post(reverse("accounts:forget-factors", args=[colleague.pk]))
    assert not colleague.factors.exists()
    assert theirs.get("/matters/").status_code == 302
    assert AuditEntry.objects.filter(action="forget second factors").exists()


def test_nobody_else_touches_ones_factors(personas: Personas, codes: object) -> None:
    with pytest.raises(AccessDenied):
        actions.remove_factor(Factor.objects.get(), acting_user=personas.administrator)
    with pytest.raises(AccessDenied):
        actions.forget_factors(personas.colleague, acting_user=personas.owner)


def test_a_code_shows_again_who_one_is(colleague: User, codes: object) -> None:
    client = Client()
    client.force_login(colleague)
    just_signed_in(client, seconds_ago=16 * 60)
    page = reverse("accounts:app")
    assert client.get(page).url.startswith(reverse("accounts:confirm"))
    client.post(reverse("accounts:confirm"), {"code": code()})
    assert client.get(page).status_code == 200


def test_a_code_unlocks(colleague: User, codes: object) -> None:
    client = Client()
    client.force_login(colleague)
    client.post(reverse("accounts:lock"))
    assert client.post(reverse("accounts:unlock"), {"code": "1"}).status_code == 422
    assert client.post(reverse("accounts:unlock"), {"code": code()}).status_code == 302


@pytest.fixture
def key(colleague: User) -> Key:
    """A passkey of the colleague's, made as a browser makes it."""
    made, client = Key(), Client(**HOST)
    client.force_login(colleague)
    asked = client.post(reverse("accounts:ask-new-passkey")).json()
    data = {"name": "blue", "passkey": made.register(asked, "http://localhost")}
    assert client.post(reverse("accounts:new-passkey"), data).status_code == 200
    return made


def with_key(client: Client, key: Key, origin: str = "http://localhost", **how: bool) -> object:
    asked = client.post(reverse("accounts:ask-passkey")).json()
    return {"passkey": key.answer(asked, origin, **how)}


def test_a_passkey_is_a_second_factor(colleague: User, key: Key) -> None:
    client = Client(**HOST)
    client.post(SIGN_IN, GIVEN)
    assert client.post(SECOND, with_key(client, key)).status_code == 302
    assert who(client) == str(colleague.pk)


def test_a_passkey_opened_by_its_owner_is_enough(colleague: User, key: Key) -> None:
    client = Client(**HOST)
    client.post(reverse("accounts:passkey"), with_key(client, key))
    assert who(client) == str(colleague.pk)


def test_alone_it_must_have_been_opened_by_its_owner(key: Key) -> None:
    client = Client(**HOST)
    answer = client.post(reverse("accounts:passkey"), with_key(client, key, verified=False))
    assert answer.status_code == 422
    assert who(client) is None


@pytest.mark.parametrize(
    "origin",
    ["http://elsewhere.example", "https://localhost.evil.example", "http://evil.localhost"],
)
def test_another_site_cannot_use_it(key: Key, origin: str) -> None:
    client = Client(**HOST)
    client.post(SIGN_IN, GIVEN)
    assert client.post(SECOND, with_key(client, key, origin)).status_code == 422


def test_an_answer_of_another_time_is_refused(key: Key) -> None:
    client = Client(**HOST)
    client.post(SIGN_IN, GIVEN)
    old = with_key(client, key)
    with_key(client, key)
    assert client.post(SECOND, old).status_code == 422
    assert client.post(SECOND, old).status_code == 422


def test_a_copied_passkey_is_noticed(key: Key) -> None:
    client = Client(**HOST)
    client.post(reverse("accounts:passkey"), with_key(client, key))
    key.counter -= 1
    again = Client(**HOST)
    answer = again.post(reverse("accounts:passkey"), with_key(again, key))
    assert b"copied" in answer.content
    assert who(again) is None


def test_another_persons_passkey_is_no_second_factor(
    personas: Personas, key: Key, codes: object
) -> None:
    personas.owner.set_password(PASSWORD)
    personas.owner.save()
    actions.add_app(personas.owner, SECRET, code(later=-1), acting_user=personas.owner)
    client = Client(**HOST)
    client.post(SIGN_IN, {"username": "owner", "password": PASSWORD})
    assert client.post(SECOND, with_key(client, key)).status_code == 422
    assert who(client) is None


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": 1}', '{"id": "x"}', "\x00"])
def test_what_is_no_answer_is_refused(key: Key, answer: str) -> None:
    client = Client(**HOST)
    client.post(reverse("accounts:ask-passkey"))
    assert client.post(reverse("accounts:passkey"), {"passkey": answer}).status_code == 422


def test_a_number_has_no_passkeys(client: Client, colleague: User) -> None:
    page = Client(HTTP_HOST="127.0.0.1").get(SIGN_IN)
    assert b"data-passkey" not in page.content
    assert b"data-passkey" in Client(**HOST).get(SIGN_IN).content


def test_the_strongbox_notices_a_changed_byte() -> None:
    box = bytearray(seal(b"secret", "x"))
    box[-1] ^= 1
    with pytest.raises(VerificationError):
        unseal(bytes(box), "x")
