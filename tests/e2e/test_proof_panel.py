"""Proofs, captured web pages and trusted keys in a real browser, in every look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions.take_in import Readers
from amparo.extract.web.models import Pinpoint
from amparo.extract.web.room import reading_room
from tests.e2e.test_items import LOOKS, _picture
from tests.e2e.workbench import PASSWORD, Workbench
from tests.extract.readers.test_captures import ADDRESS, PAGE, collection, shot, warc
from tests.extract.web.test_proofs import KEY, bring, bundle
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter


@pytest.fixture
def delivery(personas: Personas, matter: Matter, tmp_path: Path) -> dict[str, Item]:
    """A photograph with its proof, and a web page with its screenshot."""
    pages = [(ADDRESS, PAGE, "200 OK"), ("https://news.example/2", PAGE, "200 OK")]
    site = collection(warc(pages, shots={f"urn:view:{ADDRESS}": shot(1280, 900)}), [])
    readers = Readers(reading_room(), open_safe(), personas.owner, at_once=0, recognise=False)
    bring(matter, tmp_path / "in", {**bundle(), "square.wacz": site}, readers)
    return {item.name: item for item in Item.objects.filter(matter=matter)}


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
@pytest.mark.parametrize("name", ["IMG_20210301_101500.jpg", "square.wacz"])
def test_the_panel_is_legible_in_every_look(
    workbench: Workbench,
    personas: Personas,
    delivery: dict[str, Item],
    name: str,
    language: str,
    theme: str,
    width: str,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    page = visit.go(f"/items/{delivery[name].pk}/")
    expect(page.locator("#proofs .proof").first).to_be_visible()
    page.locator("#proofs").scroll_into_view_if_needed()
    _picture(visit, f"proofs-{name[:3]}-{language}-{theme}-{width}")
    assert visit.overflow() == 0
    assert not visit.complaints
    assert visit.axe() == ""


def test_a_record_is_pinned_from_its_page(
    workbench: Workbench, personas: Personas, delivery: dict[str, Item]
) -> None:
    item = delivery["square.wacz"]
    visit = workbench.visit(personas.owner)
    page = visit.go(f"/items/{item.pk}/")
    page.get_by_role("button", name="Pin this record").click()
    expect(page.locator("#pinpoints")).to_contain_text("The square at noon")
    assert Pinpoint.objects.filter(item=item).count() == 1
    assert not visit.complaints


def test_a_key_is_trusted_with_the_keyboard(workbench: Workbench, personas: Personas) -> None:
    visit = workbench.visit(personas.administrator)
    page = visit.go("/trusted-keys/")
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
    page.get_by_label("Name").fill("Lina's phone")
    page.locator("#id_text").fill(KEY)
    page.get_by_role("button", name="Trust this key").press("Enter")
    expect(page.locator("table")).to_contain_text("Lina's phone")
    _picture(visit, "trusted-keys")
    assert not visit.complaints
    assert visit.axe() == ""
