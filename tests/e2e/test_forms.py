"""Official forms in a real browser: the list, the questions, and every field with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.e2e.workbench import Workbench
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.filing.web.models import PreparedForm
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
    from amparo.filing.forms.production import read_form
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
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_load_state()
    assert page.input_value("[name='a:applicant.name.family']") == "Rivera"
