"""The pages of counts, with every persona: what they say, whose rows they open, what leaves."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry
from amparo.extract.web.queries.tables import tables_of
from amparo.matters.web.actions import add_party, seal_party
from amparo.patterns.web.forms import ChoosingForm
from amparo.patterns.web.methods import METHODS
from amparo.patterns.web.queries import sheet_of
from tests.patterns.web.acts import CSV, PEOPLE, ROWS, UNDER, table_in

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.extract.sandbox import Sandbox
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

pytestmark = pytest.mark.django_db

TEAM = ("owner", "colleague", "interpreter", "auditor")
OTHERS = ("client", "administrator", "stranger")
MAY_TAKE = ("owner", "colleague")


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def page(personas: Personas, acts: Item, method: str, query: str = "", name: str = "owner") -> str:
    answer = as_(personas, name).get(
        f"{reverse('patterns:finding', args=[acts.pk, method])}?{query}"
    )
    assert answer.status_code in (200, 422), answer.status_code
    return unescape(answer.content.decode())


def addresses(acts: Item) -> list[str]:
    made = [reverse("patterns:tables", args=[acts.matter_id])]
    made += [reverse("patterns:finding", args=[acts.pk, name]) for name in METHODS]
    return [*made, reverse("patterns:rows", args=[acts.pk, "counts"]) + "?cell=0.0.1"]


@pytest.mark.parametrize("name", TEAM)
def test_the_team_sees_every_page(personas: Personas, acts: Item, name: str) -> None:
    client = as_(personas, name)
    assert {client.get(address).status_code for address in addresses(acts)} == {200}


@pytest.mark.parametrize("name", OTHERS)
def test_others_find_none(personas: Personas, acts: Item, name: str) -> None:
    client = as_(personas, name)
    assert {client.get(address).status_code for address in addresses(acts)} == {404}


def test_the_matter_shows_its_tables(personas: Personas, acts: Item) -> None:
    found = {source.item.name: source.rows for source in tables_of(acts.matter)}
    assert found == {"acts.csv": len(ROWS), "people.csv": 3, "units.csv": 2}
    overview = as_(personas, "owner").get(reverse("matters:matter", args=[acts.matter_id]))
    assert reverse("patterns:finding", args=[acts.pk, "counts"]) in overview.content.decode()


def test_records_keep_the_rows_of_the_file(acts: Item) -> None:
    sheet = sheet_of(acts)
    assert (sheet.head, sheet.numbers[0], sheet.numbers[-1]) == (1, 2, len(ROWS) + 1)
    assert sheet.records.row(1)["act_id"] == "A1"
    assert sheet.address(1).endswith("?page=1&row=2")


def test_each_number_opens_as_many_rows_as_it_counts(personas: Personas, acts: Item) -> None:
    said = page(personas, acts, "counts", "unit=act&rows=place&columns_=violation")
    links = re.findall(r'<a href="([^"]+/rows/[^"]+)">(\d+)</a>', said)
    assert links
    for address, number in links:
        shown = as_(personas, "owner").get(address)
        assert shown.context["count"] == int(number)


def test_the_counts_are_those_of_the_rows(acts: Item) -> None:
    method = METHODS["counts"]
    sheet = sheet_of(acts)
    asked = {"rows": "place", "columns_": "violation", "unit": "act", "public": False}
    (grid,) = method.tell(sheet, asked).grids
    counted = Counter((row[3], row[4]) for row in ROWS)
    for line in grid.lines[:-1]:
        for head, cell in zip(grid.heads[1:-1], line[1:-1], strict=True):
            assert cell.value == counted[str(line[0].value), head]


def test_rows_lead_to_their_place_and_can_be_pinned(personas: Personas, acts: Item) -> None:
    client = as_(personas, "owner")
    address = reverse("patterns:rows", args=[acts.pk, "counts"]) + "?rows=place&unit=act&cell=0.0.1"
    shown = client.get(address).content.decode()
    assert f'href="{reverse("extract:item", args=[acts.pk])}?page=1&amp;row=' in shown
    assert reverse("extract:pin-rows", args=[acts.pk]) in shown


@pytest.mark.parametrize("cell", ["0", "0.0.0", "9.0.0", "0.-1.1", "a.b.c"])
def test_there_is_no_such_number(personas: Personas, acts: Item, cell: str) -> None:
    address = (
        reverse("patterns:rows", args=[acts.pk, "counts"]) + f"?rows=place&unit=act&cell={cell}"
    )
    assert as_(personas, "owner").get(address).status_code == 404


def test_for_the_public_small_counts_are_withheld_and_open_nothing(
    personas: Personas, acts: Item
) -> None:
    said = page(personas, acts, "counts", "unit=act&rows=date:month&columns_=place&public=on")
    assert "/rows/?" not in said
    assert "…" in said


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", ["csv", "xlsx", "docx"])
def test_a_finding_leaves_with_a_line_in_the_audit(
    personas: Personas, acts: Item, method: str, form: str
) -> None:
    address = reverse("patterns:take", args=[acts.pk, method, form])
    answer = as_(personas, "colleague").get(address)
    assert answer.status_code == 200
    assert answer.content[:2] == (b"PK" if form != "csv" else b"\xef\xbb")
    assert AuditEntry.objects.filter(action="export counts", user=personas.colleague).exists()


@pytest.mark.parametrize("name", ["interpreter", "auditor"])
def test_who_may_not_export_does_not(personas: Personas, acts: Item, name: str) -> None:
    address = reverse("patterns:take", args=[acts.pk, "counts", "csv"])
    assert as_(personas, name).get(address).status_code == 403
    assert not AuditEntry.objects.filter(action="export counts").exists()


def test_what_cannot_be_counted_is_refused_aloud(personas: Personas, acts: Item) -> None:
    said = page(personas, acts, "counts", "unit=event&rows=place")
    assert "This table cannot count events" in said
    said = page(personas, acts, "counts", "unit=act&rows=place&columns_=act_id")
    assert "has 300 different values" in said


def test_a_table_without_dates_has_no_trend(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = table_in(matter, b"name,place\nA,B\nC,D\n", "two.csv", room, personas.owner)
    assert "No column of this table holds dates" in page(personas, item, "trend")


def test_a_file_that_is_no_table_says_so(personas: Personas, matter: Matter, room: Sandbox) -> None:
    item = table_in(matter, b"A letter.", "letter.txt", room, personas.owner)
    assert "no such table" in page(personas, item, "counts")
    assert tables_of(matter) == []


def test_every_page_says_how_it_is_done_in_python(personas: Personas, acts: Item) -> None:
    for method in METHODS:
        assert "records = tables.read(Path(" in page(personas, acts, method)
    client = as_(personas, "owner")
    for address in (
        reverse("patterns:tables", args=[acts.matter_id]),
        reverse("patterns:rows", args=[acts.pk, "counts"]) + "?rows=place&unit=act&cell=0.0.1",
    ):
        said = unescape(client.get(address).content.decode())
        assert "Do this in Python" in said
        assert "tables.read(" in said


@pytest.mark.parametrize("method", METHODS)
def test_what_the_page_says_in_python_runs(
    acts: Item, method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data in (("acts.csv", CSV), ("people.csv", PEOPLE), ("units.csv", UNDER)):
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    sheet = sheet_of(acts)
    told = METHODS[method].tell(sheet, begun(acts, method).cleaned_data, chance=False)
    names: dict[str, object] = {}
    exec(told.python.replace("shuffles=999", "shuffles=9"), names)
    assert len(names["records"]) == len(ROWS)  # type: ignore[arg-type]


def test_the_notebook_opens_the_same_rows(personas: Personas, acts: Item) -> None:
    address = reverse("patterns:rows", args=[acts.pk, "counts"]) + "?rows=place&unit=act&cell=0.0.1"
    shown = as_(personas, "owner").get(address)
    first = shown.context["snippet"].rpartition(" in [")[2].split(",")[0]
    assert int(first) == shown.context["page"].object_list[0]


def begun(acts: Item, method: str) -> ChoosingForm:
    """What a page opens with, as if it had been chosen."""
    others = [each for each in tables_of(acts.matter) if each.item != acts]
    records = sheet_of(acts).records
    form = METHODS[method].form(records=records, others=others)
    chosen = QueryDict(mutable=True)
    for name, values in form.started().items():
        chosen.setlist(name, values)
    bound = METHODS[method].form(chosen, records=records, others=others)
    assert bound.is_valid(), bound.errors
    return bound


@pytest.mark.parametrize("method", METHODS)
def test_every_number_opens_rows_that_are_there(acts: Item, method: str) -> None:
    sheet, bound = sheet_of(acts), begun(acts, method)
    finding = METHODS[method].tell(sheet, bound.cleaned_data, chance=False)
    opened = [list(cell.behind()) for cell in finding.numbers() if cell.behind]
    assert opened
    assert all(rows and set(rows) <= set(range(1, len(ROWS) + 1)) for rows in opened)


def test_units_are_seen_under_those_above_them_then(personas: Personas, acts: Item) -> None:
    said = page(personas, acts, "exposure")
    assert "“Interior Guard”" in said
    assert "Ministry" in said


def test_rates_say_whose_people_they_are_of(personas: Personas, acts: Item) -> None:
    said = page(personas, acts, "rates", "unit=act&rows=place&other=0")
    assert "per 100,000 people" in said
    assert "acts are not people" in said.casefold()
    assert "From “people.csv”" in said or "People from “people.csv”" in said


@pytest.mark.parametrize("method", ["rates", "exposure"])
def test_without_another_table_it_says_what_to_add(
    personas: Personas, matter: Matter, room: Sandbox, method: str
) -> None:
    item = table_in(
        matter, b"name,place,date\nA,B,2021\nC,D,2022\n", "one.csv", room, personas.owner
    )
    assert "no other table" in page(personas, item, method)


def test_who_must_not_know_reads_the_pseudonym_and_takes_nothing(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    rows = "".join(f"Amaranta Quispe,arrest,20{10 + n}-03-05\n" for n in range(10))
    item = table_in(matter, f"person,act,date\n{rows}".encode(), "t.csv", room, personas.owner)
    party = add_party(matter, acting_user=personas.owner, name="Amaranta Quispe", role="witness")
    seal_party(party, "Witness K", acting_user=personas.owner)
    query = "unit=act&rows=person&columns_=act"
    said = page(personas, item, "counts", query, name="interpreter")
    assert "Amaranta" not in said
    assert "Witness K" in said
    address = reverse("patterns:rows", args=[item.pk, "counts"]) + f"?{query}&cell=0.0.1"
    shown = as_(personas, "interpreter").get(address).content.decode()
    assert "Amaranta" not in shown
    taken = reverse("patterns:take", args=[item.pk, "counts", "csv"])
    assert as_(personas, "colleague").get(taken).status_code == 403
