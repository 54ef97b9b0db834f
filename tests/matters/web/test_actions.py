"""What the actions refuse, and that each tells the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import UsageError
from amparo.matters.web import actions
from amparo.matters.web.models import TeamMember
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter


def told(matter: Matter) -> list[str]:
    rows = AuditEntry.objects.filter(matter_id=matter.pk).order_by("id")
    return list(rows.values_list("action", flat=True))


def test_every_deed_is_in_the_audit(personas: Personas, matter: Matter) -> None:
    before, who = len(told(matter)), personas.owner
    party = actions.add_party(matter, acting_user=who, name="Amal", role="client")
    actions.change_party(party, acting_user=who, name="Amal H.")
    actions.remove_party(party, acting_user=who)
    task = actions.add_task(matter, "Ask", acting_user=who)
    actions.change_task(task, "Ask again", acting_user=who, assignee=who, due=None)
    actions.finish_task(task, acting_user=who)
    actions.finish_task(task, acting_user=who, done=False)
    actions.remove_task(task, acting_user=who)
    actions.write_note(matter, "So it was.", acting_user=who)
    actions.change_matter(matter, acting_user=who, status="closed")
    assert told(matter)[before:] == [
        "add party",
        "change party",
        "remove party",
        "add task",
        "change task",
        "finish task",
        "reopen task",
        "remove task",
        "write note",
        "change matter",
    ]


def test_nothing_changed_is_nothing_told(personas: Personas, matter: Matter) -> None:
    before = told(matter)
    assert actions.change_matter(matter, acting_user=personas.owner, title=matter.title) == []
    assert told(matter) == before


def test_closing_writes_the_day_and_opening_takes_it_away(
    personas: Personas, matter: Matter
) -> None:
    actions.change_matter(matter, acting_user=personas.owner, status="closed")
    assert matter.closed_at is not None
    actions.change_matter(matter, acting_user=personas.owner, status="open")
    assert matter.closed_at is None


def test_a_taken_number_is_refused(personas: Personas, matter: Matter) -> None:
    with pytest.raises(UsageError, match="is taken"):
        actions.open_matter("Other", acting_user=personas.owner, number=matter.number)


def test_a_task_goes_only_to_the_team(personas: Personas, matter: Matter) -> None:
    with pytest.raises(UsageError, match="on the team"):
        actions.add_task(matter, "Ask", acting_user=personas.owner, assignee=personas.stranger)


def test_someone_who_can_manage_always_stays(personas: Personas, matter: Matter) -> None:
    actions.add_member(matter, personas.colleague, "client", acting_user=personas.owner)
    with pytest.raises(UsageError, match="Nobody else"):
        actions.add_member(matter, personas.owner, "auditor", acting_user=personas.owner)
    with pytest.raises(UsageError, match="Nobody else"):
        actions.remove_member(
            TeamMember.objects.get(matter=matter, user=personas.owner), acting_user=personas.owner
        )


def test_an_empty_note_is_refused(personas: Personas, matter: Matter) -> None:
    with pytest.raises(UsageError, match="empty"):
        actions.write_note(matter, "  \n", acting_user=personas.owner)
