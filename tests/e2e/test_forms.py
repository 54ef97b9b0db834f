"""Official forms in a real browser: the list, the questions, and every field with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, holding_back, settled
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.filing.web.models import OfficialForm, PreparedForm
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("en", "dark", "phone"), ("ar", "light", "desk")]
LOOKS += [("ar", "dark", "phone")]
ANSWERS = {
    "applicant.name.family": {
        "value": "الخطيب",
        "source": {
            "item": "00000000-0000-0000-0000-000000000001",
            "name": "a birth certificate with a long name.pdf",
            "page": 2,
            "quote": "الاسم: ليلى الخطيب",
        },
    },
    "applicant.sex": "female",
    "applicant.home.street": "Avenida de los Insurgentes Sur 1602, Crédito Constructor",
}


@pytest.fixture
def prepared(matter: Matter, personas: Personas) -> PreparedForm:
    """A form that was filled once, with a source, an overflow and a tick."""
    from amparo.filing.forms.reading import read_form
    from amparo.filing.forms.told import filled_as_data, form_as_data
    from amparo.filing.web.models import OfficialForm, PreparedForm
    from tests.filing.forms import builders
    from tests.filing.web.test_forms import kept

    blank, made = builders.form(), builders.filled(ANSWERS)
    form = OfficialForm.objects.create(
        matter=matter,
        name="X-100",
        edition="01/20/25",
        title="Application for a thing that takes a long title to say what it is",
        blank=kept(blank),
        read=form_as_data(read_form(blank, builders.own_map(blank))),
        made_by=personas.owner,
        made_at=timezone.now(),
    )
    return PreparedForm.objects.create(
        form=form,
        number=1,
        facts=filled_as_data(made),
        object=kept(made.data),
        by=personas.owner,
        at=timezone.now(),
    )


@pytest.fixture
def unknown(matter: Matter, personas: Personas) -> OfficialForm:
    """A form of an edition that nobody has mapped, with a proposal."""
    from amparo.evidence.web.safes import open_safe
    from amparo.extract.web.room import reading_room
    from amparo.filing.forms.reading import read_form
    from amparo.filing.forms.told import form_as_data
    from amparo.filing.web.actions import propose_map
    from amparo.filing.web.models import OfficialForm
    from tests.filing.forms import builders
    from tests.filing.web.test_forms import kept

    blank = builders.form()
    form = OfficialForm.objects.create(
        matter=matter,
        name="X-100",
        edition="01/20/25",
        blank=kept(blank),
        read=form_as_data(read_form(blank)),
        made_by=personas.owner,
        made_at=timezone.now(),
    )
    propose_map(form, acting_user=personas.owner, room=reading_room(), safe=open_safe())
    return form


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", ["list", "questions", "fields"])
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    prepared: PreparedForm,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    page = visit.go(
        {
            "list": f"/matters/{matter.pk}/forms/",
            "questions": f"/forms/{prepared.form_id}/",
            "fields": f"/forms/filled/{prepared.pk}/",
        }[name]
    )
    assert page.locator("main h1").count() == 1 or name == "list"
    assert visit.overflow() <= 0
    assert visit.axe() == ""


def test_a_field_leads_to_the_page_that_its_answer_rests_on(
    workbench: Workbench, personas: Personas, prepared: PreparedForm
) -> None:
    page = workbench.visit(personas.owner).go(f"/forms/filled/{prepared.pk}/")
    link = page.get_by_role("link", name="a birth certificate with a long name.pdf, page 2")
    assert (link.get_attribute("href") or "").endswith("?page=2")
    assert page.get_by_text("Continued elsewhere").count() == 1


def test_answers_are_typed_and_kept(
    workbench: Workbench, personas: Personas, prepared: PreparedForm
) -> None:
    page = workbench.visit(personas.owner).go(f"/forms/{prepared.form_id}/")
    page.fill("[name='a:applicant.name.family']", "Rivera")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("[name='a:applicant.name.family']")).to_have_value("Rivera")


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
def test_the_review_of_a_map_is_sound(
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    unknown: OfficialForm,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    page = visit.go(f"/forms/{unknown.pk}/map/")
    expect(page.locator(".map-box")).to_have_count(12)
    expect(page.locator(".map-box.is-here")).to_have_count(1)
    assert visit.overflow() <= 0
    assert visit.axe() == ""


def test_a_map_is_reviewed_with_the_keyboard_alone(
    workbench: Workbench, personas: Personas, unknown: OfficialForm
) -> None:
    page = workbench.visit(personas.owner).go(f"/forms/{unknown.pk}/map/")
    lines = page.locator("[data-field]")
    expect(lines.first).to_have_attribute("data-state", "wait")
    page.keyboard.press("e")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("applicant.name.family")
    page.keyboard.press("Enter")
    expect(lines.nth(0)).to_have_attribute("data-state", "yes")
    expect(page.get_by_text("11 of 12 fields wait")).to_be_visible()
    expect(lines.nth(1).locator("[data-open]")).to_be_focused()
    page.keyboard.press("h")
    expect(lines.nth(1)).to_have_attribute("data-state", "hand")
    expect(page.get_by_text("10 of 12 fields wait")).to_be_visible()
    expect(lines.nth(2).locator("[data-open]")).to_be_focused()
    expect(page.locator(".map-box--wait")).to_have_count(10)
    page.keyboard.press("u")
    page.wait_for_url(f"**/forms/{unknown.pk}/")
    expect(page.get_by_text("applicant.name.family")).to_have_count(1)


def test_who_writes_in_another_line_is_not_sent_on(
    workbench: Workbench, personas: Personas, unknown: OfficialForm
) -> None:
    page = workbench.visit(personas.owner).go(f"/forms/{unknown.pk}/map/")
    lines = page.locator("[data-field]")
    with holding_back(page, "**/map/field/") as held:
        lines.first.get_by_role("button", name="A person fills it in").click()
    question = lines.nth(4).get_by_label("Question")
    question.fill("applicant.")
    held[0].continue_()
    expect(lines.first).to_have_attribute("data-state", "hand")
    settled(page)
    expect(question).to_be_focused()
    answered = lines.first.get_attribute("id")
    expect(page.locator(f".map-box--hand[data-for='{answered}']")).to_have_count(1)
