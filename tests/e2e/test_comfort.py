"""What makes days shorter, in a real browser and by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.evidence.web.actions.collecting import collect
from amparo.evidence.web.actions.tagging import tag_items
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import read_item
from amparo.extract.web.models import Translation
from amparo.search.web.actions import put
from amparo.search.web.actions.saved import save_search
from tests.e2e.workbench import Workbench, holding_back, settled, swapping
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas
from tests.search.builders import passage

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter

PAGES = {
    "home": "/",
    "saved searches": "/search/saved/",
    "palette": "/go/?matter={matter}",
    "handbook": "/handbook/working/",
    "evidence": "/matters/{matter}/evidence/",
    "collections": "/matters/{matter}/collections/",
    "what was sorted": "/matters/{matter}/evidence/journal/",
    "suggested tags": "/matters/{matter}/suggestions/",
    "translation": "/items/{item}/translations/?to=en",
    "two files": "/items/{item}/near/?with={other}",
    "an item": "/items/{item}/",
}
LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]
CONTROLS = """() => [...document.querySelectorAll(
  'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]):not([tabindex="-1"]),'
  + 'select, textarea, summary')].filter((each) => !each.closest('dialog:not([open])')
  && each.checkVisibility({ visibilityProperty: true }))"""


@pytest.fixture
def item(personas: Personas, matter: Matter) -> Item:
    made = item_of(matter, b"ACTA\n\nComparece Yusuf Talmarin.", "acta.txt")
    with Sandbox(1) as room:
        read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    return made


@pytest.fixture
def other(personas: Personas, matter: Matter, item: Item) -> Item:
    made = item_of(matter, b"ACTA\n\nComparece Samir.", "acta 2.txt")
    with Sandbox(1) as room:
        read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    ids = [item.pk, made.pk]
    tag_items(matter, ids, "key", acting_user=personas.owner)
    collect(matter, ids, "Hearing", acting_user=personas.owner)
    save_search("Records", "q=acta", acting_user=personas.owner)
    return made


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_sound(
    page: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    item: Item,
    other: Item,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(PAGES[page].format(matter=matter.pk, item=item.pk, other=other.pk))
    assert visit.overflow() == 0
    assert visit.axe() == ""


@pytest.mark.parametrize("page", PAGES)
def test_tab_comes_to_every_control(
    page: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    item: Item,
    other: Item,
) -> None:
    shown = workbench.visit(personas.owner).go(
        PAGES[page].format(matter=matter.pk, item=item.pk, other=other.pk)
    )
    shown.wait_for_load_state("networkidle")
    count = shown.evaluate(f"({CONTROLS})().map((each, n) => each.dataset.met = String(n)).length")
    shown.evaluate("document.activeElement.blur()")
    met: set[str] = set()
    for _ in range(count + 10):
        shown.keyboard.press("Tab")
        met.add(shown.evaluate("document.activeElement.dataset.met ?? ''"))
    missing = sorted(set(map(str, range(count))) - met, key=int)
    told = shown.evaluate(
        "(wanted) => wanted.map((n) => document.querySelector(`[data-met='${n}']`)?.outerHTML)",
        missing,
    )
    assert told == []


def test_the_palette_goes_by_a_few_letters(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{matter.pk}/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("add fil")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/matters/{matter.pk}/evidence/add/")


def test_the_palette_is_walked_and_left(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    page = workbench.visit(personas.owner).go("/")
    page.keyboard.press("Control+k")
    palette = page.locator("#palette")
    expect(palette.get_by_role("link").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(palette.get_by_role("link").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()


def test_who_closes_the_palette_does_not_go(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{matter.pk}/")
    page.keyboard.press("Control+k")
    palette = page.locator("#palette")
    expect(palette.get_by_role("link").first).to_be_visible()
    settled(page)
    with holding_back(page, "**/go/?*") as held:
        palette.get_by_role("textbox").fill("add fil")
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    with swapping(page, "**/go/?*"):
        held[0].continue_()
    page.keyboard.press("Control+k")
    expect(palette).to_be_visible()


def test_help_says_what_the_page_is_for(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{matter.pk}/evidence/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Help")
    expect(dialog).to_contain_text("All files of the matter")
    dialog.get_by_role("link", name="More in the handbook").click()
    page.wait_for_url("**/handbook/working/#sorting-many-files")


def test_what_was_sorted_by_keyboard_is_taken_back_by_a_key(
    workbench: Workbench, personas: Personas, matter: Matter, item: Item
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{matter.pk}/evidence/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator(".bulk summary", has_text="Collection").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-collection")).to_be_focused()
    page.keyboard.type("Hearing of May")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("in the collection now")
    page.wait_for_load_state()  # the keys
    assert list(item.collections.values_list("name", flat=True)) == ["Hearing of May"]
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("Taken back")
    assert not item.collections.exists()


def test_a_saved_search_tells_what_is_new(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    put([passage("arrested at dawn", matter_id=matter.pk, title="One")])
    page = workbench.visit(personas.owner).go(f"/search/matters/{matter.pk}/?q=arrested")
    page.locator("h1").first.focus()
    page.keyboard.press("s")
    expect(page.locator("#search-title")).to_be_focused()
    page.keyboard.type("Arrests at dawn")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=*")
    put([passage("arrested at dusk", matter_id=matter.pk, title="Two")])
    page.goto("/".join(page.url.split("/")[:3]) + "/")
    expect(page.locator("#panel-searches")).to_contain_text("1 new")
    page.get_by_role("button", name="Arrests at dawn").click()
    expect(page.locator(".hit", has_text="Two").locator(".badge")).to_have_text("New")
    expect(page.locator(".hit", has_text="One").locator(".badge")).to_have_count(0)


def test_a_translation_is_written_and_kept_by_keyboard(
    workbench: Workbench, personas: Personas, item: Item
) -> None:
    page = workbench.visit(personas.interpreter).go(f"/items/{item.pk}/")
    page.keyboard.press("r")
    page.wait_for_url("**/translations/**")
    page.get_by_label("Translation of passage 1").fill("RECORD")
    page.get_by_label("Translation of passage 2").fill("Yusuf appears.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("Kept as version 1")
    assert [pair.text for pair in Translation.objects.get(item=item).value] == [
        "RECORD",
        "Yusuf appears.",
    ]
    page.locator(".passage-place").nth(1).click()
    page.wait_for_url(f"**/items/{item.pk}/?page=1#**")
