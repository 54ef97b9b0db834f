"""Exhibits, online work, holds and disposals in a real browser, in each direction and width."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Workbench
from tests.personas import Personas
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.evidence.web.models.exhibits import PhysicalExhibit
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]
PICTURE = b"\xff\xd8\xff a telephone on a table"


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    from tests.evidence.web.workspaces import add_files

    files = {"letter.txt": str(matter.pk).encode(), "phone.jpg": PICTURE, "note.txt": b"a note"}
    return add_files(matter, personas.owner, files)


@pytest.fixture
def phone(matter: Matter, items: dict[str, Item], personas: Personas) -> PhysicalExhibit:
    from amparo.evidence.custody.exhibits import Event
    from amparo.evidence.web.actions.exhibits import make_place, note_exhibit, receive_exhibit

    room = make_place(f"Room {matter.number}", "room", acting_user=personas.owner)
    safe = make_place("Safe 2", "safe", acting_user=personas.owner, inside=room)
    made = receive_exhibit(
        matter,
        kind="phone",
        title="هاتف أسود، شاشة مكسورة",
        identifiers="IMEI 35 678901 234567 8",
        from_whom="فاطمة المصري",
        occurred_at="2026-03~",
        condition="screen cracked in the upper left corner",
        seal="AB-00123",
        storage=safe,
        photographs=[items["phone.jpg"]],
        acting_user=personas.colleague,
    )
    note_exhibit(made, Event("unsealed", purpose="to copy it"), acting_user=personas.owner)
    note_exhibit(made, Event("sealed", seal="AB-00124"), acting_user=personas.owner)
    return made


def furnish(
    matter: Matter, items: dict[str, Item], phone: PhysicalExhibit, personas: Personas
) -> dict[str, str]:
    """Something on each page; the pages by name."""
    from amparo.evidence.web.actions.disposal import propose_disposal
    from amparo.evidence.web.actions.exhibits import hand_over, receive_exhibit
    from amparo.evidence.web.actions.holds import place_hold, set_retention
    from amparo.evidence.web.actions.online import write_paper

    owner, colleague = personas.owner, personas.colleague
    receive_exhibit(matter, kind="notebook", title="Blue notebook", acting_user=owner)
    handed = hand_over(
        matter,
        [phone],
        to_name="Dr Ana Ruiz",
        to_organisation="Institute of Forensic Medicine",
        purpose="to read what was deleted",
        returns=True,
        acting_user=owner,
    )
    paper = write_paper(
        matter,
        "activity",
        {
            "activity": "search",
            "where": "Telegram",
            "query": "حاجز قلنديا 2026",
            "result": "three videos, one of them taken down within the hour",
        },
        acting_user=colleague,
        occurred_at="2026-05-03",
    )
    write_paper(
        matter,
        "collection",
        {
            "address": "https://example.org/watch?v=1",
            "captured_at": "2026-11-22T14:05:09+02:00",
            "clock": "time.example, 0.2 s behind",
            "collector": "C. Colleague",
            "tool": "browser 1.2",
            "captured": "page, source, video",
            "hash_at_capture": "0" * 64,
        },
        acting_user=colleague,
        item=items["letter.txt"],
    )
    set_retention(matter, "own", months=60, source="our policy of 2025", acting_user=owner)
    place_hold(matter, reason="the appeal is pending", items=[items["note.txt"]], acting_user=owner)
    asked = propose_disposal(
        matter,
        [items["letter.txt"]],
        ground="danger",
        reason="it names the informant",
        acting_user=colleague,
    )
    place = f"/matters/{matter.pk}"
    return {
        "exhibits": f"{place}/exhibits/",
        "take": f"{place}/exhibits/add/",
        "exhibit": f"/exhibits/{phone.pk}/",
        "transfer": f"/transfers/{handed.pk}/",
        "hand": f"{place}/transfers/new/",
        "places": "/storage/",
        "online": f"{place}/online/",
        "write": f"{place}/online/threats/write/",
        "paper": f"{place}/online/{paper.thread}/",
        "keeping": f"{place}/keeping/",
        "disposal": f"{place}/disposals/{asked.pk}/",
        "custody": f"{place}/custody/",
        "item": f"/items/{items['letter.txt'].pk}/",
        "verification": "/verification/",
    }


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
def test_every_page_of_custody_is_sound(
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    items: dict[str, Item],
    phone: PhysicalExhibit,
) -> None:
    pages = furnish(matter, items, phone, personas)
    for name, path in pages.items():
        visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
        visit.go(path)
        if folder := os.environ.get("AMPARO_PICTURES"):
            picture = Path(folder, f"{name}-{width}.png")
            visit.page.screenshot(path=picture, full_page=True)
        assert visit.overflow() == 0, name
        assert visit.complaints == [], name
        assert visit.axe() == "", name
    for each in workbench.visits:
        each.complaints.clear()  # of axe, which sets styles of its own and is heard late


def test_two_people_dispose_of_a_file_with_the_mouse(
    workbench: Workbench, personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    first = workbench.visit(personas.colleague)
    page = first.go(f"/matters/{matter.pk}/evidence/")
    page.get_by_label("Select letter.txt").check()
    page.locator(".bulk summary", has_text="More").click()
    page.get_by_role("button", name="Propose disposal").click()
    page.get_by_label("Ground").select_option("mistake")
    page.get_by_label("Reason").fill("it belongs to another case")
    with page.expect_navigation():
        page.get_by_role("button", name="Propose", exact=True).click()
    page.get_by_text("Another person decides.").first.wait_for()
    address = page.url
    expect(page.get_by_role("button", name="Approve and destroy")).to_have_count(0)
    second = workbench.visit(personas.owner)
    page = second.go(address.removeprefix(workbench.address))
    page.get_by_role("button", name="Approve and destroy").click()
    page.get_by_text("It is decided, and being carried out.").wait_for()
    work_off()
    page.reload()
    page.get_by_text("1 file is destroyed").wait_for()
    page = first.go(f"/items/{items['letter.txt'].pk}/")
    page.get_by_text("This file was disposed of.").wait_for()
