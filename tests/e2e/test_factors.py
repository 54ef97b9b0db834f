"""A passkey of a real browser, an app's code, and the key that locks."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from amparo.accounts import factors
from amparo.accounts.web.models import Session, User
from amparo.accounts.web.sessions import SessionStore
from tests.e2e.workbench import PASSWORD, Visit, Workbench
from tests.personas import Personas

if TYPE_CHECKING:
    import pytest

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def somebody(name: str) -> User:
    made = User(username=name, display_name=name.title(), role="paralegal")
    made.set_password(PASSWORD)
    made.save()
    return made


def with_authenticator(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A window that calls the server by name, with an authenticator built in."""
    port = urlsplit(workbench.address).port
    monkeypatch.setattr(workbench, "address", f"http://localhost:{port}")
    visit = workbench.visit()
    devtools = visit.page.context.new_cdp_session(visit.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return visit


def sign_in(visit: Visit, name: str) -> None:
    page = visit.go("/accounts/sign-in/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_made_and_signs_in(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody("keeper")
    visit = with_authenticator(workbench, monkeypatch)
    page = visit.page
    sign_in(visit, "keeper")
    visit.go("/accounts/signing-in/")
    page.get_by_text("Add a passkey").click()
    page.get_by_label("Name").fill("blue key")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(factors.RECOVERY_CODES)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("blue key", exact=True)).to_be_visible()
    page.wait_for_load_state()  # the keys
    page.keyboard.press("F2")
    expect(page.get_by_role("heading", name="This session is locked")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="How you sign in")).to_be_visible()
    page.context.clear_cookies()
    sign_in(visit, "keeper")
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{visit.address}/")
    page.context.clear_cookies()
    visit.go("/accounts/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{visit.address}/")


def test_an_app_is_set_up_by_the_letters_beside_the_picture(workbench: Workbench) -> None:
    visit = workbench.visit(somebody("apper"))
    page = visit.go("/accounts/signing-in/app/")
    spelled = page.locator("p.mono").inner_text().replace(" ", "")
    secret = base64.b32decode(spelled + "=" * (-len(spelled) % 8))
    step = int(time.time()) // factors.STEP_SECONDS + 1  # taken for a minute at least
    page.get_by_label("The code that the app shows now").fill(factors.code_at(secret, step))
    page.get_by_role("button", name="Ask for its codes").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert visit.axe() == ""


def test_f2_locks_while_one_is_typing(workbench: Workbench, personas: Personas) -> None:
    visit = workbench.visit(personas.colleague)
    page = visit.go("/matters/")
    page.locator("[data-search]").fill("a name")
    page.keyboard.press("F2")
    expect(page.get_by_role("heading", name="This session is locked")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="This session is locked")).to_be_visible()
    assert visit.axe() == ""


def test_what_was_typed_is_sent_again_with_the_proof(
    workbench: Workbench, personas: Personas
) -> None:
    admin = somebody("chief")
    User.objects.filter(pk=admin.pk).update(role="administrator")
    visit = workbench.visit()
    page = visit.page
    sign_in(visit, "chief")
    visit.go("/accounts/people/add/")
    for row in Session.objects.filter(user=admin):
        store = SessionStore(row.session_key)
        store["confirmed"] = 0
        store.save()
    page.get_by_label("Name", exact=True).fill("Ilya Marchenko")
    page.get_by_label("User name").fill("ilya-late")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Ilya Marchenko is added.")).to_be_visible()
