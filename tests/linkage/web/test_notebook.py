"""Every page of linkage says how it is done in Python, and what it says runs beside the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from amparo.extract.sandbox import Sandbox
from amparo.linkage.records import Linking
from amparo.linkage.web.actions.conflicts import ask_for_decision, check_conflicts
from amparo.linkage.web.actions.linkages import judge
from amparo.linkage.web.models import ConflictHit, LinkedPair, ScreeningHit
from amparo.matters.web.actions import add_party, open_matter
from tests.linkage.records.people import HEAD, rows
from tests.linkage.screening.lists import OFAC
from tests.linkage.web.test_linkages import as_, made
from tests.linkage.web.test_screening import brought, screened
from tests.patterns.web.acts import table_in, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amparo.matters.web.models import Matter
    from tests.personas import Personas

pytestmark = pytest.mark.django_db

LISTS = {
    "police.csv": written(HEAD, [tuple(row) for row in rows(60)]),
    "parish.csv": written(HEAD, [tuple(row) for row in rows(40, again=0.2)]),
}


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with Sandbox(1) as started:
        yield started


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a notebook with copies of the files."""
    for name, data in {**LISTS, "sdn.xml": OFAC.encode()}.items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(personas: Personas, address: str, who: str = "owner") -> dict[str, Any]:
    """What the page's snippet leaves behind when it was run."""
    page = as_(personas, who).get(address)
    assert page.status_code == 200, address
    assert "Do this in Python" in page.content.decode(), address
    names: dict[str, Any] = {}
    exec(page.context["snippet"], names)
    return names


def test_linked_tables(
    personas: Personas,
    matter: Matter,
    room: Sandbox,
    beside: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [table_in(matter, data, name, room, personas.owner) for name, data in LISTS.items()]
    names = run(personas, reverse("linkage:linkages", args=[matter.pk]))
    assert names["linking"].count > 100
    query = "&".join(f"table={item.pk}|" for item in items)
    names = run(personas, f"{reverse('linkage:link', args=[matter.pk])}?{query}")
    assert names["linking"].roles[0]["birth"] == "date of birth"
    asked = made(personas, matter, *items).linkage
    names = run(personas, reverse("linkage:linked", args=[asked.pk]))
    assert len(names["result"].clusters) == asked.groups.count() > 0
    learned = names["model"]
    monkeypatch.setattr(Linking, "learn", lambda _linking, **_more: learned)  # once is enough
    group = asked.groups.first()
    names = run(personas, reverse("linkage:group", args=[asked.pk, group.number]))
    assert names["group"] == set(group.records)
    pair = LinkedPair.objects.filter(linkage=asked).first()
    judge(pair, "match", acting_user=personas.owner)
    names = run(personas, f"{reverse('linkage:review', args=[asked.pk])}?pair={pair.pk}")
    assert names["pair"].bits == pair.bits


def test_screening(personas: Personas, matter: Matter, beside: Path) -> None:
    add_party(matter, acting_user=personas.owner, name="Omar Haddad", role="client")
    kept = brought(personas)
    assert len(run(personas, reverse("linkage:name-lists"), "administrator")["lists"]) == 1
    assert run(personas, reverse("linkage:screenings", args=[matter.pk]))["lists"][0].entries
    done = screened(personas, matter, f"list:{kept.pk}")
    names = run(personas, reverse("linkage:screened", args=[done.pk]))
    assert names["hit"].entry.name
    hit = ScreeningHit.objects.get()
    names = run(personas, reverse("linkage:screening-hit", args=[hit.pk]))
    assert hit.spelling in {each.name for each in names["hit"].entry.spellings}


def test_conflicts(personas: Personas, matter: Matter, beside: Path) -> None:
    add_party(matter, acting_user=personas.owner, name="Omar Haddad", role="client")
    other = open_matter("B. v. State", acting_user=personas.owner)
    add_party(other, acting_user=personas.owner, name="عمر حداد", role="respondent")
    check_conflicts(matter, [], acting_user=personas.owner)
    names = run(personas, reverse("linkage:conflicts", args=[matter.pk]))
    assert names["names"] == ["Omar Haddad"]
    hit = ConflictHit.objects.get()
    names = run(personas, reverse("linkage:conflict", args=[hit.pk]))
    assert names["found"].score > 0.7


def test_conflicts_to_decide(personas: Personas, matter: Matter) -> None:
    add_party(matter, acting_user=personas.owner, name="Omar Haddad", role="client")
    other = open_matter("B. v. State", acting_user=personas.stranger)
    add_party(other, acting_user=personas.stranger, name="عمر حداد", role="respondent")
    done = check_conflicts(matter, [], acting_user=personas.owner)
    ask_for_decision(done, "Please.", acting_user=personas.owner)
    names = run(personas, reverse("linkage:open-conflicts"), "stranger")
    assert names["pairs"] == [("Omar Haddad", "عمر حداد")]
