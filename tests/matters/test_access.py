"""The table of who may do what inside a matter."""

from __future__ import annotations

import pytest

from amparo.accounts.roles import Role
from amparo.matters.access import Verb, decide


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(Verb))
def test_nobody_off_the_team_may_do_anything(role: Role, verb: Verb) -> None:
    assert not decide(role, None, verb)


@pytest.mark.parametrize(
    ("role", "verb", "may"),
    [
        (Role.ATTORNEY, Verb.REVIEW, True),
        (Role.PARALEGAL, Verb.REVIEW, False),
        (Role.PARALEGAL, Verb.PRODUCE, True),
        (Role.INTERPRETER, Verb.VIEW, True),
        (Role.INTERPRETER, Verb.EXPORT, False),
        (Role.AUDITOR, Verb.VIEW, True),
        (Role.AUDITOR, Verb.ADD, False),
        (Role.CLIENT, Verb.VIEW, False),
    ],
)
def test_a_role_allows_what_its_work_needs(role: Role, verb: Verb, may: bool) -> None:
    assert decide(role, role, verb).allowed is may


def test_a_narrower_role_on_the_team_narrows() -> None:
    decision = decide(Role.ATTORNEY, Role.AUDITOR, Verb.EDIT)
    assert not decision
    assert "role on this team, auditor" in decision.reason


def test_a_wider_role_on_the_team_does_not_widen() -> None:
    assert not decide(Role.CLIENT, Role.ATTORNEY, Verb.VIEW)
