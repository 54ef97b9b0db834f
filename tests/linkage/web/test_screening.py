"""Screening of a matter: lists that are brought, hits, rulings, the memo, and who may what."""

from __future__ import annotations

import io
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.base.web.models import Job
from amparo.evidence.web.models import LedgerEntry
from amparo.linkage.web.actions.screening import rule_on_hit
from amparo.linkage.web.models import (
    BroughtList,
    Screening,
    ScreeningHit,
    ScreeningResult,
    ScreeningRuling,
)
from amparo.matters.web.actions import add_party, change_party, seal_party
from tests.extract.web.builders import item_of
from tests.linkage.screening.lists import EU, FTM, OFAC, OWNERS
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

pytestmark = pytest.mark.django_db

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")
SEE = {"owner", "colleague", "interpreter", "auditor"}


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def brought(
    personas: Personas, text: str = OFAC, name: str = "sdn.xml", **more: str
) -> BroughtList:
    file = SimpleUploadedFile(name, text.encode())
    answer = as_(personas, "administrator").post("/lists/", {"file": file, **more})
    assert answer.status_code == 302, unescape(answer.content.decode())
    return BroughtList.objects.order_by("-brought_at")[0]


def screened(personas: Personas, matter: Matter, *lists: str, **more: str) -> ScreeningResult:
    at, url = as_(personas, "owner"), f"/matters/{matter.pk}/screening/ask/"
    answer = at.post(url, {"lists": list(lists), **more})
    assert answer.status_code == 302, unescape(answer.content.decode())
    assert work_off()
    asked = Screening.objects.order_by("-asked_at")[0]
    assert hasattr(asked, "result"), Job.objects.get(pk=asked.job_id).error
    return asked.result


def page(personas: Personas, url: str, who: str = "owner") -> str:
    return unescape(as_(personas, who).get(url).content.decode())


@pytest.fixture
def haddad(personas: Personas, matter: Matter) -> Matter:
    add_party(
        matter,
        acting_user=personas.owner,
        name="Omar Haddad",
        original_name="عمر حداد",
        role="client",
    )
    return matter


@pytest.fixture
def result(personas: Personas, haddad: Matter) -> ScreeningResult:
    known = {f"born_{haddad.parties.get().pk}": "1990", f"country_{haddad.parties.get().pk}": "SY"}
    return screened(personas, haddad, f"list:{brought(personas).pk}", **known)


def test_a_list_is_kept_sealed_with_its_date_and_digest(personas: Personas) -> None:
    made = brought(personas)
    assert (made.dated, made.is_dated_by_list, made.entries) == ("2026-11-20", True, 2)
    assert len(made.object_id) == 64
    shown = page(personas, "/lists/", "administrator")
    assert made.object_id in shown
    assert "list of 2026-11-20" in shown
    assert AuditEntry.objects.filter(action="bring a list of names").exists()


def test_a_list_without_a_date_has_the_one_that_is_said(personas: Personas) -> None:
    made = brought(personas, "name\nOmar Haddad\n", "names.csv", dated="2026-10-01")
    assert (made.dated, made.is_dated_by_list) == ("2026-10-01", False)


@pytest.mark.parametrize("text", ["<!DOCTYPE a [<!ENTITY b 'c'>]><sdnList/>", "place\nHoms\n", ""])
def test_a_hostile_or_foreign_list_is_refused_with_the_reason(
    personas: Personas, text: str
) -> None:
    file = SimpleUploadedFile("sdn.xml", text.encode())
    answer = as_(personas, "administrator").post("/lists/", {"file": file})
    assert answer.status_code == 422
    assert not BroughtList.objects.exists()


def test_the_same_list_is_brought_once(personas: Personas) -> None:
    brought(personas)
    file = SimpleUploadedFile("again.xml", OFAC.encode())
    answer = as_(personas, "administrator").post("/lists/", {"file": file})
    assert "here already" in unescape(answer.content.decode())


@pytest.mark.parametrize("who", EVERYONE)
def test_only_administrators_bring_lists(who: str, personas: Personas) -> None:
    may = who == "administrator"
    assert as_(personas, who).get("/lists/").status_code == (200 if may else 403)
    assert as_(personas, who).post("/lists/", {}).status_code == (422 if may else 403)


def test_a_hit_says_why_and_what_disagrees(personas: Personas, result: ScreeningResult) -> None:
    hit = ScreeningHit.objects.get()
    shown = page(personas, f"/screenings/hits/{hit.pk}/")
    assert "may be" in shown
    assert "The dates of birth differ: 1990 here, 1971~ on the list." in shown
    assert "The country is the same: SY, Syria." in shown
    assert "HRIT-SY" in shown
    assert "is the person" not in shown
    assert "Open" in page(personas, f"/screenings/{result.pk}/")


def test_what_is_left_empty_is_unknown(personas: Personas, haddad: Matter) -> None:
    screened(personas, haddad, f"list:{brought(personas).pk}")
    said = [fact["said"] for fact in ScreeningHit.objects.get().facts]
    assert "The date of birth is unknown here; the list says 1971~." in said


def test_the_ledger_says_which_list_by_its_digest(
    personas: Personas, result: ScreeningResult
) -> None:
    entry = LedgerEntry.objects.get(kind="names screened")
    assert result.lists[0]["sha256"] in entry.canonical
    assert "Haddad" not in entry.canonical


def test_a_file_of_the_matter_is_a_list_and_further_names_are_asked(
    personas: Personas, haddad: Matter
) -> None:
    item = item_of(haddad, EU.encode(), "eu.xml")
    made = screened(
        personas, haddad, f"item:{item.pk}", further="Lina Saleh\nUmar Hadad; 1971; Syria; N445566"
    )
    assert made.lists[0]["sha256"] == item.object_id
    assert [each["name"] for each in made.asked] == ["Omar Haddad", "Lina Saleh", "Umar Hadad"]
    hits = {hit.asked: hit for hit in ScreeningHit.objects.all()}
    assert set(hits) == {0, 2}
    assert "Both have the number N445566." in [fact["said"] for fact in hits[2].facts]


def test_owners_are_asked_and_the_rule_follows_the_rulings(
    personas: Personas, haddad: Matter
) -> None:
    owners = item_of(haddad, OWNERS.encode(), "owners.csv")
    made = screened(personas, haddad, f"list:{brought(personas).pk}", f"item:{owners.pk}")
    at = f"/screenings/{made.pk}/"
    assert "Perhaps 50 % or more" in page(personas, at)
    for hit in ScreeningHit.objects.filter(name="Omar Haddad"):
        rule_on_hit(hit, "same", "Same passport.", acting_user=personas.owner)
    shown = page(personas, at)
    assert "Omar Haddad holds 60 % and is listed." in shown
    assert "Korvana Trading LLC holds 50 %" in shown


def test_a_list_with_owners_of_its_own_applies_the_rule(personas: Personas, haddad: Matter) -> None:
    made = brought(personas, FTM, "targets.json")
    screened(personas, haddad, f"list:{made.pk}", further="Korvana Trading")
    hit = ScreeningHit.objects.get(name="Korvana Trading")
    assert (hit.owned or {})["verdict"] == "blocked"
    assert "only named beside" in page(personas, f"/screenings/hits/{hit.pk}/")


def test_a_list_that_cannot_be_read_is_named_as_not_screened(
    personas: Personas, haddad: Matter
) -> None:
    bad = item_of(haddad, b"<sdnList><broken>", "bad.xml")
    made = screened(personas, haddad, f"list:{brought(personas).pk}", f"item:{bad.pk}")
    assert "Not screened against:" in page(personas, f"/screenings/{made.pk}/")


def test_nothing_is_asked_without_a_list_or_with_a_date_of_two_meanings(
    personas: Personas, haddad: Matter
) -> None:
    at, url = as_(personas, "owner"), f"/matters/{haddad.pk}/screening/ask/"
    assert at.post(url, {}).status_code == 422
    sent = {
        "lists": [f"list:{brought(personas).pk}"],
        f"born_{haddad.parties.get().pk}": "03/04/71",
    }
    assert at.post(url, sent).status_code == 422
    assert not Screening.objects.exists()


def test_a_ruling_needs_a_reason_and_is_added_to_those_before(
    personas: Personas, result: ScreeningResult
) -> None:
    hit, at = ScreeningHit.objects.get(), as_(personas, "owner")
    url = f"/screenings/hits/{hit.pk}/"
    assert at.post(url, {"verdict": "same", "reason": " "}).status_code == 422
    with pytest.raises(UsageError):
        rule_on_hit(hit, "same", " ", acting_user=personas.owner)
    for verdict in ("same", "not the same"):
        assert at.post(url, {"verdict": verdict, "reason": "Born later."}).status_code == 302
    assert ScreeningRuling.objects.count() == 2
    assert "Not the same" in page(personas, f"/screenings/{result.pk}/")
    assert AuditEntry.objects.filter(action="rule on a hit of a list").count() == 2


def test_a_ruling_holds_in_the_next_screening_until_a_name_changes(
    personas: Personas, haddad: Matter
) -> None:
    chosen = f"list:{brought(personas).pk}"
    screened(personas, haddad, chosen)
    rule_on_hit(ScreeningHit.objects.get(), "not the same", "Older.", acting_user=personas.owner)
    again = screened(personas, haddad, chosen)
    assert "Not the same" in page(personas, f"/screenings/{again.pk}/")
    change_party(haddad.parties.get(), acting_user=personas.owner, name="Omar Hadad")
    assert "Not screened as they are written now" in page(personas, f"/screenings/{again.pk}/")
    third = screened(personas, haddad, chosen)
    assert "1 hit is open" in page(personas, f"/screenings/{third.pk}/")


def test_the_memo_says_lists_reasons_rulings_and_what_was_not_screened(
    personas: Personas, haddad: Matter, result: ScreeningResult
) -> None:
    rule_on_hit(ScreeningHit.objects.get(), "not the same", "Older.", acting_user=personas.owner)
    add_party(haddad, acting_user=personas.owner, name="Lina Saleh", role="family")
    answer = as_(personas, "owner").get(f"/screenings/{result.pk}/memo.pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(" ".join(each.extract_text() for each in pages).split())
    closed = text.replace("\u200b", "").replace(" ", "")
    for said in (
        "2026-11-20",
        "HADDAD, Umar",
        "The dates of birth differ",
        "Ruled not the same by Owner",
        "Older.",
        "Lina Saleh",
    ):
        assert said.replace(" ", "") in closed, text
    assert result.lists[0]["sha256"] in closed
    assert AuditEntry.objects.filter(action="take a memo of screening").exists()


@pytest.mark.parametrize("who", EVERYONE)
def test_who_may_what(who: str, personas: Personas, result: ScreeningResult) -> None:
    matter, hit = result.screening.matter, ScreeningHit.objects.get()
    at, hidden = as_(personas, who), 404
    sees = 200 if who in SEE else hidden
    for url in (
        f"/matters/{matter.pk}/screening/",
        f"/screenings/{result.pk}/",
        f"/screenings/hits/{hit.pk}/",
    ):
        assert at.get(url).status_code == sees, url
    asks = {"owner": 422, "colleague": 422}.get(who, 403 if who in SEE else hidden)
    assert at.post(f"/matters/{matter.pk}/screening/ask/", {}).status_code == asks
    rules = 302 if who == "owner" else 403 if who in SEE else hidden
    sent = {"verdict": "open", "reason": "Asked the embassy."}
    assert at.post(f"/screenings/hits/{hit.pk}/", sent).status_code == rules
    takes = 200 if who in {"owner", "colleague"} else 403 if who in SEE else hidden
    assert at.get(f"/screenings/{result.pk}/memo.pdf").status_code == takes


def test_who_does_not_know_the_identities_reads_nothing(
    personas: Personas, result: ScreeningResult
) -> None:
    matter, hit = result.screening.matter, ScreeningHit.objects.get()
    seal_party(matter.parties.get(), "Client 1", acting_user=personas.owner)
    for url in (
        f"/matters/{matter.pk}/screening/",
        f"/screenings/{result.pk}/",
        f"/screenings/hits/{hit.pk}/",
        f"/screenings/{result.pk}/memo.pdf",
    ):
        answer = as_(personas, "colleague").get(url)
        assert answer.status_code == 403
        assert "Haddad" not in answer.content.decode()
    with pytest.raises(AccessDenied):
        rule_on_hit(hit, "same", "Why not.", acting_user=personas.colleague)
    assert "screening" not in page(
        personas, reverse("matters:matter", args=[matter.pk]), "colleague"
    )


def test_rows_only_grow(personas: Personas, result: ScreeningResult) -> None:
    rule_on_hit(ScreeningHit.objects.get(), "open", "Asked.", acting_user=personas.owner)
    for rows in (BroughtList, Screening, ScreeningResult, ScreeningHit, ScreeningRuling):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.all().delete()  # type: ignore[attr-defined]
