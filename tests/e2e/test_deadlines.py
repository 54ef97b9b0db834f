"""Deadlines in a real browser: set one while the day shows, ask why, ask what if, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, swapping
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.deadlines.web.models import Deadline
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("en", "dark", "phone"), ("ar", "light", "desk")]
LOOKS += [("ar", "dark", "phone")]


@pytest.fixture
def deadline(matter: Matter, personas: Personas) -> Deadline:
    from amparo.deadlines.web.actions import set_deadline
    from amparo.deadlines.web.given import Given

    facts = Given("us.bia.appeal", "2026-10")
    return set_deadline(matter, facts, acting_user=personas.owner)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", ["list", "choose", "new", "why", "if", "all", "rule", "calendar"])
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    deadline: Deadline,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(
        {
            "list": f"/matters/{matter.pk}/deadlines/",
            "choose": f"/matters/{matter.pk}/deadlines/choose/",
            "new": f"/matters/{matter.pk}/deadlines/new/us.asylum.one-year/",
            "why": f"/deadlines/{deadline.pk}/",
            "if": f"/deadlines/{deadline.pk}/?trigger=2026-02-29",
            "all": "/deadlines/",
            "rule": "/deadlines/rules/ecthr.application/?trigger=2022-01-31",
            "calendar": "/deadlines/calendar/",
        }[name]
    )
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_the_day_shows_while_one_writes_and_is_kept(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    page = workbench.visit(personas.colleague).go(f"/matters/{matter.pk}/deadlines/")
    with page.expect_navigation():
        page.get_by_role("link", name="New deadline").first.click()
    with swapping(page, "**/choose/?*"):
        page.get_by_label("Words").fill("one-year")
    with page.expect_navigation():
        page.get_by_role("link", name="One-year filing deadline").click()
    page.get_by_label("Counted from").fill("14 March 2025")
    page.get_by_label("Counted from").press("Tab")
    page.get_by_text("Monday, 16 March 2026").first.wait_for()
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("heading", name="Why this date?").wait_for()
    page.locator("#what-if").get_by_label("Counted from").fill("20 May 2025")
    page.get_by_role("button", name="See the day").click()
    page.get_by_text("Wednesday, 20 May 2026").first.wait_for()
    expect(page.get_by_text("Monday, 16 March 2026").first).to_be_visible()


def test_the_page_prints_with_its_reasons_and_without_buttons(
    workbench: Workbench, personas: Personas, deadline: Deadline
) -> None:
    page = workbench.visit(personas.owner).go(f"/deadlines/{deadline.pk}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="How it was counted").first).to_be_visible()
    expect(page.get_by_text("this is not legal advice")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("heading", name="What if?")).to_be_hidden()
