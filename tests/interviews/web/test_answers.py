"""The answers of a matter: kept with their source, read by forms, never the safe address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.extract.web.models import Pinpoint
from amparo.interviews.web.actions import Said, keep_answers, open_interview
from amparo.interviews.web.models import GivenAnswer
from amparo.interviews.web.queries import (
    answers_of,
    given_answers,
    history_of,
    rows_of,
    said_otherwise,
)
from amparo.matters.web.actions import open_matter
from tests.extract.web.builders import item_of

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


def keep(matter: Matter, who, **said: str) -> int:
    answers = {
        name.replace("__", "."): Said((value,) if value else ()) for name, value in said.items()
    }
    return keep_answers(matter, answers, who="Amal", acting_user=who)


def test_an_answer_tells_who_said_it_when_and_where(matter: Matter, personas: Personas) -> None:
    interview = open_interview(
        matter, "intake", who="Amal", held_on="2026-09", acting_user=personas.colleague
    )
    keep_answers(
        matter,
        {"applicant.sex": Said(("female",))},
        interview=interview,
        acting_user=personas.colleague,
    )
    answer = answers_of(matter)["applicant.sex"]
    assert answer.values == ("female",)
    told = answer.as_data()
    assert told["value"] == "female"
    assert told["source"]["who"] == "Amal"
    assert told["source"]["when"] == "2026-09"
    assert told["source"]["questionnaire"] == "intake"


def test_safe_answers_never_reach_a_form(matter: Matter, personas: Personas) -> None:
    keep(matter, personas.owner, safe__address__street="7 Hidden Lane", applicant__sex="female")
    assert set(answers_of(matter)) == {"applicant.sex"}
    assert "safe.address.street" in given_answers(matter)


def test_what_follows_from_answers_names_them(matter: Matter, personas: Personas) -> None:
    keep(matter, personas.owner, children__any="yes", children__1__name__given="Yusuf")
    count = answers_of(matter)["children.count"]
    assert count.values == ("1",)
    assert count.follows == ("children.any", "children.1.name.given")
    assert count.source is not None
    assert count.source.who == "Amal"


def test_what_was_said_before_stays_written(matter: Matter, personas: Personas) -> None:
    assert keep(matter, personas.owner, applicant__email="a@example.org") == 1
    assert keep(matter, personas.owner, applicant__email="a@example.org") == 0
    assert keep(matter, personas.colleague, applicant__email="b@example.org") == 1
    assert answers_of(matter)["applicant.email"].text == "b@example.org"
    history = history_of(matter, "applicant.email")
    assert [row.values for row in history] == [["b@example.org"], ["a@example.org"]]
    (other,) = said_otherwise(rows_of(matter))["applicant.email"]
    assert other.values == ["a@example.org"]


def test_an_answer_that_is_taken_back_is_none(matter: Matter, personas: Personas) -> None:
    keep(matter, personas.owner, applicant__email="a@example.org")
    keep(matter, personas.owner, applicant__email="")
    assert "applicant.email" not in answers_of(matter)
    assert said_otherwise(rows_of(matter)) == {}


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_table_only_grows(deed: str, matter: Matter, personas: Personas) -> None:
    keep(matter, personas.owner, applicant__email="a@example.org")
    rows = GivenAnswer.objects.filter(matter=matter)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(values=["x"]) if deed == "update" else rows.delete()


@pytest.mark.parametrize("who", ["interpreter", "auditor", "client", "administrator", "stranger"])
def test_who_may_not_write_answers(who: str, matter: Matter, personas: Personas) -> None:
    with pytest.raises(AccessDenied):
        keep(matter, getattr(personas, who), applicant__sex="female")


def test_passages_of_other_matters_are_refused(matter: Matter, personas: Personas) -> None:

    other = open_matter("B. v. State", acting_user=personas.owner)
    item = item_of(other, b"a letter", "letter.txt")
    pinpoint = Pinpoint.objects.create(
        item=item, sha256="0" * 64, place_id="1", annotation={}, made_by=personas.owner,
        made_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(UsageError, match="another matter"):
        keep_answers(
            matter,
            {"applicant.sex": Said(("female",), pinpoint)},
            who="Amal",
            acting_user=personas.owner,
        )


def test_keeping_answers_is_audited(matter: Matter, personas: Personas) -> None:
    keep(matter, personas.owner, applicant__sex="female")
    entry = AuditEntry.objects.get(action="keep answers")
    assert entry.matter_id == matter.pk
    assert "female" not in str(entry.details)


def test_what_someone_does_not_know_is_kept_and_fills_no_form(
    matter: Matter, personas: Personas
) -> None:
    keep(matter, personas.owner, applicant__birth__date="unknown", applicant__sex="female")
    assert given_answers(matter)["applicant.birth.date"].is_unknown
    assert set(answers_of(matter)) == {"applicant.sex"}
