"""A recording in a real browser: it plays and seeks out of the safe, and its seconds are pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.recordings.transcripts import Line
from amparo.extract.web.actions import Origin, keep_transcript, pin_span, read_item
from amparo.extract.web.models import Pinpoint, Transcript
from amparo.extract.web.room import reading_room
from tests.e2e.test_items import LOOKS, _picture
from tests.e2e.workbench import Workbench
from tests.extract.recordings.films import film
from tests.extract.web.builders import item_of
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

LINES = [
    Line(0.5, 1.5, "We were told to leave the same night.", "Amal"),
    Line(1.5, 2.5, "متى حدث ذلك؟", "المحققة"),
    Line(2.5, 3.8, "In the first week of March; nobody said why.", "Amal"),
]
PLAYED = "() => document.querySelector('video').readyState >= 2"
AT = "() => document.querySelector('video').currentTime"
PAUSE = """() => document.querySelector('video').addEventListener('playing', (event) => {
  event.target.pause();
  event.target.dataset.hasPlayed = '';
})"""  # before the line that is said is over


@pytest.fixture
def bridge(personas: Personas, matter: Matter) -> Item:
    """A film of four seconds with a transcript."""
    item = item_of(matter, film(size=(320, 180)), "bridge.webm")
    read_item(item, room=reading_room(), safe=open_safe(), acting_user=personas.owner)
    origin = Origin(Transcript.Made.TYPED)
    keep_transcript(item, LINES, language="en", origin=origin, acting_user=personas.owner)
    return item


def test_a_film_seeks_by_its_lines_and_its_shape(
    workbench: Workbench, personas: Personas, bridge: Item
) -> None:
    visit = workbench.visit(personas.owner)
    page = visit.go(f"/items/{bridge.pk}/")
    page.wait_for_function(PLAYED)
    page.evaluate(PAUSE)
    page.get_by_role("button", name="0:02").last.click()
    page.wait_for_function("() => document.querySelector('video').dataset.hasPlayed === ''")
    assert 2.4 <= page.evaluate(AT) < 3.8
    expect(page.locator("[data-lines] .is-now")).to_contain_text("In the first week of March")
    page.locator("[data-wave]").scroll_into_view_if_needed()
    wave = page.locator("[data-wave]").bounding_box()
    page.mouse.click(wave["x"] + wave["width"] / 4, wave["y"] + 20)
    page.wait_for_function("() => Math.abs(document.querySelector('video').currentTime - 1) < 0.2")
    assert not visit.complaints


def test_seconds_are_marked_on_the_shape_and_pinned(
    workbench: Workbench, personas: Personas, bridge: Item
) -> None:
    visit = workbench.visit(personas.owner)
    page = visit.go(f"/items/{bridge.pk}/")
    page.wait_for_function(PLAYED)
    wave = page.locator("[data-wave]").bounding_box()
    page.mouse.move(wave["x"] + wave["width"] * 0.5, wave["y"] + 20)
    page.mouse.down()
    page.mouse.move(wave["x"] + wave["width"] * 0.75, wave["y"] + 20, steps=5)
    page.mouse.up()
    start, end = page.locator("#span-start"), page.locator("#span-end")
    expect(end).not_to_have_value("")
    assert abs(float(start.input_value().removeprefix("0:")) - 2) < 0.1
    assert abs(float(end.input_value().removeprefix("0:")) - 3) < 0.1
    page.get_by_role("button", name="Pin these seconds").click()
    expect(page.locator("#pinpoints")).to_contain_text("In the first week of March")
    row = Pinpoint.objects.get(item=bridge)
    assert abs(row.place.selector.start - 2) < 0.1
    page.wait_for_function("() => Math.abs(document.querySelector('video').currentTime - 2) < 0.2")
    assert not visit.complaints


def test_a_link_to_seconds_goes_there(
    workbench: Workbench, personas: Personas, bridge: Item
) -> None:
    visit = workbench.visit(personas.owner)
    page = visit.go(f"/items/{bridge.pk}/#t=3,3.5")
    page.wait_for_function("() => Math.abs(document.querySelector('video').currentTime - 3) < 0.1")
    expect(page.locator("#span-end")).to_have_value("0:03.500")


def test_a_transcript_is_typed_beside_the_player(
    workbench: Workbench, personas: Personas, bridge: Item
) -> None:
    visit = workbench.visit(personas.colleague)
    page = visit.go(f"/items/{bridge.pk}/transcript/")
    text = page.get_by_label("What is said")
    text.focus()
    page.keyboard.press("Control+End")
    page.get_by_role("button", name="Begin a line here").click()
    page.keyboard.type("Amal: That is all.")
    page.get_by_role("button", name="Keep as a new version").click()
    expect(page.locator("[data-lines]")).to_contain_text("That is all.")
    assert bridge.transcripts.first().number == 2
    assert not visit.complaints


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
@pytest.mark.parametrize("path", ["", "transcript/"])
def test_the_player_in_every_look(
    workbench: Workbench,
    personas: Personas,
    bridge: Item,
    path: str,
    language: str,
    theme: str,
    width: str,
) -> None:
    pin_span(bridge, start=1.5, end=2.5, note="the question", acting_user=personas.owner)
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(f"/items/{bridge.pk}/{path}")
    _picture(visit, f"recording-{path.strip('/')}-{language}-{theme}-{width}")
    assert visit.overflow() <= 0
    assert visit.axe() == ""
