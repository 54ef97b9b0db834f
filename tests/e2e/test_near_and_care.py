"""Near-duplicates side by side, and graphic material that waits to be asked for, in a browser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from amparo.evidence.web.actions.caring import mark_graphic, note_exposure
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.care import Exposure
from amparo.evidence.web.queries.caring import care_of
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions import read_item
from amparo.extract.web.actions.comparing import compare_item
from amparo.extract.web.room import reading_room
from amparo.matters.web.actions import add_member
from tests.e2e.test_items import LOOKS, _picture
from tests.e2e.workbench import Workbench
from tests.extract.near.test_pictures import scene
from tests.extract.near.test_texts import AMAL, ROSA
from tests.extract.recordings.films import film
from tests.extract.web.builders import item_of
from tests.personas import Personas

if TYPE_CHECKING:
    from datetime import date

    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter

BLUR = re.compile("blur")


def _kept(personas: Personas, matter: Matter, data: bytes, name: str) -> Item:
    item = item_of(matter, data, name)
    read_item(item, room=reading_room(), safe=open_safe(), acting_user=personas.owner)
    item.refresh_from_db()
    compare_item(item, room=reading_room(), safe=open_safe())
    return item


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def yard(personas: Personas, matter: Matter) -> Item:
    """A photograph and a smaller copy of it, a declaration and another from the same form."""
    item = _kept(personas, matter, _png(scene(4)), "yard/photo.png")
    _kept(personas, matter, _png(scene(4).resize((200, 150))), "phone/photo-small.png")
    _kept(personas, matter, AMAL.encode(), "declarations/amal.txt")
    _kept(personas, matter, ROSA.encode(), "declarations/rosa.txt")
    return item


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def test_near_duplicates_lead_from_the_item_to_both_side_by_side(
    workbench: Workbench, personas: Personas, yard: Item
) -> None:
    visit = workbench.visit(personas.owner)
    page = visit.go(f"/items/{yard.pk}/")
    page.locator("#near").get_by_role("link", name="photo-small.png").click()
    expect(page.locator(".beside img")).to_have_count(2)
    expect(page.locator(".beside-line")).to_contain_text("of 64 bits differ")
    assert not visit.complaints


def test_a_marked_picture_waits_to_be_asked_for_and_time_is_counted(
    workbench: Workbench, personas: Personas, yard: Item, someone: Callable[[str], User]
) -> None:
    person, other = someone("paralegal"), someone("paralegal")
    for each in (person, other):
        add_member(yard.matter, each, each.role, acting_user=personas.owner)
    visit = workbench.visit(person)
    page = visit.go(f"/items/{yard.pk}/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Mark as graphic").click()
    page.get_by_label("Content note").fill("a dead body")
    page.get_by_role("button", name="Mark it").click()
    expect(page.locator(".care-note")).to_contain_text("a dead body")
    expect(page.locator(".viewer-page > img")).to_have_css("filter", BLUR)
    page.clock.install()
    visit.go(f"/items/{yard.pk}/")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".viewer-page > img")).to_have_css("filter", "none")
    for _ in range(4):  # each beat is answered before the next is due
        with page.expect_response("**/time/"):
            page.clock.run_for(15_000)
    expect(page.locator("[data-care-time]")).to_be_visible()
    assert sum(each.seconds for each in Exposure.objects.filter(user=person)) >= 30
    assert not Exposure.objects.filter(user=other).exists()
    assert care_of(yard).notes == ("a dead body",)
    assert not visit.complaints


def test_a_marked_film_is_silent_until_asked_for(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    item = _kept(personas, matter, film(), "film.webm")
    mark_graphic(
        matter, scope="item", value=str(item.pk), note="screams", acting_user=personas.owner
    )
    visit = workbench.visit(personas.owner)
    page = visit.go(f"/items/{item.pk}/")
    assert page.evaluate("() => document.querySelector('video').muted")
    page.evaluate("() => { document.querySelector('video').muted = false; }")
    page.wait_for_function("() => document.querySelector('video').muted")
    expect(page.locator("video")).to_have_css("filter", BLUR)
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("video")).to_have_css("filter", "none")
    assert not page.evaluate("() => document.querySelector('video').muted")


def test_without_scripts_it_is_shown_by_a_link(
    workbench: Workbench, personas: Personas, yard: Item
) -> None:
    mark_graphic(yard.matter, scope="folder", value="yard", note="", acting_user=personas.owner)
    visit = workbench.visit(personas.owner, scripts=False)
    page = visit.go(f"/items/{yard.pk}/")
    expect(page.locator(".care.is-unveiled")).to_have_count(0)
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".care.is-unveiled")).to_have_count(1)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
@pytest.mark.parametrize("name", ["item", "near", "words", "groups", "care", "time", "grid"])
def test_every_look(
    workbench: Workbench,
    personas: Personas,
    yard: Item,
    name: str,
    language: str,
    theme: str,
    width: str,
) -> None:
    mark_graphic(
        yard.matter, scope="folder", value="yard", note="a dead body", acting_user=personas.owner
    )
    note_exposure(personas.owner, 60, day=_today())
    text = Item.objects.get(matter=yard.matter, name="amal.txt")
    paths = {
        "item": f"/items/{yard.pk}/",
        "near": f"/items/{yard.pk}/near/",
        "words": f"/items/{text.pk}/near/",
        "groups": f"/matters/{yard.matter_id}/near/",
        "care": f"/matters/{yard.matter_id}/care/",
        "time": "/care/",
        "grid": f"/matters/{yard.matter_id}/evidence/?as=grid",
    }
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(paths[name])
    _picture(visit, f"care-{name}-{language}-{theme}-{width}")
    assert visit.overflow() <= 0
    assert visit.axe() == ""
