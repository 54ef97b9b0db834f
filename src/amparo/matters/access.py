"""Who may do what inside a matter: the table, without any row.

Deny by default. Someone acts in a matter only as a member of its team, and only what both their
role in the organisation and their role on that team allow. An administrator who is not on the team
sees nothing of the matter: running the house does not open its cabinets.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amparo.accounts.roles import Role

__all__ = ["Decision", "Verb", "decide"]


class Verb(StrEnum):
    """What can be done to a matter and to what it holds."""

    VIEW = "view"
    ADD = "add"
    ANNOTATE = "annotate"
    EDIT = "edit"
    PRODUCE = "produce"
    EXPORT = "export"
    REVIEW = "review"
    MANAGE = "manage"


_EVERYDAY = frozenset({Verb.VIEW, Verb.ADD, Verb.ANNOTATE, Verb.EDIT, Verb.PRODUCE, Verb.EXPORT})

_MAY: dict[Role, frozenset[Verb]] = {
    Role.ADMINISTRATOR: _EVERYDAY | {Verb.MANAGE},
    Role.ATTORNEY: frozenset(Verb),
    Role.PARALEGAL: _EVERYDAY | {Verb.MANAGE},
    Role.INVESTIGATOR: _EVERYDAY | {Verb.MANAGE},
    Role.INTERPRETER: frozenset({Verb.VIEW, Verb.ANNOTATE}),
    Role.AUDITOR: frozenset({Verb.VIEW}),
    Role.CLIENT: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and its reason in words."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def decide(role: Role | str, team_role: Role | str | None, verb: Verb | str) -> Decision:
    """Whether someone with ``role``, on the team as ``team_role`` (None: not), may ``verb``."""
    if team_role is None:
        return Decision(False, "not on the team of this matter")
    verb = Verb(verb)
    for what, which in (("role", Role(role)), ("role on this team", Role(team_role))):
        if verb not in _MAY[which]:
            return Decision(False, f"the {what}, {which}, does not allow to {verb}")
    return Decision(True, f"{Role(team_role)} on the team of this matter")
