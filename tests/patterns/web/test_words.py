"""What the words of a table mean, on the page: said by people, kept, and before the vocabulary."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import UsageError
from amparo.patterns.rights import vocabulary
from amparo.patterns.web.actions import say_what_words_mean
from amparo.patterns.web.models import TableWord
from amparo.patterns.web.queries import sheet_of, words_said
from amparo.patterns.web.words import COUNTS, NEEDS, WHOM, touched_words
from tests.patterns.web.acts import HEADS, ROWS, table_in, written
from tests.patterns.web.test_pages import as_, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from amparo.evidence.web.models import Item
    from amparo.extract.sandbox import Sandbox
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

pytestmark = pytest.mark.django_db

BY_RIGHT = "unit=act&rows=violation:right&columns_=place"
BY_SDG = "unit=victim&rows=violation:sdg&columns_="
KINDS = [
    (*row[:4], "disappearance" if n % 4 == 0 else row[4], *row[5:]) for n, row in enumerate(ROWS)
]
CSV = written(HEADS, KINDS)
DISAPPEARED = sum(row[4] == "disappearance" for row in KINDS)


@pytest.fixture
def acts(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    """The table of ``acts.py`` with a word that the vocabulary does not have."""
    return table_in(matter, CSV, "acts.csv", room, personas.owner)


def words(personas: Personas, item: Item, name: str = "owner", query: str = "") -> HttpResponse:
    return as_(personas, name).get(f"{reverse('patterns:words', args=[item.pk])}?{query}")  # type: ignore[return-value]


def say(personas: Personas, item: Item, word: str, means: str, also: str = "") -> HttpResponse:
    """Choose on the page what a word means; everything else stays as the page opened."""
    form = words(personas, item).context["form"]  # type: ignore[attr-defined]
    data = {field.html_name: field.value() or "" for field in form}
    line = next(each for each in form.lines() if each.word == word)
    data |= {line.means.html_name: means, line.also.html_name: also}
    client = as_(personas, "owner")
    return client.post(reverse("patterns:words", args=[item.pk]), data)  # type: ignore[return-value]


def test_counts_by_right_ask_about_words_that_nobody_knows(personas: Personas, acts: Item) -> None:
    said = page(personas, acts, "counts", BY_RIGHT)
    assert "Freedom from torture and ill-treatment" in said
    assert "ICCPR 7" in said
    assert (
        f"Rows with words that are not in the vocabulary: {DISAPPEARED} (“disappearance”)." in said
    )
    assert f"{reverse('patterns:words', args=[acts.pk])}?sheet=&column=violation" in said
    assert "Some acts stand in several cells" not in said  # each of these words touches one right


def test_each_number_by_right_opens_as_many_rows_as_it_counts(
    personas: Personas, acts: Item
) -> None:
    say(personas, acts, "disappearance", "enforced_disappearance")
    said = page(personas, acts, "counts", BY_RIGHT)
    links = re.findall(r'<a href="([^"]+/rows/[^"]+)">(\d+)</a>', said)
    assert len(links) > 15
    for address, number in links[::5]:
        assert as_(personas, "owner").get(address).context["count"] == int(number)


def test_what_somebody_says_goes_first_and_is_kept_with_the_name(
    personas: Personas, acts: Item
) -> None:
    assert (
        say(personas, acts, "disappearance", "enforced_disappearance", "abduction").status_code
        == 302
    )
    row = TableWord.objects.get()
    assert (row.said, row.means, row.by) == (
        "disappearance",
        ["enforced_disappearance", "abduction"],
        personas.owner,
    )
    assert AuditEntry.objects.filter(action="say what words mean", user=personas.owner).exists()
    said = page(personas, acts, "counts", BY_RIGHT, name="interpreter")
    assert "Not to be disappeared" in said
    assert f"Words that were read as {personas.owner} said: 1." in said
    assert "not in the vocabulary" not in said
    shown = unescape(words(personas, acts, "auditor").content.decode())
    assert "enforced disappearance, abduction" in shown
    assert str(personas.owner) in shown


def test_the_latest_word_stands_and_can_be_taken_back(personas: Personas, acts: Item) -> None:
    say(personas, acts, "torture", "none")
    assert "Freedom from torture" not in page(personas, acts, "counts", BY_RIGHT)
    say(personas, acts, "torture", "")
    assert "Freedom from torture" in page(personas, acts, "counts", BY_RIGHT)
    assert words_said(acts.pk, sheet_of(acts).name) == {}
    assert TableWord.objects.count() == 2
    say(personas, acts, "torture", "")  # as it is: nothing is written
    assert TableWord.objects.count() == 2


def test_what_was_said_cannot_be_changed_afterwards(personas: Personas, acts: Item) -> None:
    say(personas, acts, "torture", "none")
    with pytest.raises(DatabaseError), transaction.atomic():
        TableWord.objects.update(said="rape")
    with pytest.raises(DatabaseError), transaction.atomic():
        TableWord.objects.all().delete()


def test_an_indicator_is_counted_when_the_table_says_what_it_needs(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    rows = "".join(f"V{n},murder,{'yes' if n % 3 else 'no'}\n" for n in range(12))
    data = f"victim_id,violation,war\n{rows}".encode()
    item = table_in(matter, data, "war.csv", room, personas.owner)
    said = page(personas, item, "counts", BY_SDG)
    assert "16.1.1 is not counted: no column says whether it was part of an armed conflict." in said
    assert "16.1.1 victims of intentional homicide" not in said
    form = words(personas, item).context["form"]  # type: ignore[attr-defined]
    data_ = {field.html_name: field.value() or "" for field in form}
    data_ |= {"need-conflict": "column:war", "need-verified": "yes"}
    client = as_(personas, "colleague")
    assert client.post(reverse("patterns:words", args=[item.pk]), data_).status_code == 302
    said = page(personas, item, "counts", BY_SDG)
    assert "16.1.1 victims of intentional homicide" in said
    assert "16.1.2 conflict-related deaths" in said
    assert "people who died in an armed conflict" in said
    assert "An indicator counts victims" in page(
        personas, item, "counts", "unit=act&rows=violation:sdg&columns_="
    )


def test_the_snippet_says_what_people_said_and_runs(
    personas: Personas, acts: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(personas, acts, "disappearance", "enforced_disappearance")
    (tmp_path / "acts.csv").write_bytes(CSV)
    monkeypatch.chdir(tmp_path)
    address = f"{reverse('patterns:finding', args=[acts.pk, 'counts'])}?{BY_RIGHT}"
    finding = as_(personas, "owner").get(address).context["finding"]
    names: dict[str, object] = {}
    exec(finding.python, names)
    table = names["table"]
    assert table.total == finding.grids[0].lines[-1][-1].value  # type: ignore[attr-defined]
    assert "Not to be disappeared" in table.row_labels  # type: ignore[attr-defined]
    names = {}
    exec(words(personas, acts).context["snippet"], names)  # type: ignore[attr-defined]
    assert set(names["words"]) == {"arrest", "torture", "disappearance"}  # type: ignore[call-overload]


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx"])
def test_a_table_by_right_leaves_with_its_articles(
    personas: Personas, acts: Item, form: str
) -> None:
    address = reverse("patterns:take", args=[acts.pk, "counts", form]) + f"?{BY_RIGHT}"
    answer = as_(personas, "owner").get(address)
    assert answer.status_code == 200
    assert form != "csv" or "ICCPR 9(1)" in answer.content.decode("utf-8-sig")


def test_who_may_not_says_nothing(personas: Personas, acts: Item) -> None:
    address = reverse("patterns:words", args=[acts.pk])
    for name, status in (("auditor", 403), ("client", 404), ("stranger", 404)):
        client = Client()
        client.force_login(getattr(personas, name))
        assert client.post(address, {}).status_code == status
    assert words(personas, acts, "stranger").status_code == 404
    assert words(personas, acts, "auditor").status_code == 200


def test_a_type_that_is_not_there_is_refused(personas: Personas, acts: Item) -> None:
    assert say(personas, acts, "torture", "gossip").status_code == 422
    with pytest.raises(UsageError, match="The vocabulary has no gossip"):
        say_what_words_mean(acts, "", words={"x": ["gossip"]}, facts={}, acting_user=personas.owner)


def test_a_table_without_types_of_act_says_so(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = table_in(matter, b"name,place\nA,B\nC,D\n", "two.csv", room, personas.owner)
    assert words(personas, item).status_code == 400
    assert ":right" not in page(personas, item, "counts")
    assert words(personas, item, query="column=name").status_code == 200


def test_rights_are_named_in_the_language_of_the_page() -> None:
    with translation.override("ar"):
        assert touched_words("Life") == "الحياة"
        assert touched_words("16.1.2").startswith("16.1.2 ")
    with translation.override("uk"):
        assert touched_words("Fair trial") == "Справедливий суд"


def test_the_page_says_what_the_vocabulary_says() -> None:
    told = vocabulary()
    cases = {code: each.counts for code, each in told.indicators.items() if each.basis == "cases"}
    assert {code: str(said) for code, said in COUNTS.items()} == cases
    whom = {article.whom for right in told.rights.values() for article in right.articles}
    assert set(WHOM) == whom - {""}
    assert set(NEEDS) == set(told.needs)
