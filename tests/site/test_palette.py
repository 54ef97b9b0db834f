"""The palette offers what works, and nothing that one may not know of."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from amparo.accounts.web.models import User
from amparo.matters.web.actions import add_party, seal_party
from amparo.matters.web.models import Matter
from amparo.search.web.actions import put
from amparo.site.palette import ways
from tests.personas import Personas
from tests.search.builders import passage

pytestmark = pytest.mark.django_db


def titles(user: User, typed: str = "", matter: Matter | None = None) -> dict[str, list[str]]:
    groups = ways(user, typed, matter.pk if matter else None)
    return {group.title: [str(way.title) for way in group.ways] for group in groups}


def test_the_deeds_of_a_matter_are_those_that_one_may_do(
    personas: Personas, matter: Matter
) -> None:
    here = "This matter"
    assert {"Add files", "Begin a bundle", "Overview"} <= set(
        titles(personas.owner, "", matter)[here]
    )
    assert "Add files" not in titles(personas.auditor, "", matter)[here]
    for nobody in (personas.stranger, personas.client):
        assert here not in titles(nobody, "", matter)


def test_pages_of_the_workspace_go_by_the_role(personas: Personas) -> None:
    assert "Audit" in titles(personas.administrator)["Go to"]
    assert "Audit" not in titles(personas.colleague)["Go to"]
    assert "Open a matter" not in titles(personas.auditor)["Go to"]


def test_matters_and_files_are_found_by_their_names_for_their_team(
    personas: Personas, matter: Matter
) -> None:
    put([passage("x", matter_id=matter.pk, title="Summons", name="summons.pdf")])
    found = titles(personas.colleague, "summ")
    assert found["Files"] == ["Summons"]
    assert "Files" not in titles(personas.stranger, "summ")
    assert titles(personas.colleague, "state")["Matters"] == [matter.title]
    assert "Matters" not in titles(personas.stranger, "state")


def test_words_in_the_language_of_the_page_and_in_english_find_it(personas: Personas) -> None:
    with override("es"):
        for typed in ("home", "inic"):
            groups = ways(personas.owner, typed)
            found = [way.url for group in groups for way in group.ways]
            assert reverse("home") in found


def test_a_sealed_name_finds_no_matter(personas: Personas, matter: Matter) -> None:
    matter.title = "Amaranta Quispe v. State"
    matter.save()
    party = add_party(matter, acting_user=personas.owner, name="Amaranta Quispe", role="witness")
    seal_party(party, "Witness 3", acting_user=personas.owner, known_to=[])
    assert "Matters" not in titles(personas.colleague, "quispe")
    assert titles(personas.colleague, "witness")["Matters"] == ["Witness 3 v. State"]
    assert titles(personas.owner, "quispe")["Matters"] == [matter.title]


def test_it_is_a_page_and_a_part_of_one(personas: Personas, matter: Matter) -> None:
    client = Client()
    client.force_login(personas.colleague)
    whole = client.get(reverse("go"), {"q": "evid", "matter": str(matter.pk)}).content.decode()
    part = client.get(reverse("go"), {"q": "evid"}, headers={"HX-Request": "true"})
    assert "<html" in whole
    assert reverse("evidence:list", args=[matter.pk]) in whole
    assert "<html" not in part.content.decode()
    assert client.get(reverse("go"), {"matter": "nonsense"}).status_code == 200
