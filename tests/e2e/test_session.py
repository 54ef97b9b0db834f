"""Signing in, locking, and coming back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.workbench import PASSWORD, Workbench, holding_back
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.accounts.web.models import User


def test_sign_in_leads_to_the_page_asked_for(workbench: Workbench, personas: Personas) -> None:
    page = workbench.visit().go("/accounts/preferences/")
    page.get_by_label("User name").fill("colleague")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Preferences")).to_be_visible()


def test_a_wrong_password_says_what_to_do(workbench: Workbench) -> None:
    page = workbench.visit().go("/accounts/sign-in/")
    page.get_by_label("User name").fill("colleague")
    page.get_by_label("Password").fill("not this")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Check both")


def test_locking_asks_for_the_password_again(workbench: Workbench, personas: Personas) -> None:
    page = workbench.visit(personas.colleague).go("/matters/")
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_role("heading", name="This session is locked")).to_be_visible()
    page.goto(workbench.address + "/accounts/preferences/")
    expect(page.get_by_role("heading", name="This session is locked")).to_be_visible()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("heading", name="Preferences")).to_be_visible()


def test_the_language_menu_turns_the_page_around(
    workbench: Workbench, someone: Callable[[str], User]
) -> None:
    page = workbench.visit(someone("interpreter")).go("/matters/")
    page.locator("summary[title='Language']").click()
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("القضايا")


def test_the_theme_chosen_last_is_the_one_that_is_kept(
    workbench: Workbench, someone: Callable[[str], User]
) -> None:
    person = someone("auditor")
    page = workbench.visit(person).go("/")
    page.locator(f"summary[title='{person.display_name}']").click()
    with holding_back(page, "**/preferences/theme/") as held:
        page.get_by_role("button", name="Dark").click()
    with page.expect_request_finished(lambda request: "light" in (request.post_data or "")):
        page.get_by_role("button", name="Light").click()
        with page.expect_request_finished(lambda request: "dark" in (request.post_data or "")):
            held[0].continue_()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_the_theme_is_kept(workbench: Workbench, someone: Callable[[str], User]) -> None:
    person = someone("auditor")
    page = workbench.visit(person).go("/")
    page.locator(f"summary[title='{person.display_name}']").click()
    with page.expect_response("**/preferences/theme/"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
