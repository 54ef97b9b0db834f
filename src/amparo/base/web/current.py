"""The workspace that this process has open, and the object store that belongs to it.

One process serves one workspace. ``use`` opens the door, ``forget`` locks it: after that no new
database connection can be made and no object can be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amparo.base.errors import WorkspaceError

if TYPE_CHECKING:
    from amparo.base.workspace import Workspace

__all__ = ["database_key", "forget", "hurry", "is_in_a_hurry", "use", "workspace"]

_open: list[Workspace] = []
_in_a_hurry: list[bool] = []


def hurry() -> None:
    """This process answers people: a server that is away is not waited for as long."""
    _in_a_hurry[:] = [True]


def is_in_a_hurry() -> bool:
    """Whether somebody waits for this process's answer."""
    return bool(_in_a_hurry)


def use(opened: Workspace) -> None:
    """Make ``opened`` the workspace of this process."""
    _open[:] = [opened]


def forget() -> None:
    """Drop the keys from this process's reach."""
    _open.clear()


def workspace() -> Workspace:
    """The open workspace; raises ``WorkspaceError`` when it is locked."""
    if not _open:
        raise WorkspaceError(
            "The workspace is locked.", next_step="Open it with its passphrase, then try again."
        )
    return _open[0]


def database_key() -> bytes:
    """The 32-byte key of the encrypted database, asked at each new connection."""
    return workspace().keyring.database_key
