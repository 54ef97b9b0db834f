"""Counts in a real browser: a table's pages are sound, and a number leads to its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.extract.sandbox import Sandbox
from tests.e2e.workbench import Workbench
from tests.patterns.web.acts import CSV, PEOPLE, UNDER, table_in
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]
PAGES = {
    "tables": "/matters/{matter}/patterns/",
    "quality": "/items/{item}/patterns/quality/",
    "missing": "/items/{item}/patterns/missing/",
    "peopled": "/items/{item}/patterns/peopled/",
    "counts": "/items/{item}/patterns/counts/",
    "one column": "/items/{item}/patterns/counts/?unit=act&rows=place",
    "by right": "/items/{item}/patterns/counts/?unit=act&rows=violation:right&columns_=place",
    "by indicator": "/items/{item}/patterns/counts/?unit=victim&rows=violation:sdg&columns_=",
    "words": "/items/{item}/patterns/words/",
    "public": "/items/{item}/patterns/counts/?unit=act&rows=place&columns_=unit&public=on",
    "refused": "/items/{item}/patterns/counts/?unit=event&rows=place",
    "trend": "/items/{item}/patterns/trend/",
    "together": "/items/{item}/patterns/together/",
    "flows": "/items/{item}/patterns/flows/",
    "clusters": "/items/{item}/patterns/clusters/",
    "rates": "/items/{item}/patterns/rates/",
    "exposure": "/items/{item}/patterns/exposure/",
    "rows": "/items/{item}/patterns/counts/rows/?unit=act&rows=place&cell=0.0.1",
}


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made


@pytest.fixture
def acts(matter: Matter, personas: Personas, room: Sandbox) -> Item:
    table_in(matter, PEOPLE, "people.csv", room, personas.owner)
    table_in(matter, UNDER, "units.csv", room, personas.owner)
    return table_in(matter, CSV, "acts.csv", room, personas.owner)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    acts: Item,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(PAGES[name].format(matter=acts.matter_id, item=acts.pk))
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_a_number_leads_to_its_rows_and_they_to_the_file(
    workbench: Workbench, personas: Personas, acts: Item
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{acts.matter_id}/")
    page.get_by_role("link", name="Patterns").first.click()
    row = page.get_by_role("row").filter(has_text="acts.csv")
    row.get_by_role("link", name="Counts").click()
    page.get_by_label("by", exact=True).select_option("place")
    page.get_by_label("and by").select_option("violation")
    with page.expect_navigation():
        page.get_by_role("button", name="Count").click()
    number = page.locator(".grid td a").first
    count = int(number.inner_text())
    with page.expect_navigation():
        number.click()
    expect(page.locator("tbody tr")).to_have_count(count)
    page.locator("tbody .row-link").first.click()
    page.wait_for_url(f"**/items/{acts.pk}/?page=1&row=*")
