"""A table on its page: sheets, rows in any order, rows found and pinned by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from amparo.base.pinpoints import RowSelector
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import read_item
from amparo.extract.web.models import Pinpoint
from amparo.extract.web.queries import sheets
from amparo.extract.web.queries.sheets import SHOWN, Asked, page_of_row, table
from tests.extract.builders import xlsx
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

pytestmark = pytest.mark.django_db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 4_000
LINES = [f"{name};{7 * number % ROWS};2021-03-04" for number, name in enumerate(["Ана"] * ROWS)]
CSV = "\n".join(["name;paid;day", "", *LINES]).encode()


@pytest.fixture
def pay(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    """A table of 4,000 rows below a head and a blank line."""
    return read(personas, room, item_of(matter, CSV, "pay.csv"))


def read(personas: Personas, room: Sandbox, item: Item) -> Item:
    item.save()
    read_item(item, room=room, safe=safe(), acting_user=personas.owner)
    item.refresh_from_db()
    return item


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def page_of(personas: Personas, item: Item, query: str = "", name: str = "colleague") -> str:
    address = reverse("extract:item", args=[item.pk])
    return as_(personas, name).get(f"{address}?{query}").content.decode()


def numbers(item: Item, **asked: object) -> list[int]:
    return [row.number for row in table(item, "", Asked(**asked)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["owner", "colleague", "interpreter", "auditor"])
def test_the_team_sees_it(personas: Personas, pay: Item, name: str) -> None:
    page = page_of(personas, pay, name=name)
    assert "A · name" in page
    assert 'data-line="3"' in page
    assert ('name="row"' in page) is (name != "auditor")


@pytest.mark.parametrize("name", ["client", "administrator", "stranger"])
def test_others_find_nothing(personas: Personas, pay: Item, name: str) -> None:
    client = as_(personas, name)
    assert client.get(reverse("extract:item", args=[pay.pk])).status_code == 404
    assert client.post(reverse("extract:pin-rows", args=[pay.pk]), {"row": 3}).status_code == 404


def test_in_the_order_of_the_file(pay: Item) -> None:
    shown = table(pay, "", Asked())
    assert shown.head is not None
    assert (shown.total, shown.first, shown.last) == (ROWS, 1, SHOWN)
    assert numbers(pay) == list(range(3, SHOWN + 3))
    assert numbers(pay, at=ROWS - 2) == [ROWS + 1, ROWS + 2]
    assert numbers(pay, row=3000)[:6] == list(range(2995, 3001))


def test_pages_and_rows_agree(pay: Item) -> None:
    assert (pay.page_count or 0) > 1
    second = pay.pages.get(number=2, is_current=True)
    assert numbers(pay, page=2)[0] == second.table.numbers[0]
    found = page_of_row(pay, "", second.table.numbers[0])
    assert found == (second, second.text.split("\n")[0])


def test_sorted_and_narrowed(pay: Item) -> None:
    ascending = table(pay, "", Asked(by=1)).rows
    assert [row.cell(1) for row in ascending] == [str(each) for each in range(SHOWN)]
    assert table(pay, "", Asked(by=1, down=True)).rows[0].cell(1) == str(ROWS - 1)
    assert table(pay, "", Asked(words="АНА")).total == ROWS
    assert table(pay, "", Asked(words="nobody")).total == 0


def test_what_is_too_long_stays_in_its_order(pay: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_SORTED", 10)
    shown = table(pay, "", Asked(by=1, down=True))
    assert shown.too_long
    assert [row.number for row in shown.rows] == list(range(3, SHOWN + 3))


def test_rows_are_pinned_by_their_number(personas: Personas, pay: Item) -> None:
    client = as_(personas, "colleague")
    answer = client.post(reverse("extract:pin-rows", args=[pay.pk]), {"row": ["3700", "5"]})
    first, second = Pinpoint.objects.filter(item=pay).order_by("page")
    assert first.place.selector == RowSelector("", 5)
    assert second.place.selector == RowSelector("", 3700)
    assert first.quote == "Ана | 14 | 2021-03-04"
    assert answer["Location"].endswith("?page=1&row=5#row=5")
    page = client.get(f"{reverse('extract:item', args=[pay.pk])}?page={second.page}&row=3700")
    assert 'id="row-3700" class=" is-pinned"' in page.content.decode()
    assert "3700" in page.content.decode()


def test_no_row_is_said(personas: Personas, pay: Item) -> None:
    address = reverse("extract:pin-rows", args=[pay.pk])
    answer = as_(personas, "colleague").post(address, {"row": ["2", "x", "99999"], "sheet": ""})
    assert answer.status_code == 400


def test_sheets_of_a_workbook(personas: Personas, matter: Matter, room: Sandbox) -> None:
    rows = '<row r="4"><c r="A4"><v>5</v></c></row>'
    book = item_of(matter, xlsx(rows, state="hidden"), "pay.xlsx")
    book.media_type = XLSX
    read(personas, room, book)
    shown = table(book, "Payments", Asked())
    assert [(row.number, row.cells) for row in shown.rows] == [(4, ("5",))]
    assert [each.label for each in shown.sheets] == ["Payments (hidden sheet)"]
    assert "As text" in page_of(personas, book)
    assert "viewer-text" in page_of(personas, book, "as=text")


def test_cells_are_never_markup(personas: Personas, matter: Matter, room: Sandbox) -> None:
    made = read(personas, room, item_of(matter, b"a,b\n<script>x</script>,=1+1\n", "a.csv"))
    page = page_of(personas, made)
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
