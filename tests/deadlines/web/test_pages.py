"""The pages about deadlines, with every persona."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import UsageError
from amparo.deadlines.clocks import Stop
from amparo.deadlines.web.actions import (
    Said,
    end_deadline,
    hear_reminder,
    issue_feed,
    run_clock,
    set_deadline,
    stop_clock,
)
from amparo.deadlines.web.given import Given
from amparo.deadlines.web.models import Deadline
from amparo.deadlines.web.queries import due_reminders, moved_since
from amparo.extract.web.models import Pinpoint
from amparo.matters.web.actions import add_party, open_matter, remove_member, seal_party
from tests.evidence.web.workspaces import add_files

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")
SEE = {"owner", "colleague", "interpreter", "auditor"}
SET = {"owner", "colleague"}
ONE_YEAR = Given("us.asylum.one-year", "2025-03-14")
CLOCK = "us.asylum.ead.grant"


@pytest.fixture
def deadline(matter: Matter, personas: Personas) -> Deadline:
    return set_deadline(matter, ONE_YEAR, acting_user=personas.colleague)


def browser(personas: Personas, who: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, who))
    return client


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/matters/{matter}/deadlines/", SEE),
        ("/matters/{matter}/deadlines/choose/", SET),
        ("/matters/{matter}/deadlines/new/us.asylum.one-year/", SET),
        ("/deadlines/{deadline}/", SEE),
        ("/deadlines/{deadline}/change/", SET),
    ],
)
@pytest.mark.parametrize("who", EVERYONE)
def test_who_sees_what(
    path: str, allowed: set[str], who: str, deadline: Deadline, personas: Personas
) -> None:
    url = path.format(matter=deadline.matter_id, deadline=deadline.pk)
    status = browser(personas, who).get(url).status_code
    assert status == (200 if who in allowed else 403 if who in SEE else 404)


@pytest.mark.parametrize("deed", ["end", "reopen", "stop", "run"])
@pytest.mark.parametrize("who", EVERYONE)
def test_who_may_do_what(deed: str, who: str, deadline: Deadline, personas: Personas) -> None:
    status = browser(personas, who).post(f"/deadlines/{deadline.pk}/{deed}/").status_code
    if who in SET:
        assert status in {302, 422}
    else:
        assert status == (403 if who in SEE else 404)


def test_a_deadline_is_set_by_the_form_and_says_why(matter: Matter, personas: Personas) -> None:
    client = browser(personas, "colleague")
    url = f"/matters/{matter.pk}/deadlines/new/us.asylum.one-year/"
    sent = {"trigger": "14 March 2025", "reminders": "30, 7", "title": "", "note": "I-94"}
    answer = client.post(url, sent, follow=True)
    row = Deadline.objects.get()
    assert (row.trigger, row.act_on, row.plan) == ("2025-03-14", date(2026, 3, 16), [30, 7])
    page = answer.content.decode()
    for said in ("8 U.S.C.", "How it was counted", "16 March 2026", "No passage says so yet"):
        assert said in page, said
    assert AuditEntry.objects.filter(action="set deadline", matter_id=matter.pk).exists()


def test_a_month_is_not_made_a_day(matter: Matter, personas: Personas) -> None:
    row = set_deadline(matter, Given("us.asylum.one-year", "2025-03"), acting_user=personas.owner)
    assert row.act_on is not None
    assert row.act_on < date(2026, 3, 14)
    page = browser(personas, "owner").get(f"/deadlines/{row.pk}/").content.decode()
    assert "Other readings" in page
    assert "find its day" in page


def test_a_date_that_can_be_read_two_ways_is_asked_back(matter: Matter, personas: Personas) -> None:
    url = f"/matters/{matter.pk}/deadlines/new/us.asylum.one-year/"
    answer = browser(personas, "owner").post(url, {"trigger": "03/04/2025", "reminders": "7"})
    assert answer.status_code == 422
    assert not Deadline.objects.exists()


def test_the_day_shows_while_one_types(matter: Matter, personas: Personas) -> None:
    url = f"/matters/{matter.pk}/deadlines/new/us.asylum.one-year/"
    sent = {"trigger": "2025-03-14", "reminders": "7"}
    answer = browser(personas, "owner").post(url, sent, headers={"HX-Request": "true"})
    assert "16 March 2026" in answer.content.decode()
    assert not Deadline.objects.exists()


def test_a_set_day_wins_and_is_shown_beside_the_rule(matter: Matter, personas: Personas) -> None:
    facts = Given(
        "us.asylum.one-year", "2025-03-14", fixed_on=date(2026, 1, 9), fixed_by="Judge Okafor"
    )
    row = set_deadline(matter, facts, acting_user=personas.owner)
    page = browser(personas, "owner").get(f"/deadlines/{row.pk}/").content.decode()
    assert row.act_on == date(2026, 1, 9)
    assert "Judge Okafor" in page
    assert "16 March 2026" in page


def test_a_rule_without_a_limit_never_shows_a_day(matter: Matter, personas: Personas) -> None:
    row = set_deadline(matter, Given("achpr.communication", "2024"), acting_user=personas.owner)
    page = browser(personas, "owner").get(f"/deadlines/{row.pk}/").content.decode()
    assert row.act_on is None
    assert "There is no date" in page
    assert "Risk as time passes" in page


def test_what_if_keeps_nothing(deadline: Deadline, personas: Personas) -> None:
    url = f"/deadlines/{deadline.pk}/?trigger=2025-05-20"
    page = browser(personas, "auditor").get(url).content.decode()
    assert "20 May 2026" in page
    deadline.refresh_from_db()
    assert deadline.act_on == date(2026, 3, 16)


def test_a_passage_of_another_matter_is_refused(matter: Matter, personas: Personas) -> None:
    other = open_matter("B. v. State", acting_user=personas.owner)
    item = next(iter(add_files(other, personas.owner, {"a.txt": b"on 14 March 2025"}).values()))
    foreign = Pinpoint.objects.create(
        item=item,
        sha256=item.object_id,
        place_id="1",
        annotation={},
        made_by=personas.owner,
        made_at=timezone.now(),
    )
    with pytest.raises(UsageError, match="another matter"):
        set_deadline(matter, ONE_YEAR, Said(pinpoint=foreign), acting_user=personas.owner)


def test_a_set_day_carries_the_passage_where_it_stands(matter: Matter, personas: Personas) -> None:
    owner = personas.owner
    item = next(iter(add_files(matter, owner, {"order.txt": b"by 9 January 2026"}).values()))
    stands = Pinpoint.objects.create(
        item=item,
        sha256=item.object_id,
        place_id="1",
        page=2,
        annotation={},
        made_by=owner,
        made_at=timezone.now(),
    )
    facts = Given("us.asylum.one-year", "2025-03-14", fixed_on=date(2026, 1, 9))
    row = set_deadline(matter, facts, Said(fixed_pinpoint=stands), acting_user=owner)
    page = browser(personas, "owner").get(f"/deadlines/{row.pk}/").content.decode()
    assert f"/pinpoints/{stands.pk}/" in page
    assert "page 2" in page


def test_nobody_is_responsible_who_cannot_see_it(matter: Matter, personas: Personas) -> None:
    said = Said(responsible=personas.stranger)
    with pytest.raises(UsageError, match="cannot see"):
        set_deadline(matter, ONE_YEAR, said, acting_user=personas.owner)


def test_a_clock_stops_and_runs_again(matter: Matter, personas: Personas) -> None:
    owner = personas.owner
    row = set_deadline(matter, Given(CLOCK, "2026-01-01"), acting_user=owner)
    running = row.act_on
    assert running is not None
    stop_clock(row, Stop(date(2026, 2, 1), None, "asked for a later hearing"), acting_user=owner)
    assert row.act_on is None
    assert "stands still" in row.refused
    run_clock(row, 0, date(2026, 2, 10), acting_user=owner)
    assert row.act_on == running + timedelta(days=10)
    page = browser(personas, "owner").get(f"/deadlines/{row.pk}/").content.decode()
    assert "asked for a later hearing" in page


def test_closing_needs_a_word_and_can_be_undone(deadline: Deadline, personas: Personas) -> None:
    client = browser(personas, "owner")
    url = f"/deadlines/{deadline.pk}/end/"
    assert client.post(url, {"status": "done", "words": "  "}).status_code == 422
    client.post(url, {"status": "done", "words": "Filed by courier"})
    deadline.refresh_from_db()
    assert (deadline.status, deadline.outcome_words) == ("done", "Filed by courier")
    with pytest.raises(UsageError):
        end_deadline(deadline, Deadline.Status.DONE, "again", acting_user=personas.owner)
    client.post(f"/deadlines/{deadline.pk}/reopen/")
    deadline.refresh_from_db()
    assert deadline.status == "open"


def test_a_reminder_comes_is_heard_and_the_next_one_comes(
    deadline: Deadline, personas: Personas
) -> None:
    assert deadline.act_on is not None
    week_before = deadline.act_on - timedelta(days=7)
    owner = personas.owner
    told = due_reminders(owner, week_before)
    assert [(line.row, reminder.days_before) for line, reminder in told] == [(deadline, 7)]
    hear_reminder(deadline, week_before, acting_user=owner)
    assert not due_reminders(owner, week_before)
    assert due_reminders(personas.colleague, week_before)
    assert due_reminders(owner, deadline.act_on)
    assert not due_reminders(personas.stranger, week_before)


def test_the_rules_that_changed_are_noticed(deadline: Deadline) -> None:
    assert moved_since(deadline) == ""
    deadline.act_on = date(2026, 3, 14)
    assert "2026-03-16" in moved_since(deadline)


def test_the_table_to_take_away_holds_only_what_one_sees(
    deadline: Deadline, personas: Personas
) -> None:
    def rows(who: str) -> list[list[str]]:
        raw = browser(personas, who).get("/deadlines/deadlines.csv").content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(raw)))

    assert rows("auditor")[1][0] == "2026-03-16"
    assert len(rows("stranger")) == 1
    assert len(rows("client")) == 1
    assert len(rows("administrator")) == 1


def test_a_day_that_is_not_verified_says_so_in_every_list(
    matter: Matter, personas: Personas
) -> None:
    facts = Given("us.uscis.address-change", "2026-11-02")
    row = set_deadline(matter, facts, acting_user=personas.owner)
    places = ["/", "/deadlines/", f"/matters/{matter.pk}/", f"/matters/{matter.pk}/deadlines/"]
    places += [f"/deadlines/{row.pk}/", "/deadlines/deadlines.csv", "/deadlines/deadlines.ics"]
    client = browser(personas, "owner")
    for place in places:
        page = client.get(place).content.decode()
        assert "not verified" in page.replace("\r\n ", "").lower(), place
    set_by_judge = replace(facts, fixed_on=date(2026, 11, 9), fixed_by="Judge Okafor")
    end_deadline(row, Deadline.Status.DROPPED, "set anew", acting_user=personas.owner)
    set_deadline(matter, set_by_judge, acting_user=personas.owner)
    assert "Not verified" not in client.get("/deadlines/").content.decode()


class TestFeed:
    """An address for calendar programs: without a session, without names, revocable."""

    @staticmethod
    def events(token: str) -> list[str]:
        answer = Client().get(f"/deadlines/feed/{token}.ics")
        assert answer.status_code == 200
        found = Calendar.from_ical(answer.content).walk("VEVENT")
        return [str(event["SUMMARY"]) for event in found]

    def test_it_shows_days_and_no_names(self, deadline: Deadline, personas: Personas) -> None:
        deadline.title = "Amina's year"
        deadline.save()
        (shown,) = self.events(issue_feed(acting_user=personas.colleague))
        assert deadline.matter.number in shown
        assert "Amina" not in shown
        assert "A. v. State" not in shown

    def test_it_follows_the_team(self, deadline: Deadline, personas: Personas) -> None:
        token = issue_feed(acting_user=personas.colleague)
        member = deadline.matter.team.get(user=personas.colleague)
        remove_member(member, acting_user=personas.owner)
        assert self.events(token) == []

    def test_a_new_address_ends_the_old_one(self, deadline: Deadline, personas: Personas) -> None:
        old = issue_feed(acting_user=personas.owner)
        issue_feed(acting_user=personas.owner)
        assert Client().get(f"/deadlines/feed/{old}.ics").status_code == 404
        assert Client().get("/deadlines/feed/guess.ics").status_code == 404
        assert deadline.pk

    def test_it_is_shown_once(self, deadline: Deadline, personas: Personas) -> None:
        client = browser(personas, "owner")
        page = client.post("/deadlines/calendar/").content.decode()
        found = re.search(r"/deadlines/feed/([\w-]+)\.ics", page)
        assert found
        assert len(self.events(found[1])) == 1
        assert "/deadlines/feed/" not in client.get("/deadlines/calendar/").content.decode()
        assert deadline.pk


def test_the_matter_and_the_home_page_show_the_next(deadline: Deadline, personas: Personas) -> None:
    assert deadline.title in browser(personas, "owner").get("/").content.decode()
    page = browser(personas, "auditor").get(f"/matters/{deadline.matter_id}/").content.decode()
    assert deadline.title in page
    assert deadline.title not in browser(personas, "stranger").get("/").content.decode()


def test_the_rulebook_shows_each_rule_and_computes(personas: Personas, db: None) -> None:
    client = browser(personas, "stranger")
    assert "Not verified" in client.get("/deadlines/rules/").content.decode()
    page = client.get("/deadlines/rules/us.asylum.one-year/?trigger=2025-03-14").content.decode()
    assert "16 March 2026" in page
    assert client.get("/deadlines/rules/nothing/").status_code == 404


def test_who_must_not_know_reads_the_pseudonym(deadline: Deadline, personas: Personas) -> None:
    sealed = add_party(
        deadline.matter, name="Amaranta Quispe", role="witness", acting_user=personas.owner
    )
    seal_party(sealed, "Witness K", acting_user=personas.owner)
    deadline.title = "Communication for Amaranta Quispe"
    deadline.save()
    for path in ("/", "/deadlines/", f"/deadlines/{deadline.pk}/", "/deadlines/deadlines.csv"):
        page = browser(personas, "interpreter").get(path).content.decode()
        assert "Amaranta" not in page, path
        assert "Witness K" in page, path
    colleague = browser(personas, "colleague")  # may edit, and does not know who it is
    assert colleague.get(f"/deadlines/{deadline.pk}/").status_code == 200
    assert colleague.get(f"/deadlines/{deadline.pk}/change/").status_code == 403
    kept = {"title": "Communication for Witness K", "trigger": "2025-03-14", "reminders": "7"}
    assert colleague.post(f"/deadlines/{deadline.pk}/change/", kept).status_code == 403
    deadline.refresh_from_db()
    assert deadline.title == "Communication for Amaranta Quispe"
