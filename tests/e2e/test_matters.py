"""A matter, from opening to its last task, and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, holding_back, settled
from tests.personas import Personas

if TYPE_CHECKING:
    from playwright.sync_api import Request

    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter


def test_a_matter_is_opened_and_filled(workbench: Workbench, personas: Personas) -> None:
    page = workbench.visit(personas.owner).go("/matters/open/")
    page.get_by_label("Title").fill("Haddad v. Minister")
    page.get_by_label("Type").select_option("asylum")
    page.get_by_role("button", name="Open the matter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Haddad v. Minister")
    page.get_by_role("link", name="Add a party").click()
    page.get_by_label("Name", exact=True).fill("Amal Haddad")
    page.get_by_label("Name in the original script").fill("أمل حداد")
    page.get_by_label("Role").select_option("client")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#parties")).to_contain_text("أمل حداد")


def test_a_second_click_opens_no_second_matter(workbench: Workbench, personas: Personas) -> None:
    from amparo.matters.web.models import Matter

    page = workbench.visit(personas.owner).go("/matters/open/")
    page.get_by_label("Title").fill("Once v. Minister")
    sent: list[Request] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request))
    page.get_by_role("button", name="Open the matter").focus()
    with holding_back(page, "**/matters/open/") as held:
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    with page.expect_navigation():
        held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Once v. Minister")
    assert len(sent) == Matter.objects.filter(title="Once v. Minister").count() == 1


def test_tasks_change_in_place(workbench: Workbench, personas: Personas, matter: Matter) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{matter.pk}/")
    page.get_by_text("Add a task").click()
    page.get_by_label("What", exact=True).fill("Certify the translation")
    page.locator("#tasks").get_by_role("button", name="Add").click()
    tick = page.get_by_role("button", name="Done: Certify the translation")
    expect(tick).to_have_attribute("aria-pressed", "false")
    settled(page)
    tick.click()
    expect(tick).to_have_attribute("aria-pressed", "true")


def test_everything_works_without_scripts(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    page = workbench.visit(personas.owner, scripts=False).go(f"/matters/{matter.pk}/")
    page.get_by_text("Write a note").click()
    page.get_by_label("A new note").fill("The road forks north of the village.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#notes")).to_contain_text("The road forks")


def test_the_keyboard_walks_the_list(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    page = workbench.visit(personas.owner).go("/matters/")
    page.keyboard.press("j")
    first = page.locator("[data-row]").first
    expect(first.locator(".row-link")).to_be_focused()
    page.keyboard.press("x")
    expect(first.get_by_role("checkbox")).to_be_checked()
    expect(page.locator(".bulk")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(matter.title)


def test_the_keyboard_goes_and_tells(workbench: Workbench, personas: Personas) -> None:
    visit = workbench.visit(personas.owner)
    visit.page.clock.install()  # a chord waits a second and a half for its second key
    page = visit.go("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Help")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text("Matters")


def test_keys_can_be_switched_off(workbench: Workbench, someone: Callable[[str], User]) -> None:
    page = workbench.visit(someone("paralegal")).go("/accounts/preferences/")
    page.get_by_label("Single-key shortcuts").uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_be_hidden()
