"""Estimates in a real browser: ask, wait, read; sound at every width, in either direction."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.extract.sandbox import Sandbox
from amparo.site.sample import linked
from tests.e2e.workbench import Workbench
from tests.patterns.web.acts import table_in
from tests.personas import Personas
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made


@pytest.fixture
def lists(matter: Matter, personas: Personas, room: Sandbox) -> Item:
    return table_in(matter, linked.table(), "Linked list.csv", room, personas.owner)


@pytest.fixture
def estimated(lists: Item, personas: Personas) -> str:
    """The address of an estimate that was made."""
    from amparo.patterns.web.actions import Asked, ask_for_estimate

    asked = Asked(linked.LISTS, group=linked.GROUP, stratum="Place")
    made = ask_for_estimate(lists, asked, acting_user=personas.owner)
    assert work_off()
    return f"/estimates/{made.pk}/"


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", ["choose", "result"])
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    lists: Item,
    estimated: str,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(f"/items/{lists.pk}/estimate/" if name == "choose" else estimated)
    if folder := os.environ.get("ESTIMATE_SHOTS"):
        visit.page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_asking_shows_progress_and_then_the_answer(
    workbench: Workbench, personas: Personas, lists: Item
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{lists.matter_id}/patterns/")
    page.get_by_role("link", name="How many there were").click()
    page.get_by_label("Who is counted").fill("people taken in Sorvin")
    with page.expect_navigation():
        page.get_by_role("button", name="Estimate").click()
    page.get_by_role("progressbar").wait_for()
    assert work_off()
    page.get_by_role("heading", name="The answer").wait_for(timeout=120_000)
    expect(page.locator("#answer")).to_contain_text(re.compile("likely between", re.IGNORECASE))
