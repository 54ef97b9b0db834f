"""The bundle builder in a real browser: choose, order, describe, produce, take away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, holding_back, settled, swapping
from tests.personas import Personas
from tests.work import work_off

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from amparo.filing.web.models import Bundle
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("en", "dark", "phone"), ("ar", "light", "desk")]
LOOKS += [("ar", "dark", "phone")]


@pytest.fixture
def bundle(matter: Matter, personas: Personas) -> Bundle:
    """Four exhibits of the matter's own."""
    from amparo.filing.web.actions import add_items, open_bundle
    from tests.filing.web.matters import exhibits_in

    items = exhibits_in(matter, personas.owner, f"{matter.pk} ")
    made = open_bundle(matter, acting_user=personas.owner, title="Exhibits of A.", profile="eoir")
    add_items(made, items.values(), acting_user=personas.owner)
    return made


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", ["list", "open", "builder", "choose", "cover"])
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    bundle: Bundle,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(
        {
            "list": f"/matters/{matter.pk}/bundles/",
            "open": f"/matters/{matter.pk}/bundles/open/",
            "builder": f"/bundles/{bundle.pk}/",
            "choose": f"/bundles/{bundle.pk}/choose/",
            "cover": f"/bundles/{bundle.pk}/cover/",
        }[name]
    )
    assert visit.overflow() == 0
    assert visit.axe() == ""


def described(page: Page) -> list[str]:
    """The descriptions in the order in which the builder shows them."""
    fields = page.get_by_label("Description").all()
    return [field.input_value().rpartition(" ")[2] for field in fields]


def test_exhibits_are_moved_with_buttons_and_keys_and_it_is_kept(
    workbench: Workbench, personas: Personas, bundle: Bundle
) -> None:
    page = workbench.visit(personas.colleague).go(f"/bundles/{bundle.pk}/")
    assert described(page) == ["سند", "reply", "door", "call"]
    with swapping(page, "**/save/"):
        page.get_by_role("button", name="Move A down").click()
    assert described(page) == ["reply", "سند", "door", "call"]
    with swapping(page, "**/save/"):
        page.get_by_label("Description").nth(2).press("Alt+ArrowUp")
    page.reload()
    assert described(page) == ["reply", "door", "سند", "call"]


def test_what_is_changed_while_a_change_is_kept_is_kept_too(
    workbench: Workbench, personas: Personas, bundle: Bundle
) -> None:
    page = workbench.visit(personas.colleague).go(f"/bundles/{bundle.pk}/")
    with holding_back(page, "**/save/") as held:
        page.get_by_role("button", name="Move A down").click()
    page.get_by_label("Description").nth(3).fill("A call at night")
    page.get_by_role("button", name="Move C down").click()
    with page.expect_request_finished(lambda request: "night" in (request.post_data or "")):
        held[0].continue_()
    settled(page)
    assert described(page) == ["reply", "سند", "night", "door"]
    page.reload()
    assert described(page) == ["reply", "سند", "night", "door"]


def test_an_exhibit_is_dragged_to_another_place(
    workbench: Workbench, personas: Personas, bundle: Bundle
) -> None:
    page = workbench.visit(personas.colleague).go(f"/bundles/{bundle.pk}/")
    with swapping(page, "**/save/"):
        page.locator(".grip").nth(3).drag_to(page.locator(".exhibits > li").nth(0))
    page.reload()
    assert described(page)[0] == "call"


def test_words_are_kept_as_they_are_written(
    workbench: Workbench, personas: Personas, bundle: Bundle
) -> None:
    page = workbench.visit(personas.colleague).go(f"/bundles/{bundle.pk}/")
    date = page.get_by_label("Date").first
    date.fill("03/04/2021")
    with swapping(page, "**/save/"):
        date.press("Tab")
    page.get_by_text("can be read in two ways").wait_for()
    expect(date).to_have_value("03/04/2021")
    date.fill("April 2021")
    with swapping(page, "**/save/"):
        date.press("Tab")
    page.get_by_text("can be read in two ways").wait_for(state="detached")
    page.reload()
    expect(date).to_have_value("2021-04")


def test_a_bundle_is_chosen_produced_and_taken_away(
    workbench: Workbench, personas: Personas, matter: Matter, bundle: Bundle, tmp_path: Path
) -> None:
    page = workbench.visit(personas.owner).go(f"/matters/{matter.pk}/bundles/")
    page.get_by_role("link", name="New bundle").click()
    page.get_by_label("Court or body").select_option("eoir")
    with page.expect_navigation():
        page.get_by_role("button", name="Begin").click()
    with swapping(page, "**/choose/?*"):
        page.get_by_label("Name or title").fill("door")
    page.get_by_role("checkbox", name="reply").wait_for(state="detached")
    page.get_by_role("checkbox", name="door").check()
    page.get_by_role("button", name="Put into the bundle").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Produce").click()
    work_off()
    page.get_by_text("All of it holds").wait_for()
    page.get_by_role("button", name="Approve").click()  # the browser is told no
    expect(page.get_by_text("Approved for filing")).to_have_count(0)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Approved for filing by Maria Bello").wait_for()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download").click()
    downloading.value.save_as(tmp_path / "bundle.pdf")
    with pikepdf.open(tmp_path / "bundle.pdf") as document:
        assert len(document.pages) == 5


def test_the_builder_works_without_javascript(
    workbench: Workbench, personas: Personas, bundle: Bundle
) -> None:
    page = workbench.visit(personas.owner, scripts=False).go(f"/bundles/{bundle.pk}/")
    page.get_by_label("Description").first.fill("A letter of the mother")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep").click()
    expect(page.get_by_label("Description").first).to_have_value("A letter of the mother")
    page.get_by_role("button", name="Take A out").click()
    expect(page.get_by_label("Description")).to_have_count(3)
