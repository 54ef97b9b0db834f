"""What every command shares: where the workspace is, how it is opened, how results are printed.

Nothing heavy is imported at the top of any file in this folder: ``amparo --help`` loads them all.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from amparo.base.errors import UsageError

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.base.workspace import Workspace
    from amparo.matters.web.models import Matter

__all__ = [
    "Invocation",
    "acting_user",
    "ask_passphrase",
    "find_matter",
    "is_database_away",
    "open_workspace",
    "print_json",
    "say",
]


@dataclass(frozen=True, slots=True)
class Invocation:
    """The options before the command: the workspace's folder and who acts."""

    home: Path
    user: str | None = None


def say(text: str) -> None:
    """A line for the person, on stderr, so that stdout stays the result."""
    print(text, file=sys.stderr, flush=True)


def print_json(value: Any) -> None:
    """One JSON object on one line of stdout."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def ask_passphrase(*, confirm: bool = False) -> str:
    """The passphrase from AMPARO_PASSPHRASE_FILE, or asked for without echo."""
    file = os.environ.get("AMPARO_PASSPHRASE_FILE")
    if file:
        try:
            return Path(file).expanduser().read_text("utf-8").rstrip("\r\n")
        except OSError as error:
            raise UsageError(
                f"AMPARO_PASSPHRASE_FILE cannot be read: {error.strerror}.",
                next_step="Name a file that holds the passphrase, or unset the variable.",
            ) from error
    if not sys.stdin.isatty():
        raise UsageError(
            "There is nobody to ask for the passphrase.",
            next_step="Put it in a file and name that file in AMPARO_PASSPHRASE_FILE.",
        )
    passphrase = getpass.getpass("Passphrase: ")
    if confirm and getpass.getpass("The same again: ") != passphrase:
        raise UsageError("The two passphrases differ.", next_step="Run the command again.")
    return passphrase


def open_workspace(ctx: typer.Context) -> Workspace:
    """Unlock the workspace of this invocation and start Django on it."""
    from amparo.base import workspace as workspaces
    from amparo.site.boot import boot

    invocation: Invocation = ctx.obj
    opened = workspaces.open_with(invocation.home, ask_passphrase())
    boot(opened)
    return opened


def acting_user(ctx: typer.Context) -> User:
    """Who the command acts as: ``--as NAME``, else the workspace's owner."""
    from amparo.accounts.web.models import User

    people = User.objects.filter(is_active=True)
    name = ctx.obj.user
    if name is None:
        owner = people.order_by("created_at").first()
        if owner is None:
            raise UsageError("Nobody is in this workspace.", next_step="Run amparo init first.")
        return owner
    person = people.filter(username=name).first()
    if person is None:
        raise UsageError(f"There is no person with the user name {name!r} who may sign in.")
    return person


def is_database_away(error: Exception) -> bool:
    """Whether this is the database's word that it cannot be reached now."""
    if "django.db" not in sys.modules:
        return False
    from django.db import InterfaceError, OperationalError

    return isinstance(error, OperationalError | InterfaceError)


def find_matter(user: User, name: str) -> Matter:
    """The matter that ``user`` may see with this number or title; says so when none or several."""
    from amparo.matters.web.access import visible_matters

    mine = visible_matters(user)
    found = list(mine.filter(number=name) or mine.filter(title=name))
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(each.number for each in found)
        raise UsageError(
            f"{len(found)} matters are called {name!r}.", next_step=f"Give a number: {numbers}."
        )
    known = ", ".join(f"{each.number} {each.title}" for each in mine[:10]) or "none yet"
    raise UsageError(f"There is no matter {name!r}.", next_step=f"Matters you can see: {known}.")
