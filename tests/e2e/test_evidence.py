"""A matter's evidence in a real browser: files and folders sent, listed, tagged, in any look."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web.actions import acquiring, intake
from amparo.evidence.web.actions.acquiring import Arrival
from amparo.evidence.web.actions.tagging import tag_items
from amparo.evidence.web.models import Acquisition, Item
from amparo.evidence.web.safes import open_safe
from tests.e2e.workbench import Visit, Workbench, holding_back
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("en", "light", "phone"), ("ar", "dark", "phone")]
FILES = {
    "from the client/summons.pdf": b"%PDF-1.7\n",
    "from the client/شهادة الأم.txt": "شهادة".encode(),
    "from the client/photographs/IMG_0042.jpg": b"\xff\xd8\xff\xe0",
    "a very long name of a file that somebody gave without any thought for columns.eml": (
        b"From: a@b.c\nTo: d@e.f\nSubject: x\n\nx"
    ),
    "broken.zip": b"PK\x03\x04",
}


@pytest.fixture
def filled(personas: Personas, matter: Matter) -> Matter:
    """A matter with some files, some of them read."""
    who = personas.owner
    under_way = intake.open_intake(matter, "test", acting_user=who)
    arrivals = [Arrival(path, seal_bytes(data, open_safe())) for path, data in FILES.items()]
    items = [each.item for each in acquiring.acquire(under_way, arrivals, acting_user=who)]
    states = [("read", "", 3), ("read", "", 1), ("partial", "No words were recognised.", 1)]
    for item, (status, reason, pages) in zip(items, states, strict=False):
        assert item
        item.status, item.reason, item.page_count, item.language = status, reason, pages, "ar"
        item.save()
    assert items[4]
    items[4].status, items[4].reason = "failed", "The archive is cut off after its first bytes."
    items[4].save()
    tag_items(matter, [items[0].pk, items[1].pk], "persecution", acting_user=who)  # type: ignore[union-attr]
    return matter


def _picture(visit: Visit, name: str) -> None:
    """A screenshot, for who asks for one with AMPARO_SCREENSHOTS."""
    folder = os.environ.get("AMPARO_SCREENSHOTS")
    if folder:
        visit.page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
@pytest.mark.parametrize("name", ["list", "grid", "empty", "add"])
def test_every_look(
    workbench: Workbench,
    personas: Personas,
    filled: Matter,
    name: str,
    language: str,
    theme: str,
    width: str,
) -> None:
    base = f"/matters/{filled.pk}/evidence/"
    paths = {
        "list": base,
        "grid": f"{base}?as=grid",
        "empty": f"{base}?q=nothing",
        "add": f"{base}add/",
    }
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(paths[name])
    if name == "add":
        visit.page.locator("details.more summary").click()
    _picture(visit, f"evidence-{name}-{language}-{theme}-{width}")
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_files_are_sent_one_by_one_and_stand_in_the_list(
    sign_in: Callable[..., Visit], personas: Personas, matter: Matter
) -> None:
    page = sign_in(personas.colleague).go(f"/matters/{matter.pk}/evidence/add/")
    page.locator("#files").set_input_files(
        [
            {"name": "one.txt", "mimeType": "text/plain", "buffer": b"one"},
            {"name": "two.txt", "mimeType": "text/plain", "buffer": b"two"},
            {"name": "one again.txt", "mimeType": "text/plain", "buffer": b"one"},
        ]
    )
    page.locator("details.more summary").click()
    page.get_by_label("From whom").fill("her sister")
    page.get_by_role("button", name="Seal and add").click()
    page.wait_for_url(re.compile(r"/evidence/\?intake="))
    expect(page.locator("[data-row]")).to_have_count(2)
    assert {item.name for item in Item.objects.filter(matter=matter)} <= {
        "one.txt",
        "two.txt",
        "one again.txt",
    }
    rows = Acquisition.objects.filter(item__matter=matter)
    assert rows.count() == 3
    assert {row.from_whom for row in rows} == {"her sister"}


def test_a_second_click_sends_nothing_twice(
    sign_in: Callable[..., Visit], personas: Personas, matter: Matter
) -> None:
    page = sign_in(personas.colleague).go(f"/matters/{matter.pk}/evidence/add/")
    page.locator("#files").set_input_files(
        {"name": "one.txt", "mimeType": "text/plain", "buffer": b"one"}
    )
    with holding_back(page, "**/evidence/intakes/") as held:
        page.get_by_role("button", name="Seal and add").dblclick()
    held[0].continue_()
    page.wait_for_url(re.compile(r"/evidence/\?intake="))
    assert Acquisition.objects.filter(item__matter=matter).count() == 1


def test_a_folder_keeps_its_paths(
    sign_in: Callable[..., Visit], personas: Personas, matter: Matter, tmp_path: Path
) -> None:
    folder = tmp_path / "mission"
    (folder / "day 1").mkdir(parents=True)
    (folder / "day 1" / "a.txt").write_text("a")
    (folder / "b.txt").write_text("b")
    page = sign_in(personas.colleague).go(f"/matters/{matter.pk}/evidence/add/")
    page.locator("#folder").set_input_files(folder)
    page.get_by_role("button", name="Seal and add").click()
    page.wait_for_url(re.compile(r"/evidence/\?intake="))
    paths = Item.objects.filter(matter=matter).values_list("path", flat=True)
    assert sorted(paths) == ["mission/b.txt", "mission/day 1/a.txt"]


def test_a_wrong_date_is_told_beside_its_field(
    sign_in: Callable[..., Visit], personas: Personas, matter: Matter
) -> None:
    page = sign_in(personas.colleague).go(f"/matters/{matter.pk}/evidence/add/")
    page.locator("#files").set_input_files(
        {"name": "one.txt", "mimeType": "text/plain", "buffer": b"one"}
    )
    page.locator("details.more summary").click()
    page.get_by_label("When it was received").fill("some day")
    page.get_by_role("button", name="Seal and add").click()
    expect(page.locator(".errorlist")).to_be_visible()
    assert not Item.objects.filter(matter=matter).exists()


def test_without_scripts_the_form_adds_files_all_the_same(
    sign_in: Callable[..., Visit], personas: Personas, matter: Matter
) -> None:
    page = sign_in(personas.colleague, scripts=False).go(f"/matters/{matter.pk}/evidence/add/")
    page.locator("#files").set_input_files(
        {"name": "one.txt", "mimeType": "text/plain", "buffer": b"one"}
    )
    page.get_by_role("button", name="Seal and add").click()
    page.wait_for_url(re.compile(r"/evidence/\?intake="))
    assert Item.objects.get(matter=matter).name == "one.txt"


def test_the_list_is_filtered_and_tagged_by_key(
    sign_in: Callable[..., Visit], personas: Personas, filled: Matter
) -> None:
    page = sign_in(personas.colleague).go(f"/matters/{filled.pk}/evidence/")
    page.get_by_label("Status", exact=True).select_option("failed")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile("status=failed"))
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("#bulk-tag").fill("ask again")
    page.locator("#bulk-tag").press("Enter")
    expect(page.locator("[data-row] .tag")).to_have_text("ask again")
    expect(page).to_have_url(re.compile("status=failed"))
    tagged = Item.objects.get(matter=filled, tags__name="ask again")
    assert tagged.name == "broken.zip"
