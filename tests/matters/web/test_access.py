"""The gate on real rows."""

from __future__ import annotations

import pytest

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.matters.access import Verb
from amparo.matters.web.access import can, require, visible_matters
from amparo.matters.web.actions import open_matter, remove_member
from amparo.matters.web.models import Matter, TeamMember
from tests.personas import Personas

SEES = {
    "owner": True,
    "colleague": True,
    "interpreter": True,
    "auditor": True,
    "client": False,
    "administrator": False,
    "stranger": False,
}


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_lists_and_the_gate_agree(personas: Personas, matter: Matter, who: str, sees: bool) -> None:
    person = getattr(personas, who)
    assert can(person, Verb.VIEW, matter) is sees
    assert visible_matters(person).filter(pk=matter.pk).exists() is sees


def test_someone_who_left_sees_nothing(personas: Personas, matter: Matter) -> None:
    place = TeamMember.objects.get(matter=matter, user=personas.colleague)
    remove_member(place, acting_user=personas.owner)
    assert not visible_matters(personas.colleague).exists()


def test_an_inactive_account_sees_nothing(personas: Personas, matter: Matter) -> None:
    personas.owner.is_active = False
    personas.owner.save()
    assert not can(personas.owner, Verb.VIEW, matter)
    assert not visible_matters(personas.owner).exists()


def test_a_refusal_says_why(personas: Personas, matter: Matter) -> None:
    with pytest.raises(AccessDenied, match="not on the team"):
        require(personas.stranger, Verb.VIEW, matter)


def test_the_last_who_can_manage_stays(personas: Personas) -> None:
    alone = open_matter("B. v. State", acting_user=personas.owner)
    with pytest.raises(UsageError, match="Nobody else"):
        remove_member(alone.team.get(), acting_user=personas.owner)


def test_numbers_follow_each_other_in_the_year(personas: Personas, matter: Matter) -> None:
    following = open_matter("C. v. State", acting_user=personas.owner)
    year, _, serial = matter.number.partition("-")
    assert following.number == f"{year}-{int(serial) + 1:04d}"


def test_opening_a_matter_is_audited(personas: Personas, matter: Matter) -> None:
    entry = AuditEntry.objects.get(action="open matter", matter_id=matter.pk)
    assert entry.user == personas.owner
