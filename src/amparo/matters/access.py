"""Who may do what inside a matter: the table, without any row.

Deny by default. Someone acts in a matter only as a member of its team, and only what both their
role in the organisation and their role on that team allow. An administrator who is not on the team
sees nothing of the matter: running the house does not open its cabinets. A place on the team may
end at a set time, and ends by itself. Behind a wall nobody has a place, whatever else is written.

Where identities are sealed, someone who does not know them reads pseudonyms, and neither adds nor
changes: whoever could, would test a guess or write the pseudonym over the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amparo.accounts.roles import Role

__all__ = ["Decision", "Place", "Verb", "decide", "decide_at"]


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
    IDENTIFY = "identify"


_UNKNOWING = frozenset({Verb.VIEW, Verb.ANNOTATE, Verb.EXPORT})
"""What someone may do at most who does not know the sealed identities of the matter."""

_EVERYDAY = frozenset(
    {
        Verb.VIEW,
        Verb.ADD,
        Verb.ANNOTATE,
        Verb.EDIT,
        Verb.PRODUCE,
        Verb.EXPORT,
        Verb.IDENTIFY,
    }
)

_MAY: dict[Role, frozenset[Verb]] = {
    Role.ADMINISTRATOR: _EVERYDAY | {Verb.MANAGE},
    Role.ATTORNEY: frozenset(Verb),
    Role.PARALEGAL: _EVERYDAY | {Verb.MANAGE},
    Role.INVESTIGATOR: _EVERYDAY | {Verb.MANAGE},
    Role.INTERPRETER: frozenset({Verb.VIEW, Verb.ANNOTATE, Verb.IDENTIFY}),
    Role.AUDITOR: frozenset({Verb.VIEW, Verb.IDENTIFY}),
    Role.CLIENT: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and its reason in words."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Place:
    """Someone's place on a team. ``knows``: nothing in the matter is sealed from them."""

    role: str
    until: datetime | None = None
    knows: bool = True


def decide(
    role: Role | str,
    team_role: Role | str | None,
    verb: Verb | str,
    *,
    knows: bool = True,
) -> Decision:
    """Whether someone with ``role``, on the team as ``team_role`` (None: not), may ``verb``."""
    if team_role is None:
        return Decision(False, "not on the team of this matter")
    verb = Verb(verb)
    for what, which in (("role", Role(role)), ("role on this team", Role(team_role))):
        if verb not in _MAY[which]:
            return Decision(False, f"the {what}, {which}, does not allow to {verb}")
    if not knows and verb not in _UNKNOWING:
        return Decision(False, "identities in this matter are sealed from you")
    return Decision(True, f"{Role(team_role)} on the team of this matter")


def decide_at(role: Role | str, place: Place | None, verb: Verb | str, now: datetime) -> Decision:
    """The same at the moment ``now`` for someone with this ``place`` (None: none, or a wall)."""
    if place is None:
        return decide(role, None, verb)
    if place.until is not None and place.until <= now:
        return Decision(False, "the place on the team of this matter has ended")
    return decide(role, place.role, verb, knows=place.knows)
