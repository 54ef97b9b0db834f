"""The pages of intake: asked, kept, branching, printed, screened; for those who may."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry
from amparo.extract.web.models import Pinpoint
from amparo.interviews.web.actions import Said, keep_answers, open_interview
from amparo.interviews.web.models import Interview, Judgement
from amparo.interviews.web.queries import answers_of, given_answers, history_of
from amparo.matters.web.actions import add_party, seal_party
from tests.evidence.web.workspaces import add_files

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

STORY = "<script>alert(1)</script> ‏حكاية"


@pytest.fixture
def interview(matter: Matter, personas: Personas) -> Interview:
    return open_interview(
        matter,
        "intake",
        who="Amal",
        language="ar",
        held_on="2026-09-02",
        acting_user=personas.colleague,
    )


def browser(personas: Personas, who: str = "colleague") -> Client:
    client = Client()
    client.force_login(getattr(personas, who))
    return client


def section(interview: Interview, name: str) -> str:
    return reverse("interviews:section", args=[interview.pk, name])


def typed(**answers: str) -> dict[str, list[str] | str]:
    names = [name.replace("__", ".") for name in answers]
    said = {f"a:{name.replace('__', '.')}": value for name, value in answers.items()}
    return {"on": names, **said}


def test_a_conversation_begins_with_who_and_when(matter: Matter, personas: Personas) -> None:
    add_party(matter, acting_user=personas.owner, name="Amal Talmarin", role="client")
    url = reverse("interviews:begin", args=[matter.pk, "asylum"])
    client = browser(personas)
    assert b"Amal Talmarin" in client.get(url).content
    wrong = client.post(
        url, {"who": "Amal", "language": "ar", "way": "screen", "held_on": "1/2/20"}
    )
    assert wrong.status_code == 422
    client.post(url, {"who": "Amal", "language": "ar", "way": "screen", "held_on": "2 May 2026"})
    made = matter.interviews.get()
    assert (made.held_on, made.language, made.questionnaire) == ("2026-05-02", "ar", "asylum")
    assert AuditEntry.objects.filter(action="begin interview", matter_id=matter.pk).exists()


def test_a_section_asks_in_both_languages(interview: Interview, personas: Personas) -> None:
    page = browser(personas).get(section(interview, "person")).content.decode()
    assert "Whole name in your own script" in page
    assert "الاسم الكامل بكتابتك" in page


def test_what_is_typed_is_kept_and_leads_on(interview: Interview, personas: Personas) -> None:
    data = typed(applicant__name__family="Talmarin", applicant__birth__date="May 1992")
    answer = browser(personas).post(section(interview, "person"), data)
    assert answer.url == section(interview, "safety")
    kept = given_answers(interview.matter)
    assert kept["applicant.birth.date"].text == "1992-05"
    source = kept["applicant.birth.date"].source
    assert source is not None
    assert (source.who, source.when, source.questionnaire) == ("Amal", "2026-09-02", "intake")


def test_what_cannot_be_understood_keeps_nothing(interview: Interview, personas: Personas) -> None:
    data = typed(applicant__name__family="Talmarin", applicant__birth__date="3/4/1992")
    answer = browser(personas).post(section(interview, "person"), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="3/4/1992"' in page
    assert 'value="Talmarin"' in page
    assert 'aria-invalid="true"' in page
    assert given_answers(interview.matter) == {}


def test_an_answer_opens_what_depends_on_it(interview: Interview, personas: Personas) -> None:
    client, url = browser(personas), section(interview, "children")
    assert b"children.1.name.given" not in client.get(url).content
    looked = client.post(url, typed(children__any="yes"), headers={"hx-request": "true"})
    assert b'name="a:children.1.name.given"' in looked.content
    assert given_answers(interview.matter) == {}
    kept = client.post(url, typed(children__any="yes"))
    assert kept.url == url
    assert b"children.1.name.given" in client.get(url).content


def test_another_member_can_be_added(interview: Interview, personas: Personas) -> None:
    client, url = browser(personas), section(interview, "children")
    data = typed(children__any="yes", children__1__name__given="Yusuf")
    answer = client.post(url, {**data, "more": "children"})
    assert answer.url.startswith(f"{url}?more=children")
    assert b"children.2.name.given" in client.get(answer.url).content


def test_sections_in_which_nothing_is_asked_are_passed_over(
    interview: Interview, personas: Personas
) -> None:
    answer = browser(personas).post(
        section(interview, "entry"), typed(applicant__court_proceedings="never")
    )
    assert answer.url == section(interview, "children")


def test_questions_that_nobody_asked_are_not_kept(interview: Interview, personas: Personas) -> None:
    browser(personas).post(section(interview, "person"), typed(admin__password="x", a__b="y"))
    assert given_answers(interview.matter) == {}


def test_the_same_answer_keeps_its_passage(
    matter: Matter, interview: Interview, personas: Personas
) -> None:

    (item,) = add_files(matter, personas.owner, {"letter.txt": b"Amal"}).values()
    pinpoint = Pinpoint.objects.create(
        item=item, sha256="0" * 64, place_id="1", annotation={}, quote="Amal",
        made_by=personas.owner, made_at=timezone.now(),
    )  # fmt: skip
    url = reverse("interviews:say", args=[matter.pk, "applicant.name.given"])
    client = browser(personas)
    client.post(url, {"value": "Amal", "who": "the letter", "pinpoint": str(pinpoint.pk)})
    client.post(section(interview, "person"), typed(applicant__name__given="Amal"))
    source = answers_of(matter)["applicant.name.given"].source
    assert source is not None
    assert source.passage is not None
    assert source.passage.quote == "Amal"
    assert len(history_of(matter, "applicant.name.given")) == 1


def test_what_people_said_stays_text(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    asylum = open_interview(matter, "asylum", who="Amal", acting_user=personas.owner)
    data = typed(asylum__fear="yes", asylum__fear_story=STORY)
    client = browser(personas)
    client.post(section(asylum, "happened"), data)
    pages = (
        reverse("interviews:answers", args=[matter.pk]),
        reverse("interviews:answer", args=[matter.pk, "asylum.fear_story"]),
        reverse("interviews:screen", args=[matter.pk, "asylum"]),
        section(asylum, "happened"),
    )
    for url in pages:
        page = client.get(url).content.decode()
        assert "حكاية" in page
        assert "<script>alert" not in page


def test_the_overview_names_what_does_not_agree(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    for day in ("2023-10-12", "2023-10-21"):
        keep_answers(
            matter,
            {"spouse.marriage.date": Said((day,)), "children.2.birth.date": Said(("2999",))},
            interview=interview,
            acting_user=personas.colleague,
        )
    page = browser(personas).get(reverse("interviews:matter", args=[matter.pk])).content.decode()
    assert "It was answered differently before." in page
    assert "12 October 2023" in page
    assert "Child 2: The child’s birth lies in the future." in page
    overview = browser(personas).get(reverse("matters:matter", args=[matter.pk])).content.decode()
    assert "2 answers do not agree with others." in overview


def test_safe_contact_stands_on_the_page_of_the_team(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    data = typed(safe__contact__how="By message only")
    browser(personas).post(section(interview, "safety"), data)
    url = reverse("interviews:matter", args=[matter.pk])
    assert b"By message only" in browser(personas, "interpreter").get(url).content


@pytest.mark.parametrize("language", ["en", "ar", "uk"])
def test_a_questionnaire_is_printed(language: str, matter: Matter, personas: Personas) -> None:
    url = reverse("interviews:paper", args=[matter.pk, "work_permit"])
    answer = browser(personas).get(url, {"language": language, "beside": "en"})
    assert answer["Content-Type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(answer.content)) >= 1
    entry = AuditEntry.objects.get(action="print questionnaire")
    assert entry.details == {"questionnaire": "work_permit", "filled": False}


def test_answers_are_printed_only_for_who_may_take_them_away(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    url = reverse("interviews:paper", args=[matter.pk, "intake"])
    assert browser(personas).get(url, {"answers": "yes"}).status_code == 200
    assert browser(personas, "interpreter").get(url, {"answers": "yes"}).status_code == 403
    assert browser(personas).get(url, {"language": "tlh"}).status_code == 404


def test_an_attorney_decides_with_a_reason(matter: Matter, personas: Personas) -> None:
    url = reverse("interviews:judge", args=[matter.pk, "asylum"])
    data = {"criterion": "resettled", "verdict": "met", "reason": "Eight weeks in a shelter."}
    assert browser(personas).post(url, data).status_code == 403
    owner = browser(personas, "owner")
    assert owner.post(url, {**data, "reason": " "}).status_code == 422
    assert owner.post(url, {**data, "criterion": "horoscope"}).status_code == 422
    owner.post(url, data)
    word = Judgement.objects.get()
    assert (word.verdict, word.computed, word.by) == ("met", "not known", personas.owner)
    page = owner.get(reverse("interviews:screen", args=[matter.pk, "asylum"])).content.decode()
    assert "Eight weeks in a shelter." in page
    assert AuditEntry.objects.filter(action="judge a criterion").exists()


def test_a_judgement_says_when_its_answers_moved(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    url = reverse("interviews:screen", args=[matter.pk, "asylum"])
    owner, moved = browser(personas, "owner"), "have changed since this was decided"
    data = {"criterion": "resettled", "verdict": "met", "reason": "A shelter."}
    owner.post(reverse("interviews:judge", args=[matter.pk, "asylum"]), data)
    assert moved not in owner.get(url).content.decode()
    keep_answers(
        matter, {"asylum.status_elsewhere": Said(("yes",))}, who="Amal", acting_user=personas.owner
    )
    assert moved in owner.get(url).content.decode()


def test_a_judgement_can_be_taken_back(matter: Matter, personas: Personas) -> None:
    url = reverse("interviews:judge", args=[matter.pk, "asylum"])
    owner = browser(personas, "owner")
    owner.post(url, {"criterion": "resettled", "verdict": "met", "reason": "A shelter."})
    owner.post(url, {"criterion": "resettled", "verdict": "", "reason": "Not sure."})
    page = owner.get(reverse("interviews:screen", args=[matter.pk, "asylum"])).content.decode()
    assert "A shelter." not in page
    assert Judgement.objects.count() == 2


def test_a_finished_conversation_says_so(interview: Interview, personas: Personas) -> None:
    browser(personas).post(reverse("interviews:finish", args=[interview.pk]))
    interview.refresh_from_db()
    assert interview.finished_at is not None


def test_who_does_not_know_the_names_sees_no_answers(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    keep_answers(
        matter,
        {"applicant.name.given": Said(("Amaranta",))},
        interview=interview,
        acting_user=personas.owner,
    )
    party = add_party(matter, acting_user=personas.owner, name="Amaranta Q", role="client")
    seal_party(party, "Client 1", acting_user=personas.owner, known_to=[])
    unknowing = browser(personas)
    assert unknowing.get(reverse("interviews:matter", args=[matter.pk])).status_code == 403
    overview = unknowing.get(reverse("matters:matter", args=[matter.pk])).content.decode()
    assert "Amaranta" not in overview
    assert reverse("interviews:matter", args=[matter.pk]) not in overview


@pytest.mark.parametrize("path", ["begin/horoscope/", "screens/horoscope/", "answers/a.b/"])
def test_what_does_not_exist_is_not_found(path: str, matter: Matter, personas: Personas) -> None:
    url = f"{reverse('interviews:matter', args=[matter.pk])}{path}"
    assert browser(personas, "owner").get(url).status_code == 404


def test_an_old_page_takes_nothing_back(interview: Interview, personas: Personas) -> None:
    url = section(interview, "person")
    old = {
        **typed(applicant__religion="", applicant__ethnicity="Arab"),
        "was:applicant.religion": "",
    }
    browser(personas, "owner").post(url, typed(applicant__religion="Muslim"))
    browser(personas).post(url, old)
    kept = given_answers(interview.matter)
    assert kept["applicant.religion"].text == "Muslim"
    assert kept["applicant.ethnicity"].text == "Arab"


def test_lines_of_a_story_are_no_change(interview: Interview, personas: Personas) -> None:
    url, client = section(interview, "safety"), browser(personas)
    client.post(url, typed(safe__contact__how="one\r\n\r\ntwo"))
    again = {**typed(safe__contact__how="one\r\n\r\ntwo"), "was:safe.contact.how": "one\n\ntwo"}
    client.post(url, again)
    assert [row.values for row in history_of(interview.matter, "safe.contact.how")] == [
        ["one\n\ntwo"]
    ]


def test_not_knowing_is_an_answer(interview: Interview, personas: Personas) -> None:
    client, url = browser(personas), section(interview, "children")
    client.post(url, typed(children__any="yes", children__1__birth__date="لا أعرف"))
    page = client.get(url).content.decode()
    assert 'value="Does not know"' in page
    again = {
        **typed(children__1__birth__date="Does not know"),
        "was:children.1.birth.date": "unknown",
    }
    client.post(url, again)
    assert len(history_of(interview.matter, "children.1.birth.date")) == 1


def test_answers_are_a_table_to_take_away(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    answers = {"applicant.birth.date": Said(("1992-05",)), "applicant.religion": Said(("=1+1",))}
    keep_answers(matter, answers, interview=interview, acting_user=personas.owner)
    url = reverse("interviews:csv", args=[matter.pk])
    rows = list(csv.reader(io.StringIO(browser(personas).get(url).content.decode("utf-8-sig"))))
    assert rows[1][:4] == ["Your birth: Date of birth", "May 1992", "Amal", "2026-09-02"]
    assert rows[2][1] == "'=1+1"
    assert browser(personas, "interpreter").get(url).status_code == 403
    assert AuditEntry.objects.filter(action="export list of answers").count() == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "about May 1992"), ("ar", "حوالي أيار/مايو 1992"), ("fr", "vers mai 1992")],
)
def test_a_date_stands_in_its_field_as_people_write_it(
    language: str, words: str, interview: Interview, personas: Personas
) -> None:
    client, url = browser(personas), section(interview, "person")
    client.post(url, typed(applicant__birth__date="1992-05~"))
    client.cookies["amparo_language"] = language
    assert f'value="{words}"' in client.get(url).content.decode()
    client.post(
        url, {**typed(applicant__birth__date=words), "was:applicant.birth.date": "1992-05~"}
    )
    assert len(history_of(interview.matter, "applicant.birth.date")) == 1


def test_what_is_needed_and_missing_is_named(
    matter: Matter, interview: Interview, personas: Personas
) -> None:
    url, client = reverse("interviews:matter", args=[matter.pk]), browser(personas)
    assert "Your birth: Date of birth" not in client.get(url).content.decode()
    client.post(section(interview, "person"), typed(applicant__sex="female"))
    assert "Your birth: Date of birth" in client.get(url).content.decode()
