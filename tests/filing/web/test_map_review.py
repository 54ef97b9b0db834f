"""Maps of unknown editions: proposed, decided field by field, and filled with what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.room import reading_room
from amparo.filing.forms.proposing.review import Word
from amparo.filing.forms.reading import read_form
from amparo.filing.forms.told import form_as_data
from amparo.filing.web.actions import Said, prepare_form, propose_map, say_of_field, set_answers
from amparo.filing.web.models import FieldWord, FormMapReview, OfficialForm
from amparo.filing.web.queries.reviews import map_page, reviewed
from tests.filing.forms import builders
from tests.filing.web.test_forms import browser, kept

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

NAME, MALE = "1:Name[0]", "1:Sex[0]"


@pytest.fixture
def form(matter: Matter, personas: Personas) -> OfficialForm:
    """A form of an edition that nobody has mapped."""
    blank = builders.form()
    return OfficialForm.objects.create(
        matter=matter,
        name="X-100",
        edition="01/20/25",
        blank=kept(blank),
        read=form_as_data(read_form(blank)),
        made_by=personas.colleague,
        made_at=timezone.now(),
    )


def proposed(form: OfficialForm, personas: Personas) -> FormMapReview:
    return propose_map(form, acting_user=personas.colleague, room=reading_room(), safe=open_safe())


def yes(question: str, **more: str) -> Word:
    return Word("yes", questions=question, **more)


def test_a_map_is_proposed_once_and_nothing_of_it_is_used(
    form: OfficialForm, personas: Personas
) -> None:
    review = proposed(form, personas)
    assert proposed(form, personas) == review
    assert AuditEntry.objects.filter(action="propose a map").count() == 1
    assert not any(asked.confirmed for asked in reviewed(review).fields.values())
    said = {"applicant.name.family": Said(("Rivera",))}
    set_answers(form.matter, said, acting_user=personas.colleague)
    made = prepare_form(form, acting_user=personas.colleague, room=reading_room(), safe=open_safe())
    assert not [line for line in made.facts["fields"] if line["drawn"]]


def test_a_field_that_got_a_yes_is_filled_and_the_others_wait(
    form: OfficialForm, personas: Personas
) -> None:
    proposed(form, personas)
    say_of_field(form, NAME, yes("applicant.name.family"), acting_user=personas.colleague)
    said = {"applicant.name.family": Said(("Rivera",)), "applicant.sex": Said(("male",))}
    set_answers(form.matter, said, acting_user=personas.colleague)
    made = prepare_form(form, acting_user=personas.colleague, room=reading_room(), safe=open_safe())
    lines = {line["field"]: line for line in made.facts["fields"]}
    assert (lines[NAME]["drawn"], lines[NAME]["verified"]) == ("Rivera", True)
    assert lines[MALE]["status"] in ("empty", "left")
    assert made.object is not None


def test_the_latest_word_counts_and_all_stay_written(
    form: OfficialForm, personas: Personas
) -> None:
    review = proposed(form, personas)
    for word in (yes("applicant.name.given"), Word("hand"), yes("applicant.name.family")):
        say_of_field(form, NAME, word, acting_user=personas.colleague)
    assert reviewed(review).fields[NAME].questions == ("applicant.name.family",)
    assert [word.verdict for word in review.words.all()] == ["yes", "hand", "yes"]
    say_of_field(form, NAME, Word("wait"), acting_user=personas.colleague)
    assert not reviewed(review).fields[NAME].confirmed


@pytest.mark.parametrize(
    ("key", "word"),
    [
        (NAME, Word("yes")),
        (NAME, Word("maybe", questions="applicant.name.family")),
        (NAME, Word("yes", questions="Family Name")),
        (NAME, Word("yes", questions="applicant.name.family", format="roman")),
        (MALE, Word("yes", questions="applicant.sex")),
        ("9:Nothing", Word("hand")),
    ],
)
def test_a_word_that_says_nothing_sound_is_refused(
    key: str, word: Word, form: OfficialForm, personas: Personas
) -> None:
    proposed(form, personas)
    with pytest.raises(UsageError):
        say_of_field(form, key, word, acting_user=personas.colleague)
    assert not FieldWord.objects.exists()


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_only_who_produces_filings_reviews(
    who: str, form: OfficialForm, personas: Personas
) -> None:
    proposed(form, personas)
    with pytest.raises(AccessDenied):
        say_of_field(form, NAME, Word("hand"), acting_user=getattr(personas, who))


def test_the_page_lays_each_field_over_the_picture_and_takes_a_word(
    form: OfficialForm, personas: Personas
) -> None:
    client = browser(personas, "colleague")
    page = client.post(f"/forms/{form.pk}/map/propose/")["Location"]
    text = client.get(page).content.decode()
    assert text.count('class="map-box map-box--wait"') == 12
    assert "Enter Family Name" in text
    given = {
        "key": NAME,
        "page": "1",
        "verdict": "yes",
        "ask": "applicant.name.family",
        "as": "text",
    }
    answer = client.post(f"/forms/{form.pk}/map/field/", given, headers={"HX-Request": "true"})
    line = answer.content.decode()
    assert 'data-state="yes"' in line
    assert "11 of 12 fields wait" in line
    assert 'hx-swap-oob="true"' in line
    moved = client.post(f"/forms/{form.pk}/map/field/", given)
    assert moved.status_code == 302
    assert "#f-" in moved["Location"]
    used = client.post(f"/forms/{form.pk}/map/use/")["Location"]
    assert "applicant.name.family" in client.get(used).content.decode()


def test_a_word_that_is_refused_is_told_in_its_line(form: OfficialForm, personas: Personas) -> None:
    proposed(form, personas)
    client: Client = browser(personas, "colleague")
    given = {"key": NAME, "page": "1", "verdict": "yes", "ask": ""}
    address = f"/forms/{form.pk}/map/field/"
    answer = client.post(address, given, headers={"HX-Request": "true"})
    assert "Say which question the field asks" in answer.content.decode()
    assert client.post(address, given).status_code == 422


def test_a_form_of_the_same_fields_in_another_matter_brings_the_reviewed_map(
    form: OfficialForm, personas: Personas
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    proposed(form, personas)
    say_of_field(form, NAME, yes("applicant.name.family"), acting_user=personas.colleague)
    file = SimpleUploadedFile("x.pdf", builders.form(), content_type="application/pdf")
    client = browser(personas, "colleague")
    client.post(f"/matters/{form.matter_id}/forms/bring/", {"blank": file})
    newest = OfficialForm.objects.first()
    assert newest is not None
    assert newest.read["map"]["reviewed"].startswith("1 of 12 fields looked at")
    page = map_page(newest, 1)
    assert page is not None
    assert page.waiting == 11
