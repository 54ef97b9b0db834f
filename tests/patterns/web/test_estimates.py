"""The pages of estimates: who may ask, what the page says, what is kept and what leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.accounts.web.guards import CONFIRMED
from amparo.accounts.web.models import AuditEntry
from amparo.base.web.jobs import cancel
from amparo.base.web.models import Job
from amparo.evidence.web.models import LedgerEntry
from amparo.patterns.estimate import Settings, Table
from amparo.patterns.estimate.record import again
from amparo.patterns.estimate.whole import answer_whole
from amparo.patterns.web.actions import ESTIMATED, keep_estimate
from amparo.patterns.web.models import Estimation, EstimationResult
from amparo.patterns.web.told.estimates import look_at
from tests.patterns.web.acts import table_in, written
from tests.patterns.web.lists import CSV, PEOPLE
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.extract.sandbox import Sandbox
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

pytestmark = pytest.mark.django_db

ASKED = {"lists": ["church", "сім’ї", "registry"], "group": "people taken in Sorvin", "seed": 1}


@pytest.fixture
def lists(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    """The table of ``lists.py``, read."""
    return table_in(matter, CSV, "linked.csv", room, personas.owner)


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    session = client.session
    session[CONFIRMED] = timezone.now().timestamp()
    session.save()
    return client


def asked(personas: Personas, item: Item, **changed: object) -> Estimation:
    """An estimate that the owner asks for; the worker has not come yet."""
    answer = as_(personas, "owner").post(
        reverse("patterns:estimate", args=[item.pk]), {**ASKED, **changed}
    )
    assert answer.status_code == 302, unescape(answer.content.decode())
    return Estimation.objects.get()


def made(personas: Personas, item: Item, **changed: object) -> EstimationResult:
    """One that was made."""
    row = asked(personas, item, **changed)
    assert work_off()
    job = Job.objects.get(pk=row.job_id)
    assert job.state == Job.State.DONE, job.error
    return EstimationResult.objects.get(estimation=row)


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_the_checks_come_first_and_the_lists_are_found(personas: Personas, lists: Item) -> None:
    page = seen(as_(personas, "owner"), reverse("patterns:estimate", args=[lists.pk]))
    assert page.index("First, the checks") < page.index("Who is counted")
    assert "Nothing speaks against an estimate." in page
    for name in ASKED["lists"]:  # type: ignore[union-attr]
        assert f'value="{name}"' in page
    assert page.count("checked") == 3
    assert "estimate.check(table)" in page


def test_the_overlap_of_a_list_with_itself_is_its_size() -> None:
    look = look_at(Table(("a", "b", "c"), {1: 20, 2: 15, 3: 9, 4: 12, 7: 4}))
    assert look.overlaps == [("a", [33, 13, 4]), ("b", [13, 28, 4]), ("c", [4, 4, 16])]
    assert look.idea is not None
    assert (look.idea.first, look.idea.share, look.idea.total) == ("a", 39, "71")


def test_it_is_made_in_the_background_and_kept(personas: Personas, lists: Item) -> None:
    row = asked(personas, lists)
    waiting = seen(as_(personas, "owner"), reverse("patterns:estimated", args=[row.pk]))
    assert "hx-get" in waiting
    assert work_off()
    kept = EstimationResult.objects.get(estimation=row)
    assert kept.answer["documented"] == len(PEOPLE)
    assert kept.record_sha256 == sha256(kept.record.encode()).hexdigest()
    assert again(kept.record).estimate == kept.answer["estimate"]
    entry = LedgerEntry.objects.get(kind=ESTIMATED)
    assert kept.entry == entry
    assert row.item_sha256 == lists.object_id
    assert AuditEntry.objects.filter(action="ask for an estimate").exists()


def test_the_page_says_all_that_a_judge_would_ask(personas: Personas, lists: Item) -> None:
    row = made(personas, lists, stratum="year").estimation
    page = seen(as_(personas, "colleague"), reverse("patterns:estimated", args=[row.pk]))
    order = ("First, the checks", "The idea", "The answer", "Each method", "What it depends on",
             "It assumes", "The same again", "Do this in Python")  # fmt: skip
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "likely between" in page
    assert "people taken in Sorvin are documented on 3 lists" in page
    assert "<svg" in page
    assert "seed 2" in page
    assert "without registry" in page
    assert "2019" in page
    assert lists.object_id in page
    assert "estimate.from_records(records, ['church', 'сім’ї', 'registry'])" in page


def regions(marks: tuple[int, ...], at: int) -> str:
    return "" if at % 5 == 0 else "North" if marks[0] or at % 3 else "South"


def test_groups_that_are_not_stated_are_filled_in_and_combined(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    rows = [(regions(marks, at), *marks) for at, marks in enumerate(PEOPLE)]
    data = written(("region", "church", "сім’ї", "registry"), rows)
    item = table_in(matter, data, "regions.csv", room, personas.owner)
    kept = made(personas, item, stratum="region", filled="20")
    assert set(kept.strata["each"]) == {"North", "South"}
    assert kept.strata["documented"] == pytest.approx(len(PEOPLE))
    assert kept.strata["filled"]["rows"] == sum(not row[0] for row in rows)
    page = seen(as_(personas, "owner"), reverse("patterns:estimated", args=[kept.estimation_id]))
    assert "have no group stated. It was filled in 20 times" in page
    assert "of the variance comes from filling in" in page


def test_groups_are_not_filled_in_where_a_row_is_many_people(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    rows = [(regions(marks, at), *marks, 2) for at, marks in enumerate(PEOPLE)]
    data = written(("region", "church", "сім’ї", "registry", "n"), rows)
    item = table_in(matter, data, "regions.csv", room, personas.owner)
    answer = as_(personas, "owner").post(
        reverse("patterns:estimate", args=[item.pk]),
        {**ASKED, "stratum": "region", "filled": "20", "count": "n"},
    )
    assert "each row is one person" in unescape(answer.content.decode())
    assert not Estimation.objects.exists()


def test_places_where_chains_settled_are_each_told(personas: Personas, lists: Item) -> None:
    row = asked(personas, lists)
    table = Table(("a", "b", "c"), {1: 40, 2: 36, 4: 30, 3: 16, 5: 12, 6: 14, 7: 8})
    whole = answer_whole(table, Settings(bootstraps=20), on_step=lambda *_: None)
    places = [
        {"chains": [0, 1], "weight": 0.7, "median": 210.0, "lower": 190.0, "upper": 260.0},
        {"chains": [2], "weight": 0.3, "median": 400.0, "lower": 350.0, "upper": 520.0},
    ]
    told = dict(whole.answer.diagnostics)
    told["latent_classes"] = {**told["latent_classes"], "multimodal": True, "modes": places}
    apart = replace(whole, answer=replace(whole.answer, diagnostics=told))
    keep_estimate(row, apart, acting_user=personas.owner)
    page = seen(as_(personas, "owner"), reverse("patterns:estimated", args=[row.pk]))
    assert "about 400 (350 to 520), with 30 % of the probability" in page
    assert "never averaged away" in page


def test_what_cannot_be_estimated_gives_no_number(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    data = b"a,b,c\n" + b"1,0,0\n" * 30 + b"0,1,0\n" * 30 + b"0,0,1\n" * 9
    item = table_in(matter, data, "apart.csv", room, personas.owner)
    row = made(personas, item, lists=["a", "b", "c"]).estimation
    page = seen(as_(personas, "owner"), reverse("patterns:estimated", args=[row.pk]))
    assert "No total was estimated." in page
    assert "Without any overlap the number of those missing could be anything." in page
    assert "<svg" not in page.partition("</header>")[2].partition('id="answer"')[2].partition(
        "</section>"
    )[0].replace('<svg class="icon', "")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"lists": ["person", "church"]}, "is not a whole number"),
        ({"lists": ["church"]}, "There is 1 list."),
    ],
)
def test_what_is_no_list_is_refused_at_once(
    personas: Personas, lists: Item, change: dict[str, object], says: str
) -> None:
    answer = as_(personas, "owner").post(
        reverse("patterns:estimate", args=[lists.pk]), {**ASKED, **change}
    )
    assert answer.status_code == 422
    assert says in unescape(answer.content.decode())
    assert not Estimation.objects.exists()


def test_it_can_be_stopped_and_tried_again(personas: Personas, lists: Item) -> None:
    row = asked(personas, lists)
    client = as_(personas, "owner")
    client.post(reverse("patterns:estimate-stop", args=[row.pk]))
    assert Job.objects.get(pk=row.job_id).state == Job.State.CANCELLED
    assert "The estimate was stopped." in seen(client, reverse("patterns:estimated", args=[row.pk]))
    client.post(reverse("patterns:estimate-again", args=[row.pk]))
    assert work_off()
    assert EstimationResult.objects.filter(estimation=row).exists()


def test_stopping_is_heard_between_steps(personas: Personas, lists: Item) -> None:
    from amparo.base.web.jobs import claim, run

    row = asked(personas, lists)
    job = claim("w")
    assert job is not None
    cancel(job)
    run(job)
    assert Job.objects.get(pk=row.job_id).state == Job.State.CANCELLED
    assert not EstimationResult.objects.exists()


@pytest.mark.parametrize("form", ["json", "svg", "txt"])
def test_its_files_leave_with_a_line_in_the_audit(
    personas: Personas, lists: Item, form: str
) -> None:
    kept = made(personas, lists)
    address = reverse("patterns:estimate-take", args=[kept.estimation_id, form])
    answer = as_(personas, "owner").get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    if form == "json":
        assert json.loads(answer.content)["answer"]["estimate"] == kept.answer["estimate"]
    assert AuditEntry.objects.filter(action="take an estimate away").count() == 1
    assert as_(personas, "interpreter").get(address).status_code == 403


def test_both_tables_only_grow(personas: Personas, lists: Item) -> None:
    made(personas, lists)
    for rows in (Estimation.objects, EstimationResult.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**{"seed": 7} if rows.model is Estimation else {"record": ""})
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete(rows.db)


@pytest.mark.parametrize(
    ("name", "sees", "asks"),
    [
        ("owner", 200, 302), ("colleague", 200, 302), ("interpreter", 200, 403),
        ("auditor", 200, 403), ("client", 404, 404), ("administrator", 404, 404),
        ("stranger", 404, 404),
    ],
)  # fmt: skip
def test_who_may_see_and_who_may_ask(
    personas: Personas, lists: Item, name: str, sees: int, asks: int
) -> None:
    row = asked(personas, lists)
    client = as_(personas, name)
    choose = reverse("patterns:estimate", args=[lists.pk])
    assert client.get(choose).status_code == sees
    assert client.get(reverse("patterns:estimated", args=[row.pk])).status_code == sees
    assert client.post(choose, ASKED).status_code == asks
