"""The roles that people have in an organisation, and what each may do to the workspace itself.

What a role may do inside a matter is a question of the matter's team: see
``amparo.matters.access``.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Role", "WorkspaceVerb", "allowed"]


class Role(StrEnum):
    """Who someone is. One person has one role; a team may narrow it for one matter."""

    ADMINISTRATOR = "administrator"
    ATTORNEY = "attorney"
    PARALEGAL = "paralegal"
    INVESTIGATOR = "investigator"
    INTERPRETER = "interpreter"
    CLIENT = "client"
    AUDITOR = "auditor"


class WorkspaceVerb(StrEnum):
    """What can be done to the workspace as a whole."""

    MANAGE_PEOPLE = "manage people"
    SEE_AUDIT = "see audit"
    OPEN_MATTER = "open matter"
    VERIFY = "verify"
    ALLOW_CALLING_OUT = "allow calling out"
    IMPORT_PACKAGE = "import package"
    BACK_UP = "back up"
    TRUST_KEYS = "trust keys"
    BRING_LISTS = "bring lists"


_MAY: dict[Role, frozenset[WorkspaceVerb]] = {
    Role.ADMINISTRATOR: frozenset(WorkspaceVerb),
    Role.ATTORNEY: frozenset(
        {WorkspaceVerb.OPEN_MATTER, WorkspaceVerb.VERIFY, WorkspaceVerb.IMPORT_PACKAGE}
    ),
    Role.PARALEGAL: frozenset(
        {WorkspaceVerb.OPEN_MATTER, WorkspaceVerb.VERIFY, WorkspaceVerb.IMPORT_PACKAGE}
    ),
    Role.INVESTIGATOR: frozenset(
        {WorkspaceVerb.OPEN_MATTER, WorkspaceVerb.VERIFY, WorkspaceVerb.IMPORT_PACKAGE}
    ),
    Role.AUDITOR: frozenset({WorkspaceVerb.SEE_AUDIT, WorkspaceVerb.VERIFY}),
}


def allowed(role: Role | str, verb: WorkspaceVerb) -> bool:
    """Whether ``role`` may do ``verb`` to the workspace; what is not listed is denied."""
    return verb in _MAY.get(Role(role), frozenset())
