"""``amparo init``: make a workspace."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from amparo.cli import frame

__all__ = ["command"]


def command(
    ctx: typer.Context,
    owner: Annotated[
        str | None, typer.Option(help="User name of the first person; your login name by default.")
    ] = None,
    name: Annotated[str, typer.Option(help="The first person's full name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a new workspace and print its recovery code."""
    from amparo.base import workspace as workspaces
    from amparo.site.boot import boot

    home = ctx.obj.home
    username = owner or _login_name()
    made, recovery_code = workspaces.create(home, frame.ask_passphrase(confirm=True))
    boot(made)
    from amparo.accounts.web.actions import create_first_user

    create_first_user(username, name or username)
    if as_json:
        frame.print_json({"home": home, "owner": username, "recovery_code": recovery_code})
        return
    print(recovery_code)
    frame.say(f"\nWorkspace made in {home}; its owner is {username}.")
    frame.say(
        "The line above is the recovery code. Print it and keep it away from this computer:\n"
        "with the passphrase lost it is the only way in, and it is not shown again."
    )


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "owner"
