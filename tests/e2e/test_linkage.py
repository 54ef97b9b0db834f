"""Linked records in a real browser: choose, wait, review by keyboard, merge; sound everywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.extract.sandbox import Sandbox
from tests.e2e.workbench import Workbench
from tests.linkage.records.people import HEAD, rows
from tests.patterns.web.acts import table_in, written
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
def table(matter: Matter, personas: Personas, room: Sandbox) -> Item:
    data = written(HEAD, [tuple(row) for row in rows(120)])
    return table_in(matter, data, "people.csv", room, personas.owner)


@pytest.fixture
def linked(table: Item, personas: Personas) -> str:
    """The address of a linkage that was made."""
    from amparo.linkage.records.roles import guess
    from amparo.linkage.web.actions.linkages import Chosen, ask_for_linkage

    roles = {column: role for role, column in guess(HEAD).items()}
    chosen = [Chosen(table, "", "people.csv", roles)]
    made = ask_for_linkage(table.matter, chosen, acting_user=personas.owner)
    assert work_off()
    return f"/linkages/{made.pk}/"


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
def test_every_page_is_sound(
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    table: Item,
    linked: str,
) -> None:
    matter = f"/matters/{table.matter_id}/linkage/"
    pages = {
        "tables": matter,
        "columns": f"{matter}tables/?table={table.pk}|",
        "linked": linked,
        "review": f"{linked}review/",
        "group": f"{linked}groups/1/",
    }
    for name, address in pages.items():
        visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
        visit.go(address)
        if folder := os.environ.get("LINKAGE_SHOTS"):
            visit.page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
        assert visit.overflow() == 0, name
        assert visit.axe() == "", name


def test_from_the_tables_to_a_merged_person(
    workbench: Workbench, personas: Personas, table: Item
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{table.matter_id}/linkage/")
    page.get_by_label("people.csv").check()
    page.get_by_role("button", name="Choose columns").click()
    page.get_by_role("button", name="Link the records").click()
    page.get_by_role("progressbar").wait_for()
    assert work_off()
    page.get_by_role("heading", name="Groups").wait_for(timeout=120_000)
    page.wait_for_load_state()  # the keys
    with page.expect_navigation():
        page.keyboard.press("r")
    page.get_by_role("heading", name="One person, or two?").wait_for()
    with page.expect_navigation():
        page.keyboard.down("m")
    page.get_by_text(re.compile("^1 of ")).wait_for()
    page.wait_for_load_state()
    page.keyboard.down("m")  # held, and no word about the next pair
    page.keyboard.up("m")
    page.reload()
    page.get_by_text(re.compile("^1 of ")).wait_for()
    page.go_back()
    page.go_back()
    page.locator("#groups .row-link").first.click()
    page.get_by_label("Why").fill("The same day and the same street.")
    page.get_by_role("button", name="Merge the chosen").click()
    page.get_by_role("heading", name="Decisions").wait_for()
    expect(page.locator("#journal")).to_contain_text("Merged")
