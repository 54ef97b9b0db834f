"""Walls that nobody passes, and places that end by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.matters.access import Place, Verb, decide_at
from amparo.matters.web import actions
from amparo.matters.web.access import can, visible_matters
from amparo.matters.web.models import Matter, TeamMember, Wall
from amparo.matters.web.queries import tasks_of_person
from tests.personas import Personas


def soon() -> timedelta:
    return timezone.now() + timedelta(hours=1)


def let_it_pass(matter: Matter, **whose: object) -> None:
    rows = TeamMember.objects.filter(matter=matter, **whose)
    rows.update(until=timezone.now() - timedelta(seconds=1))


def test_a_place_ends_at_its_time_and_not_before() -> None:
    now = timezone.now()
    place = Place("paralegal", until=now)
    assert decide_at("paralegal", place, Verb.VIEW, now - timedelta(microseconds=1))
    assert not decide_at("paralegal", place, Verb.VIEW, now)
    assert "has ended" in decide_at("paralegal", place, Verb.VIEW, now).reason


def test_an_end_is_given_and_comes_by_itself(personas: Personas, matter: Matter) -> None:
    actions.add_member(
        matter, personas.stranger, "attorney", acting_user=personas.owner, until=soon()
    )
    assert can(personas.stranger, Verb.VIEW, matter)
    let_it_pass(matter, user=personas.stranger)
    assert not can(personas.stranger, Verb.VIEW, matter)
    assert not visible_matters(personas.stranger).exists()


def test_whose_time_is_over_has_no_tasks_there(personas: Personas, matter: Matter) -> None:
    task = actions.add_task(matter, "Ask", acting_user=personas.owner, assignee=personas.colleague)
    assert list(tasks_of_person(personas.colleague)) == [task]
    let_it_pass(matter, user=personas.colleague)
    assert not tasks_of_person(personas.colleague).exists()
    with pytest.raises(UsageError, match="on the team"):
        actions.add_task(matter, "B", acting_user=personas.owner, assignee=personas.colleague)


def test_an_end_in_the_past_is_refused(personas: Personas, matter: Matter) -> None:
    past = timezone.now() - timedelta(minutes=1)
    with pytest.raises(UsageError, match="has passed"):
        actions.add_member(
            matter, personas.stranger, "attorney", acting_user=personas.owner, until=past
        )


def test_the_last_manager_has_no_end(personas: Personas) -> None:
    alone = actions.open_matter("B. v. State", acting_user=personas.owner)
    with pytest.raises(UsageError, match="Nobody else"):
        actions.add_member(
            alone, personas.owner, "attorney", acting_user=personas.owner, until=soon()
        )


@pytest.mark.parametrize("who", ["colleague", "administrator", "stranger"])
def test_behind_a_wall_nobody_is_let_in(personas: Personas, matter: Matter, who: str) -> None:
    user = getattr(personas, who)
    actions.raise_wall(matter, user, "Acts for the other side.", acting_user=personas.owner)
    assert not can(user, Verb.VIEW, matter)
    assert not visible_matters(user).exists()
    with pytest.raises(UsageError, match="wall stands"):
        actions.add_member(matter, user, "attorney", acting_user=personas.owner)


def test_a_place_that_came_past_the_program_opens_nothing(
    personas: Personas, matter: Matter
) -> None:
    actions.raise_wall(matter, personas.administrator, "Why", acting_user=personas.owner)
    TeamMember.objects.create(matter=matter, user=personas.administrator, role="administrator")
    assert not can(personas.administrator, Verb.VIEW, matter)
    assert not visible_matters(personas.administrator).exists()
    client = Client()
    client.force_login(personas.administrator)
    assert client.get(reverse("matters:matter", args=[matter.pk])).status_code == 404


def test_who_is_walled_off_is_not_offered(personas: Personas, matter: Matter) -> None:
    actions.raise_wall(matter, personas.stranger, "Why", acting_user=personas.owner)
    client = Client()
    client.force_login(personas.owner)
    page = client.get(reverse("matters:team", args=[matter.pk]))
    assert personas.stranger not in page.context["form"].fields["user"].queryset
    data = {"user": str(personas.stranger.pk), "role": "attorney"}
    assert client.post(reverse("matters:add-member", args=[matter.pk]), data).status_code == 422


def test_a_wall_needs_a_reason_and_is_raised_by_another(personas: Personas, matter: Matter) -> None:
    for user, reason, match in (
        (personas.owner, "Why", "Someone else"),
        (personas.stranger, "  ", "reason"),
    ):
        with pytest.raises(UsageError, match=match):
            actions.raise_wall(matter, user, reason, acting_user=personas.owner)


def test_the_last_manager_is_not_walled_off(personas: Personas, matter: Matter) -> None:
    TeamMember.objects.filter(matter=matter, user=personas.owner).delete()
    with pytest.raises(AccessDenied):
        actions.raise_wall(matter, personas.colleague, "Why", acting_user=personas.owner)


def test_only_an_attorney_of_the_team_takes_it_down_with_a_reason(
    personas: Personas, matter: Matter
) -> None:
    wall = actions.raise_wall(matter, personas.stranger, "Why", acting_user=personas.owner)
    for who in ("colleague", "administrator", "stranger"):
        with pytest.raises(AccessDenied):
            actions.lift_wall(wall, "No more", acting_user=getattr(personas, who))
    with pytest.raises(UsageError):
        actions.lift_wall(wall, "", acting_user=personas.owner)
    actions.lift_wall(wall, "The other side is another's now.", acting_user=personas.owner)
    assert not can(personas.stranger, Verb.VIEW, matter)
    actions.add_member(matter, personas.stranger, "attorney", acting_user=personas.owner)
    assert can(personas.stranger, Verb.VIEW, matter)
    kept = Wall.objects.get()
    assert (kept.lifted_by, kept.reason) == (personas.owner, "Why")
    told = AuditEntry.objects.filter(matter_id=matter.pk, action__endswith="wall")
    assert sorted(told.values_list("action", flat=True)) == ["lift wall", "raise wall"]
