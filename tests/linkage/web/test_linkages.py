"""The pages of linked records: what is found, who may judge, what is kept, and what leaves."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied
from amparo.base.web.models import Job
from amparo.evidence.web.models import LedgerEntry
from amparo.extract.sandbox import Sandbox
from amparo.linkage.web.actions.linkages import decide_on_people, judge
from amparo.linkage.web.models import (
    Linkage,
    LinkageResult,
    LinkedPair,
    PairDecision,
    PersonDecision,
)
from amparo.linkage.web.queries.linkages import labels_for, people_of, quality_of, review_of
from amparo.linkage.web.words import LAYER_WORDS, ROLES
from tests.linkage.records.people import HEAD, rows
from tests.patterns.web.acts import table_in, written
from tests.work import work_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made


@pytest.fixture
def table(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    lines = [tuple(row) for row in rows(120)]
    return table_in(matter, written(HEAD, lines), "people.csv", room, personas.owner)


@pytest.fixture
def linked(personas: Personas, matter: Matter, table: Item) -> LinkageResult:
    return made(personas, matter, table)


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def made(personas: Personas, matter: Matter, *tables: Item) -> LinkageResult:
    """The tables linked as the page offers it."""
    address = reverse("linkage:link", args=[matter.pk])
    query = "&".join(f"table={table.pk}|" for table in tables)
    client = as_(personas, "owner")
    form = client.get(f"{address}?{query}").context["form"]
    chosen = {field.html_name: field.initial for _, fields in form.parts() for field in fields}
    answer = client.post(f"{address}?{query}", chosen)
    assert answer.status_code == 302, unescape(answer.content.decode())
    assert work_off()
    asked = Linkage.objects.first()
    job = Job.objects.get(pk=asked.job_id)
    assert job.state == Job.State.DONE, job.error
    return LinkageResult.objects.get(linkage=asked)


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_columns_are_guessed_and_groups_are_found(
    personas: Personas, linked: LinkageResult
) -> None:
    assert linked.linkage.tables[0]["roles"] == {
        "id": "id",
        "given name": "given",
        "family name": "family",
        "date of birth": "birth",
        "city": "locality",
    }
    page = seen(as_(personas, "owner"), reverse("linkage:linked", args=[linked.pk]))
    assert "Weakest link" in page
    assert "Columns that were left out: <bdi>truth</bdi>" in page
    assert LedgerEntry.objects.get(pk=linked.entry_id).kind == "records linked"


def test_a_group_opens_its_rows_and_says_where_it_is_weak(
    personas: Personas, linked: LinkageResult, table: Item
) -> None:
    page = seen(as_(personas, "owner"), reverse("linkage:group", args=[linked.pk, 1]))
    assert f"{reverse('extract:item', args=[table.pk])}?page=1&row=" in page
    assert "The weakest link" in page
    assert "times likelier" in page


def test_every_record_stands_on_the_row_that_it_is_of(
    personas: Personas, linked: LinkageResult
) -> None:
    from amparo.linkage.web.queries.linkages import records_of

    lines = rows(120)
    found = records_of(linked, range(linked.records))
    assert len(found) == len(lines)
    assert all(found[n].cells["id"] == lines[n][0] for n in found)
    assert found[0].place.row == 2


def test_the_review_goes_on_to_the_next_pair(personas: Personas, linked: LinkageResult) -> None:
    client, address = as_(personas, "owner"), reverse("linkage:review", args=[linked.pk])
    first = review_of(linked.linkage, sampled=False).pair
    assert first is not None
    page = seen(client, address)
    assert all(f'data-key="{key}"' in page for key in "mnu")
    client.post(address, {"pair": first.pk, "verdict": "match"})
    state = review_of(linked.linkage, sampled=False)
    assert (state.judged, state.pair != first) == (1, True)
    assert labels_for(linked.linkage) == {(first.first, first.second): True}
    client.post(address, {"pair": first.pk, "verdict": "unsure"})
    assert labels_for(linked.linkage) == {}
    assert PairDecision.objects.count() == 2
    assert AuditEntry.objects.filter(action="judge two records").count() == 2


def test_the_sample_gives_intervals(personas: Personas, linked: LinkageResult) -> None:
    who = {n: row[-1] for n, row in enumerate(rows(120))}
    for pair in LinkedPair.objects.filter(sampled__isnull=False):
        verdict = "match" if who[pair.first] == who[pair.second] else "apart"
        judge(pair, verdict, acting_user=personas.owner)
    found, unsure = quality_of(linked)
    assert unsure == 0
    assert found.precision is not None
    assert found.recall is not None
    assert found.precision.lower <= found.precision.middle <= found.precision.upper <= 1
    assert found.precision.middle > 0.8
    page = seen(as_(personas, "owner"), reverse("linkage:linked", args=[linked.pk]))
    assert "Of the true pairs that were compared, found" in page


def test_the_sample_shows_no_opinion_before_one_is_given(
    personas: Personas, linked: LinkageResult
) -> None:
    page = seen(as_(personas, "owner"), reverse("linkage:review", args=[linked.pk]) + "?sample=1")
    assert "times likelier" not in page


def test_people_are_merged_and_parted_and_nothing_is_lost(
    personas: Personas, linked: LinkageResult
) -> None:
    address = reverse("linkage:group", args=[linked.pk, 1])
    records = linked.linkage.groups.get(number=1).records
    client = as_(personas, "owner")
    sent = {"record": records, "kind": "merge", "reason": "The same father."}
    assert client.post(address, sent).status_code == 302
    assert people_of(linked.linkage) == [tuple(records)]
    assert client.post(address, {**sent, "kind": "part", "record": records[:1]}).status_code == 302
    assert all(records[0] not in group for group in people_of(linked.linkage))
    assert PersonDecision.objects.count() == 2
    assert "The same father." in seen(client, address)
    assert client.post(address, {"record": records, "kind": "merge"}).status_code == 422
    kinds = LedgerEntry.objects.filter(kind__startswith="people ").values_list("kind", flat=True)
    assert sorted(kinds) == ["people merged", "people parted"]


def test_what_was_decided_cannot_be_changed(personas: Personas, linked: LinkageResult) -> None:
    decide_on_people(linked.linkage, "merge", [0, 1], "Seen.", acting_user=personas.owner)
    with pytest.raises(DatabaseError), transaction.atomic():
        PersonDecision.objects.update(reason="Other.")
    with pytest.raises(DatabaseError), transaction.atomic():
        LinkedPair.objects.all().delete()


def test_it_learns_again_from_what_was_decided(personas: Personas, linked: LinkageResult) -> None:
    pair = LinkedPair.objects.filter(linkage=linked.linkage_id).first()
    judge(pair, "apart", acting_user=personas.owner)
    as_(personas, "owner").post(reverse("linkage:learn-again", args=[linked.pk]))
    assert work_off()
    later = Linkage.objects.first()
    assert later.after_id == linked.pk
    groups = [set(group.records) for group in later.groups.all()]
    assert not any({pair.first, pair.second} <= group for group in groups)
    assert labels_for(later) == {(pair.first, pair.second): False}


@pytest.mark.parametrize(("who", "may"), [("colleague", True), ("interpreter", False)])
def test_who_may_decide(personas: Personas, linked: LinkageResult, who: str, may: bool) -> None:
    user = getattr(personas, who)
    if may:
        decide_on_people(linked.linkage, "merge", [0, 1], "Seen.", acting_user=user)
    else:
        with pytest.raises(AccessDenied):
            decide_on_people(linked.linkage, "merge", [0, 1], "Seen.", acting_user=user)


def test_a_stranger_finds_nothing(personas: Personas, linked: LinkageResult) -> None:
    client = as_(personas, "stranger")
    for name, more in (("linked", []), ("review", []), ("group", [1])):
        assert client.get(reverse(f"linkage:{name}", args=[linked.pk, *more])).status_code == 404


def test_groups_and_model_leave_with_a_line_in_the_audit(
    personas: Personas, linked: LinkageResult
) -> None:
    client = as_(personas, "owner")
    sheet = client.get(reverse("linkage:linkage-take", args=[linked.pk, "csv"]))
    assert sheet.content.decode("utf-8-sig").startswith("group,merged as,table,row")
    model = client.get(reverse("linkage:linkage-take", args=[linked.pk, "json"]))
    assert model.json()["kind"] == "amparo linkage model"
    assert AuditEntry.objects.filter(action="take linked records away").count() == 2


def test_every_role_and_layer_has_its_words() -> None:
    from amparo.linkage.records.reviewing import LAYERS
    from amparo.linkage.records.roles import LEFT_OUT, roles

    assert {role for role, _ in ROLES} == {*roles(), LEFT_OUT}
    assert len(LAYER_WORDS) == len(LAYERS)
