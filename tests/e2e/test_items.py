"""An item in a real browser: pages by key, words pinned from pixels and from text, any look."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions import pin, read_item
from amparo.extract.web.models import PageText, Pinpoint
from amparo.extract.web.room import reading_room
from tests.e2e.workbench import Visit, Workbench, holding_back, settled
from tests.extract.pdf.samples import page, pdf_bytes, text
from tests.extract.web.builders import item_of
from tests.extract.web.test_readings import MAIL
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("en", "light", "phone"), ("ar", "dark", "phone")]
LINES = (
    ("The officer of the northern post wrote the order", "and signed it before the two witnesses"),
    ("The prisoner was taken at night", "and nobody told the family where"),
    ("Three days later a judge asked", "for the register of the station"),
)


@pytest.fixture
def order(personas: Personas, matter: Matter) -> Item:
    """A PDF of three pages, read."""

    def build(pdf) -> None:
        for first, second in LINES:
            page(pdf, text(first, 72, 700, 16) + text(second, 72, 676, 16))

    return _read(personas, item_of(matter, pdf_bytes(build), "order.pdf"))


@pytest.fixture
def mail(personas: Personas, matter: Matter) -> Item:
    """A message with a file inside, read."""
    return _read(personas, item_of(matter, MAIL, "mail.eml"))


def _read(personas: Personas, item: Item) -> Item:
    read_item(item, room=reading_room(), safe=open_safe(), acting_user=personas.owner)
    item.refresh_from_db()
    return item


def _picture(visit: Visit, name: str) -> None:
    """A screenshot, for who asks for one with AMPARO_SCREENSHOTS."""
    folder = os.environ.get("AMPARO_SCREENSHOTS")
    if folder:
        visit.page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
@pytest.mark.parametrize("name", ["order", "mail", "work"])
def test_every_look(
    workbench: Workbench,
    personas: Personas,
    order: Item,
    mail: Item,
    name: str,
    language: str,
    theme: str,
    width: str,
) -> None:
    second = PageText.objects.get(item=order, number=2, is_current=True)
    pin(second, start=4, end=12, note="Ask who", acting_user=personas.owner)
    visit = workbench.visit(personas.colleague, language=language, theme=theme, width=width)
    paths = {"order": f"/items/{order.pk}/?page=2", "mail": f"/items/{mail.pk}/", "work": "/work/"}
    visit.go(paths[name])
    _picture(visit, f"{name}-{language}-{theme}-{width}")
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_pages_turn_by_key_and_by_number(
    sign_in: Callable[..., Visit], personas: Personas, order: Item
) -> None:
    visit = sign_in(personas.owner)
    window = visit.go(f"/items/{order.pk}/")
    shown = window.locator("[data-page]")
    expect(shown).to_have_attribute("data-page", "1")
    for key, number in (("j", "2"), ("j", "3"), ("k", "2")):
        window.keyboard.press(key)
        expect(shown).to_have_attribute("data-page", number)
        settled(window)
    expect(window).to_have_url(re.compile(r"page=2"))
    window.locator("#page-number").fill("1")
    window.keyboard.press("Enter")
    expect(shown).to_have_attribute("data-page", "1")
    settled(window)
    window.keyboard.press("Escape")
    window.keyboard.press("t")
    expect(window.locator(".viewer-text")).to_contain_text(LINES[0][1])


def test_the_page_asked_for_last_is_the_one_shown(
    sign_in: Callable[..., Visit], personas: Personas, order: Item
) -> None:
    window = sign_in(personas.owner).go(f"/items/{order.pk}/?page=2")
    with holding_back(window, "**/?page=1") as held:
        window.keyboard.press("k")
    earlier = held[0].request.url
    with window.expect_event("requestfailed", lambda request: request.url == earlier):
        window.keyboard.press("j")
    expect(window.locator("[data-page]")).to_have_attribute("data-page", "3")
    expect(window).to_have_url(re.compile(r"page=3"))


def test_the_picture_is_drawn_and_the_words_lie_over_it(
    sign_in: Callable[..., Visit], personas: Personas, order: Item
) -> None:
    window = sign_in(personas.owner).go(f"/items/{order.pk}/")
    picture = window.locator(".viewer-page > img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    frame, word = picture.bounding_box(), window.locator("tspan", has_text="officer").bounding_box()
    assert frame
    assert word
    scale = frame["width"] / 612
    (place,) = [
        each for each in PageText.objects.get(item=order, number=1).value.words if each.start == 4
    ]
    assert abs(word["x"] - frame["x"] - place.box[0] * scale) < 3
    assert abs(word["width"] - (place.box[2] - place.box[0]) * scale) < 4


def test_selected_words_are_pinned_and_linked(
    sign_in: Callable[..., Visit], personas: Personas, order: Item
) -> None:
    window = sign_in(personas.colleague).go(f"/items/{order.pk}/?page=2")
    first = window.locator("tspan", has_text="prisoner").bounding_box()
    last = window.locator("tspan", has_text="night").bounding_box()
    assert first
    assert last
    window.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    window.mouse.down()
    window.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=8)
    window.mouse.up()
    form = window.locator("[data-pin-form]")
    expect(form).to_be_visible()
    expect(form.locator("[data-pin-quote]")).to_contain_text("prisoner was taken at night")
    form.get_by_label("Note").fill("Who took him?")
    form.get_by_role("button").click()
    window.wait_for_url(re.compile(r"page=2#page=2&xywh="))
    made = Pinpoint.objects.get(item=order)
    assert made.quote == "prisoner was taken at night"
    assert (made.page, made.note, made.made_by) == (2, "Who took him?", personas.colleague)
    expect(window.locator("rect.pin.is-current")).to_have_count(1)
    expect(window.locator("#pinpoints")).to_contain_text("Who took him?")


def test_the_address_of_a_pinpoint_leads_to_its_page(
    sign_in: Callable[..., Visit], personas: Personas, order: Item
) -> None:
    window = sign_in(personas.owner).go(f"/items/{order.pk}/#page=3&xywh=72,80,120,18")
    expect(window.locator("[data-page]")).to_have_attribute("data-page", "3")
    expect(window.locator("rect.is-current")).to_have_attribute("width", "120")


def test_words_of_a_text_are_pinned_too(
    sign_in: Callable[..., Visit], personas: Personas, mail: Item
) -> None:
    window = sign_in(personas.owner).go(f"/items/{mail.pk}/")
    window.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector(".viewer-text"), 4);
          while (walker.nextNode()) {
            const node = walker.currentNode, at = node.data.indexOf("soldiers");
            if (at >= 0) document.getSelection().setBaseAndExtent(node, at, node, at + 8);
          }
        }"""
    )
    window.keyboard.press("p")
    expect(window.locator(".viewer-text mark")).to_have_text("soldiers")
    assert Pinpoint.objects.get(item=mail).quote == "soldiers"


def test_nothing_is_pinned_while_nothing_is_selected(
    sign_in: Callable[..., Visit], personas: Personas, mail: Item
) -> None:
    window = sign_in(personas.owner).go(f"/items/{mail.pk}/")
    asked = []
    window.on("request", lambda request: asked.append(request.method))
    window.keyboard.press("p")
    window.keyboard.press("?")
    expect(window.locator("#keys")).to_be_visible()
    assert "POST" not in asked


def test_without_scripts_pages_are_links(
    sign_in: Callable[..., Visit], personas: Personas, order: Item
) -> None:
    window = sign_in(personas.owner, scripts=False).go(f"/items/{order.pk}/")
    window.get_by_role("link", name="Next page").click()
    expect(window.locator("[data-page]")).to_have_attribute("data-page", "2")
