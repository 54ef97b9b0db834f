"""Screening in a browser: lists, who is asked, the hits, a ruling; on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.workbench import Workbench
from tests.linkage.screening.lists import OFAC, OWNERS
from tests.personas import Personas
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.linkage.web.models import ScreeningResult

LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]


@pytest.fixture(scope="module")
def result(personas: Personas) -> ScreeningResult:
    """A screening of two parties against a list and a table of owners."""
    from amparo.evidence.web.safes import open_safe
    from amparo.extract.web.room import reading_room
    from amparo.linkage.web.actions.screening import ask_for_screening, asked_of, bring_list
    from amparo.linkage.web.models import ScreeningResult
    from amparo.matters.web.actions import add_party, open_matter
    from tests.extract.web.builders import item_of

    matter = open_matter("Korvana v. State", acting_user=personas.owner)
    for name, role in (("Omar Haddad", "client"), ("Lina Saleh", "family")):
        add_party(matter, acting_user=personas.owner, name=name, role=role)
    made = bring_list(
        OFAC.encode(),
        "sdn.xml",
        acting_user=personas.administrator,
        room=reading_room(),
        safe=open_safe(),
    )
    owners = item_of(matter, OWNERS.encode(), "owners.csv")
    asked = [
        asked_of(each.name, party=str(each.pk), born="1990", countries=["SY"])
        for each in matter.parties.all()
    ]
    screening = ask_for_screening(matter, asked, [made, owners], acting_user=personas.owner)
    work_off()
    return ScreeningResult.objects.get(screening=screening)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", ["lists", "ask", "screened", "hit"])
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    result: ScreeningResult,
) -> None:
    who = personas.administrator if name == "lists" else personas.owner
    visit = workbench.visit(who, language=language, theme=theme, width=width)
    hit = result.screening.hits.all()[0]
    visit.go(
        {
            "lists": "/lists/",
            "ask": f"/matters/{result.screening.matter_id}/screening/",
            "screened": f"/screenings/{result.pk}/",
            "hit": f"/screenings/hits/{hit.pk}/",
        }[name]
    )
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_a_hit_is_ruled_by_keyboard(
    workbench: Workbench, personas: Personas, result: ScreeningResult
) -> None:
    page = workbench.visit(personas.owner).go(f"/screenings/{result.pk}/")
    page.get_by_role("link", name="may be HADDAD, Umar").first.press("Enter")
    page.get_by_text("The dates of birth differ").wait_for()
    page.get_by_label("Not the same").press("Space")
    page.get_by_label("Why").fill("Nineteen years younger.")
    page.get_by_role("button", name="Rule").press("Enter")
    page.get_by_text("The ruling is kept.").wait_for()
