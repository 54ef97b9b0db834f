"""The pages about official forms, with every persona."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import LedgerEntry, StoredObject
from amparo.evidence.web.safes import open_safe
from amparo.filing.forms.reading import read_form
from amparo.filing.forms.told import filled_as_data, form_as_data
from amparo.filing.web.actions import Said, set_answers
from amparo.filing.web.models import FormAnswer, OfficialForm, PreparedForm
from amparo.filing.web.queries.answers import answers_told
from amparo.interviews.web.actions import Said as InterviewSaid
from amparo.interviews.web.actions import keep_answers, open_interview
from amparo.interviews.web.models import GivenAnswer
from tests.filing.forms import builders

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")
SEE = {"owner", "colleague", "interpreter", "auditor"}
MAKE = {"owner", "colleague"}
REVIEW = {"owner"}
SOURCE = {
    "item": "00000000-0000-0000-0000-000000000001",
    "name": "birth certificate.pdf",
    "page": 2,
}


def kept(data: bytes) -> StoredObject:
    sealed = seal_bytes(data, open_safe(), name="form.pdf")
    return keep_object(sealed, now=timezone.now())


@pytest.fixture
def form(matter: Matter, personas: Personas) -> OfficialForm:
    blank = builders.form()
    read = form_as_data(read_form(blank, builders.own_map(blank)))
    return OfficialForm.objects.create(
        matter=matter,
        name="X-100",
        edition="01/20/25",
        title="A form",
        blank=kept(blank),
        read=read,
        made_by=personas.colleague,
        made_at=timezone.now(),
    )


@pytest.fixture
def prepared(form: OfficialForm, personas: Personas) -> PreparedForm:
    made = builders.filled({"applicant.name.family": {"value": "Rivera", "source": SOURCE}})
    return PreparedForm.objects.create(
        form=form,
        number=1,
        facts=filled_as_data(made),
        object=kept(made.data),
        by=personas.colleague,
        at=timezone.now(),
    )


def browser(personas: Personas, who: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, who))
    return client


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/matters/{matter}/forms/", SEE),
        ("/forms/{form}/", MAKE),
        ("/forms/filled/{prepared}/", SEE),
        ("/forms/filled/{prepared}/page/1.webp", SEE),
    ],
)
def test_who_sees_which_page(
    path: str, allowed: set[str], personas: Personas, matter: Matter, prepared: PreparedForm
) -> None:
    address = path.format(matter=matter.pk, form=prepared.form_id, prepared=prepared.pk)
    for who in EVERYONE:
        status = browser(personas, who).get(address).status_code
        expected = 200 if who in allowed else 403 if who in SEE else 404
        assert (who, status) == (who, expected)


@pytest.mark.parametrize("who", EVERYONE)
def test_only_an_attorney_approves(who: str, personas: Personas, prepared: PreparedForm) -> None:
    status = browser(personas, who).post(f"/forms/filled/{prepared.pk}/approve/").status_code
    assert status == (302 if who in REVIEW else 403 if who in SEE else 404)
    prepared.refresh_from_db()
    assert bool(prepared.approved_at) == (who in REVIEW)
    assert LedgerEntry.objects.filter(kind="form approved").exists() == (who in REVIEW)


def test_answers_are_kept_once_for_all_forms_and_taken_out_when_empty(
    personas: Personas, form: OfficialForm
) -> None:
    client = browser(personas, "colleague")
    given = {"on:applicant.name.family": "1", "a:applicant.name.family": " Rivera "}
    client.post(f"/forms/{form.pk}/", given | {"on:applicant.sex": "1", "a:applicant.sex": "male"})
    assert {each: told["value"] for each, told in answers_told(form.matter).items()} == {
        "applicant.name.family": "Rivera",
        "applicant.sex": "male",
    }
    assert 'value="Rivera"' in client.get(f"/forms/{form.pk}/").content.decode()
    client.post(f"/forms/{form.pk}/", {"on:applicant.sex": "1"})
    assert list(answers_told(form.matter)) == ["applicant.name.family"]
    assert AuditEntry.objects.filter(action="keep answers").count() == 2


def test_an_answer_that_did_not_change_is_not_written_again(
    personas: Personas, matter: Matter
) -> None:
    said = {"applicant.sex": Said(("male",))}
    assert set_answers(matter, said, acting_user=personas.colleague) == 1
    assert set_answers(matter, said, acting_user=personas.colleague) == 0


@pytest.mark.parametrize("who", ["interpreter", "auditor", "administrator", "stranger"])
def test_who_may_not_produce_does_not_answer(who: str, personas: Personas, matter: Matter) -> None:
    acting: User = getattr(personas, who)
    with pytest.raises(AccessDenied):
        set_answers(matter, {"applicant.sex": Said(("male",))}, acting_user=acting)
    assert not GivenAnswer.objects.exists()


def test_what_was_said_in_an_interview_is_answered_on_every_form(
    personas: Personas, form: OfficialForm
) -> None:
    held = open_interview(
        form.matter, "intake", who="Leïla", held_on="2026-11-20", acting_user=personas.owner
    )
    said = {"applicant.name.family": InterviewSaid(("Al-Khatib",))}
    keep_answers(form.matter, said, interview=held, acting_user=personas.owner)
    text = browser(personas, "colleague").get(f"/forms/{form.pk}/").content.decode()
    assert 'value="Al-Khatib"' in text
    assert "Said by Leïla" in text
    assert "2026-11-20" in text


def test_what_follows_from_answers_is_shown_and_not_written_again(
    personas: Personas, form: OfficialForm
) -> None:
    given = {"applicant.mailing_is_home": "yes", "applicant.home.street": "1 Main Street"}
    said = {question: InterviewSaid((value,)) for question, value in given.items()}
    keep_answers(form.matter, said, acting_user=personas.owner)
    told = answers_told(form.matter)["applicant.mailing.street"]
    assert told["value"] == "1 Main Street"
    assert told["source"]["follows"]
    same = {"applicant.mailing.street": Said(("1 Main Street",))}
    assert set_answers(form.matter, same, acting_user=personas.owner) == 0


def test_a_safe_address_is_kept_apart_with_who_decided_it(
    personas: Personas, matter: Matter
) -> None:
    question = "applicant.safe.street"
    undecided = {question: Said(("PO Box 7",), apart=True)}
    assert set_answers(matter, undecided, acting_user=personas.colleague) == 1
    assert "confirmed_by" not in answers_told(matter)[question]
    decided = {question: Said(("PO Box 7",), apart=True, decided=True)}
    set_answers(matter, decided, acting_user=personas.colleague)
    assert answers_told(matter)[question]["confirmed_by"] == str(personas.colleague)
    assert FormAnswer.objects.count() == 1
    assert not GivenAnswer.objects.exists()
    assert set_answers(matter, {question: Said((), apart=True)}, acting_user=personas.owner) == 1
    assert not FormAnswer.objects.exists()


def test_every_field_shows_where_its_answer_comes_from(
    personas: Personas, prepared: PreparedForm
) -> None:
    text = browser(personas, "colleague").get(f"/forms/filled/{prepared.pk}/").content.decode()
    assert "birth certificate.pdf" in text
    assert f"{SOURCE['item']}/?page=2" in text
    assert "All of it holds" in text


def test_a_form_that_did_not_pass_offers_no_file(personas: Personas, form: OfficialForm) -> None:
    made = builders.filled({"applicant.birth.date": "2023-02-29"})
    row = PreparedForm.objects.create(
        form=form,
        number=1,
        facts=filled_as_data(made),
        by=personas.colleague,
        at=timezone.now(),
    )
    client = browser(personas, "owner")
    text = client.get(f"/forms/filled/{row.pk}/").content.decode()
    assert "does not hold" in text
    assert "/file/" not in text
    assert client.get(f"/forms/filled/{row.pk}/file/").status_code in (302, 400, 409, 422)
    assert client.post(f"/forms/filled/{row.pk}/approve/").status_code in (400, 409, 422)


def test_a_form_is_brought_and_read(personas: Personas, matter: Matter) -> None:
    client = browser(personas, "colleague")
    file = SimpleUploadedFile("x.pdf", builders.form(), content_type="application/pdf")
    opened = client.post(f"/matters/{matter.pk}/forms/bring/", {"blank": file})
    assert opened.status_code == 302
    assert "This edition has no field map" in client.get(opened["Location"]).content.decode()
    assert OfficialForm.objects.get().name == "X-100"


def test_what_is_no_form_is_told_in_a_sentence(personas: Personas, matter: Matter) -> None:
    file = SimpleUploadedFile("x.pdf", b"GIF89a", content_type="application/pdf")
    answer = browser(personas, "colleague").post(
        f"/matters/{matter.pk}/forms/bring/", {"blank": file}
    )
    assert answer.status_code == 422
    assert "not a PDF" in answer.content.decode()


@pytest.mark.shared_data
def test_an_appearance_is_answered_filled_verified_approved_and_taken_away(
    personas: Personas, matter: Matter, shared_data: Path
) -> None:
    client = browser(personas, "owner")
    blank = (shared_data / "forms" / "g-28__formtracker.pdf").read_bytes()
    file = SimpleUploadedFile("g-28.pdf", blank, content_type="application/pdf")
    page = client.post(f"/matters/{matter.pk}/forms/bring/", {"blank": file})["Location"]
    answers = {"attorney.name.family": "Okafor", "applicant.name.family": "الخطيب"}
    given = {f"a:{key}": value for key, value in answers.items()}
    given |= {f"on:{key}": "1" for key in answers}
    filled = client.post(page, given | {"fill": "yes"})["Location"]
    made = PreparedForm.objects.get()
    assert made.object is not None
    assert made.entry is not None
    assert "الخطيب" in client.get(filled).content.decode()
    assert client.get(f"{filled}page/2.webp")["Content-Type"] == "image/webp"
    client.post(f"{filled}approve/")
    answer = client.get(f"{filled}file/")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="G-28-1.pdf"'
    assert data.startswith(b"%PDF-")
