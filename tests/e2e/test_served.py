"""The very program that a person starts: ``amparo init``, ``amparo serve``, the printed link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.workbench import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_the_served_workbench_opens_once_by_its_link(link: str, browser: Browser) -> None:
    context = browser.new_context()
    visit = Visit(context.new_page(), link.split("/accounts/")[0])
    visit.page.goto(link)
    expect(visit.page.get_by_text("You have no password yet")).to_be_visible()
    sticky = "getComputedStyle(document.querySelector('.masthead')).position"
    assert visit.page.evaluate(sticky) == "sticky"
    assert visit.page.evaluate("typeof htmx") == "object"
    other = browser.new_context().new_page()
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    context.close()
    other.context.close()
