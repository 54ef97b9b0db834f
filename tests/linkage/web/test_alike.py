"""Like names while a party is written down: found in any script, among what one may see only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils.http import urlencode

from amparo.linkage.web.actions.named import VERSION, key_what_is_not
from amparo.linkage.web.models import NamedParty, PartyKey
from amparo.linkage.web.queries.alike import parties_alike
from amparo.matters.web.actions import (
    add_member,
    add_party,
    change_party,
    open_matter,
    remove_party,
    seal_party,
)
from amparo.matters.web.models import Party

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")


@pytest.fixture
def party(matter: Matter, personas: Personas) -> Party:
    return add_party(matter, acting_user=personas.owner, name="Omar Haddad", role="client")


def names(user: User, *typed: str) -> list[str]:
    return [line.party.name for line in parties_alike(user, typed)]


@pytest.mark.parametrize("typed", ["Haddad Omar", "عمر حداد", "Омар Хаддад", "Omar Hadad"])
def test_a_party_is_found_however_it_is_typed(typed: str, party: Party, personas: Personas) -> None:
    assert names(personas.colleague, typed) == ["Omar Haddad"]
    assert names(personas.colleague, "Li") == []
    assert names(personas.colleague, "J. M.") == []
    assert names(personas.colleague, "Maria Ana " * 100) == []


def test_who_may_not_see_the_matter_is_shown_nothing(party: Party, personas: Personas) -> None:
    assert names(personas.stranger, "Omar Haddad") == []
    assert names(personas.administrator, "Omar Haddad") == []


def test_a_sealed_party_is_not_shown_to_who_does_not_know(party: Party, personas: Personas) -> None:
    other = open_matter("B. v. State", acting_user=personas.colleague)
    seal_party(party, "Client 1", acting_user=personas.owner)
    assert names(personas.owner, "Omar Haddad") == ["Omar Haddad"]
    assert names(personas.colleague, "Omar Haddad") == []
    at = Client()
    at.force_login(personas.colleague)
    page = at.get(f"/matters/{other.pk}/alike/?{urlencode({'name': 'Omar Haddad'})}")
    assert page.content.strip() == b""


def test_another_sealed_name_in_a_title_stays_veiled(party: Party, personas: Personas) -> None:
    made = open_matter("Heron v. State", acting_user=personas.stranger)
    add_party(made, acting_user=personas.stranger, name="Omar Haddad", role="witness")
    heron = add_party(made, acting_user=personas.stranger, name="Heron", role="client")
    add_member(made, personas.owner, "attorney", acting_user=personas.stranger)
    seal_party(heron, "Client 7", acting_user=personas.stranger)
    titles = {line.title for line in parties_alike(personas.owner, ["Omar Haddad"])}
    assert titles == {"A. v. State", "Client 7 v. State"}


def test_keys_follow_the_names(party: Party, personas: Personas) -> None:
    change_party(party, acting_user=personas.owner, name="Lina Saleh")
    assert names(personas.owner, "Omar Haddad") == []
    assert names(personas.owner, "لينا صالح") == ["Lina Saleh"]
    change_party(party, acting_user=personas.owner, original_name="Олена Коваль")
    assert names(personas.owner, "Olena Koval") == ["Lina Saleh"]
    remove_party(party, acting_user=personas.owner)
    assert not PartyKey.objects.exists()


def test_parties_from_before_there_were_keys_are_keyed(party: Party, personas: Personas) -> None:
    NamedParty.objects.all().delete()
    Party.objects.bulk_create(
        Party(matter=party.matter, name=f"Person {n}", role="other") for n in range(3)
    )
    assert key_what_is_not() == 4
    assert key_what_is_not() == 0
    NamedParty.objects.update(version=VERSION - 1)
    assert key_what_is_not() == 4
    assert names(personas.owner, "Omar Haddad") == ["Omar Haddad"]


@pytest.mark.parametrize("who", EVERYONE)
def test_who_is_answered(who: str, party: Party, personas: Personas) -> None:
    at = Client()
    at.force_login(getattr(personas, who))
    status = at.get(f"/matters/{party.matter_id}/alike/?name=Omar+Haddad&but=x").status_code
    may = {"owner", "colleague"}
    assert status == (200 if who in may else 403 if who in {"interpreter", "auditor"} else 404)


def test_the_party_that_is_changed_is_not_like_itself(party: Party, personas: Personas) -> None:
    at = Client()
    at.force_login(personas.owner)
    address = f"/matters/{party.matter_id}/alike/?name=Omar+Haddad&but="
    assert b"Omar Haddad" in at.get(address).content
    assert b"Omar Haddad" not in at.get(address + str(party.pk)).content
    form = at.get(f"/matters/{party.matter_id}/parties/{party.pk}/").content.decode()
    assert f"but={party.pk}" in form
