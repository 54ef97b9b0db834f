"""``amparo key``: the passphrase, the recovery code, the key of the objects."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

import typer

from amparo.base.errors import UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.base.workspace import Workspace

__all__ = ["app"]

app = typer.Typer(
    help="Change the passphrase, use the recovery code, print the key of the objects.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("passphrase")
def change_passphrase(ctx: typer.Context) -> None:
    """Change the passphrase. Nothing is encrypted anew; the recovery code stays."""
    from amparo.base import workspace as workspaces

    opened = _open(ctx)
    workspaces.change_passphrase(opened, _new_passphrase())
    frame.say("The passphrase is changed.")


@app.command("recover")
def recover(ctx: typer.Context) -> None:
    """Set a new passphrase with the printed recovery code."""
    from amparo.base import workspace as workspaces

    code = sys.stdin.readline() if not sys.stdin.isatty() else input("Recovery code: ")
    opened = workspaces.open_with_recovery(ctx.obj.home, code.strip())
    workspaces.change_passphrase(opened, _new_passphrase())
    frame.say("The workspace opens with the new passphrase; the recovery code stays the same.")


@app.command("recovery-code")
def new_recovery_code(ctx: typer.Context) -> None:
    """Print a new recovery code; the old one stops working."""
    from amparo.base import workspace as workspaces

    print(workspaces.replace_recovery_code(_open(ctx)))
    frame.say("Print it and keep it away from this computer. The old code is void.")


@app.command("objects")
def print_object_key(ctx: typer.Context) -> None:
    """Print the age identity that opens every object without Amparo (age -d -i FILE OBJECT)."""
    print(_open(ctx).keyring.age_identity)
    frame.say("Whoever has this line can read every object. Keep it as you keep the passphrase.")


def _open(ctx: typer.Context) -> Workspace:
    from amparo.base import workspace as workspaces

    return workspaces.open_with(ctx.obj.home, frame.ask_passphrase())


def _new_passphrase() -> str:
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if line:
            return line
        raise UsageError("No new passphrase was given.", next_step="Type it, or pipe it in.")
    new = getpass.getpass("New passphrase: ")
    if getpass.getpass("The same again: ") != new:
        raise UsageError("The two passphrases differ.", next_step="Run the command again.")
    return new
