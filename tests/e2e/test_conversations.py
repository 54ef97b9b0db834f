"""Conversations and tables in a real browser: every look, messages and rows pinned by keyboard."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions import read_item
from amparo.extract.web.actions.suggesting import look_through
from amparo.extract.web.models import Pinpoint
from amparo.extract.web.room import reading_room
from tests.e2e.workbench import Visit, Workbench
from tests.extract.conversations.builders import chat
from tests.extract.web.builders import item_of
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("en", "light", "phone"), ("ar", "dark", "phone")]
TALK = (
    "[14/03/2021, 09:58:01] Family: \u200eMessages and calls are end-to-end encrypted.\n"
    "[14/03/2021, 10:00:00] Rosa Ortega: They came at night. There were four of them.\n"
    "[14/03/2021, 10:00:40] Rosa Ortega: \u200e<attached: 00000012-PHOTO-2021-03-14.jpg>\n"
    "[14/03/2021, 10:03:12] سلمى حداد: هل رأيت وجوههم؟\n"
    "[15/03/2021, 08:00:02] Rosa Ortega: No.\nOnly the car, a white one.\n"
    "[99/03/2021, 08:01:02] سلمى حداد: \u200eThis message was deleted.\n"
)
PAY = "name;paid;day\n" + "".join(
    f"Officer {number};{number * 37 % 101};2021-03-{number % 28 + 1:02d}\n" for number in range(40)
)


@pytest.fixture
def talk(personas: Personas, matter: Matter) -> Item:
    item_of(matter, b"a picture", "Chat/00000012-PHOTO-2021-03-14.jpg")
    return _read(personas, item_of(matter, TALK.encode(), "Chat/_chat.txt"))


@pytest.fixture
def pay(personas: Personas, matter: Matter) -> Item:
    return _read(personas, item_of(matter, PAY.encode(), "pay.csv"))


@pytest.fixture
def arabic(personas: Personas, matter: Matter) -> Item:
    return _read(personas, item_of(matter, chat("ar", 30).encode(), "Arabic/_chat.txt"))


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
@pytest.mark.parametrize("name", ["talk", "arabic", "pay"])
def test_every_look(
    workbench: Workbench,
    personas: Personas,
    talk: Item,
    arabic: Item,
    pay: Item,
    name: str,
    language: str,
    theme: str,
    width: str,
) -> None:
    shown = {"talk": talk, "arabic": arabic, "pay": pay}[name]
    visit = workbench.visit(personas.colleague, language=language, theme=theme, width=width)
    visit.go(f"/items/{shown.pk}/")
    _picture(visit, f"{name}-{language}-{theme}-{width}")
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_a_message_is_pinned_by_keyboard(
    workbench: Workbench, personas: Personas, talk: Item
) -> None:
    visit = workbench.visit(personas.colleague)
    page = visit.go(f"/items/{talk.pk}/")
    for key in ("j", "j", "x", "p"):
        page.keyboard.press(key)
    page.wait_for_url(re.compile(r"#page=2"))
    expect(page.locator(".message.is-pinned.is-current")).to_contain_text("They came at night")
    (mark,) = Pinpoint.objects.filter(item=talk)
    assert mark.quote.endswith("There were four of them.")
    _picture(visit, "talk-pinned")


def test_a_conversation_is_narrowed_to_a_person(
    workbench: Workbench, personas: Personas, talk: Item
) -> None:
    page = workbench.visit(personas.colleague).go(f"/items/{talk.pk}/")
    page.get_by_label("Person").select_option(label="سلمى حداد (2)")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".message")).to_have_count(2)
    page.get_by_role("link", name="Show all").first.click()
    page.get_by_role("link", name="00000012-PHOTO-2021-03-14.jpg").click()
    expect(page.get_by_role("heading", name="00000012-PHOTO-2021-03-14.jpg")).to_be_visible()


def test_rows_are_sorted_and_pinned(workbench: Workbench, personas: Personas, pay: Item) -> None:
    visit = workbench.visit(personas.colleague)
    page = visit.go(f"/items/{pay.pk}/")
    for _ in ("from the least", "from the most"):
        with page.expect_navigation():
            page.get_by_role("link", name="Sort by paid").click()
    first = page.locator("tbody tr:not(.is-head)").first
    expect(first).to_contain_text("100")
    first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Pin these rows").click()
    page.wait_for_url(re.compile(r"#row="))
    expect(page.locator("tr.is-pinned.is-current")).to_contain_text("100")
    _picture(visit, "pay-pinned")


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
@pytest.mark.parametrize("place", ["matter", "item"])
def test_suggestions_in_every_look(
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    place: str,
    language: str,
    theme: str,
    width: str,
) -> None:
    words = (
        "Me llamo Rosa Ortega, vivo en Colombia. Mi teléfono: +57 601 327 0000, desde 03/04/2021."
    )
    letter = _read(personas, item_of(matter, words.encode(), "carta.txt"))
    look_through(letter, room=reading_room(), acting_user=personas.owner)
    visit = workbench.visit(personas.colleague, language=language, theme=theme, width=width)
    paths = {"matter": f"/matters/{matter.pk}/suggestions/", "item": f"/items/{letter.pk}/"}
    page = visit.go(paths[place])
    if place == "item":
        page.locator("#suggestions").scroll_into_view_if_needed()
    _picture(visit, f"suggestions-{place}-{language}-{theme}-{width}")
    page.evaluate("scrollTo(0, 0)")  # axe counts what the masthead covers as too small
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_a_suggestion_is_accepted(workbench: Workbench, personas: Personas, matter: Matter) -> None:
    letter = _read(personas, item_of(matter, b"My name is Rosa Ortega.", "letter.txt"))
    page = workbench.visit(personas.colleague).go(f"/items/{letter.pk}/")
    with page.expect_navigation():
        page.get_by_role("button", name="Look through this file").click()
    look_through(letter, room=reading_room(), acting_user=personas.colleague)
    page.reload()
    page.get_by_role("button", name="Accept Rosa Ortega").click()
    expect(page.locator(".tag")).to_have_text("Rosa Ortega")
    expect(page.locator("#pinpoints")).to_contain_text("person: Rosa Ortega")
