"""Intake in a real browser: sound pages in two directions, questions that open as one answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, holding_back
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.interviews.web.models import Interview
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]
PAGES = {
    "overview": "/matters/{matter}/intake/",
    "begin": "/matters/{matter}/intake/begin/asylum/",
    "person": "/interviews/{interview}/person/",
    "children": "/interviews/{interview}/children/?more=children",
    "answers": "/matters/{matter}/intake/answers/",
    "answer": "/matters/{matter}/intake/answers/spouse.marriage.date/",
    "screen": "/matters/{matter}/intake/screens/asylum/",
}


@pytest.fixture
def interview(matter: Matter, personas: Personas) -> Interview:
    from amparo.interviews.web.actions import Said, keep_answers, open_interview

    made = open_interview(
        matter, "intake", who="أمل تلمارين", language="ar", acting_user=personas.owner
    )
    for day in ("2023-10-12", "2023-10-21"):
        answers = {
            "spouse.marriage.date": Said((day,)),
            "children.any": Said(("yes",)),
            "children.1.name.given": Said(("يوسف",)),
            "children.1.birth.date": Said(("2999",)),
            "safe.contact.how": Said(("By message only.",)),
            "asylum.past_harm": Said(("yes",)),
        }
        keep_answers(matter, answers, interview=made, acting_user=personas.owner)
    return made


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    interview: Interview,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(PAGES[name].format(matter=matter.pk, interview=interview.pk))
    assert visit.page.locator("h1").count() == 1
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_questions_open_as_one_answers(
    workbench: Workbench, personas: Personas, interview: Interview
) -> None:
    from amparo.interviews.web.queries import given_answers

    visit = workbench.visit(personas.colleague)
    page = visit.go(f"/interviews/{interview.pk}/children/")
    page.get_by_label("Given name").fill("Yusuf")
    page.get_by_role("group", name="In the United States now?").get_by_text(
        "No", exact=True
    ).click()
    page.get_by_label("Where does this person live?").fill("Sorvin")
    assert page.get_by_label("Given name").input_value() == "Yusuf"
    assert page.locator(":focus").count() == 1
    page.get_by_role("button", name="Keep and go on").click()
    page.wait_for_url("**/parents/")
    kept = given_answers(interview.matter)
    assert kept["children.1.location"].text == "Sorvin"
    assert kept["children.1.name.given"].text == "Yusuf"


def test_what_is_typed_while_questions_open_stays(
    workbench: Workbench, personas: Personas, interview: Interview
) -> None:
    page = workbench.visit(personas.colleague).go(f"/interviews/{interview.pk}/children/")
    group = page.get_by_role("group", name="In the United States now?")
    with holding_back(page, "**/children/") as held:
        group.get_by_text("No", exact=True).click()
    page.get_by_label("Given name").fill("Yusuf Amin")
    held[0].continue_()
    expect(page.get_by_label("Where does this person live?")).to_be_visible()
    expect(page.get_by_label("Given name")).to_have_value("Yusuf Amin")
    expect(page.get_by_label("Given name")).to_be_focused()


def test_it_works_without_scripts(
    workbench: Workbench, personas: Personas, interview: Interview
) -> None:
    page = workbench.visit(personas.colleague, scripts=False).go(
        f"/interviews/{interview.pk}/children/"
    )
    page.get_by_role("button", name="Keep, and add another").click()
    page.wait_for_url("**/children/?more=children*")
    expect(page.get_by_role("heading", name="Child 2")).to_have_count(1)
