"""``amparo user``: people, passwords, sign-in links."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amparo.accounts.roles import Role
from amparo.base.errors import UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.accounts.web.models import User

__all__ = ["app"]

app = typer.Typer(
    help="Add people, set passwords, make sign-in links.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("add")
def add(
    ctx: typer.Context,
    username: str,
    name: Annotated[str, typer.Option(help="Full name, as others see it.")] = "",
    role: Annotated[Role, typer.Option(help="What the person does here.")] = Role.PARALEGAL,
    language: Annotated[str, typer.Option(help="Language of their pages.")] = "en",
    password: Annotated[
        bool, typer.Option(help="Ask for a password (AMPARO_PASSWORD_FILE answers).")
    ] = True,
) -> None:
    """Add a person. Without a password they sign in by a link: amparo user link NAME."""
    frame.open_workspace(ctx)
    from amparo.accounts.web.actions import create_user

    create_user(
        username,
        display_name=name or username,
        role=role,
        language=language,
        password=_ask_password() if password else None,
        acting_user=frame.acting_user(ctx),
    )
    frame.say(f"{username} may now sign in as {role}.")


@app.command("password")
def password(ctx: typer.Context, username: str) -> None:
    """Set someone's password."""
    frame.open_workspace(ctx)
    from amparo.accounts.web.actions import set_password

    set_password(_person(username), _ask_password(), acting_user=frame.acting_user(ctx))
    frame.say(f"The password of {username} is changed.")


@app.command("link")
def link(ctx: typer.Context, username: str) -> None:
    """Print the path of a link that signs a person in once, within ten minutes."""
    frame.open_workspace(ctx)
    from amparo.accounts.web.actions import issue_sign_in_link

    token = issue_sign_in_link(_person(username), acting_user=frame.acting_user(ctx))
    print(f"/accounts/link/{token}/")


@app.command("forget-factors")
def forget(ctx: typer.Context, username: str) -> None:
    """Forget someone's second factors, who lost them and all recovery codes."""
    frame.open_workspace(ctx)
    from amparo.accounts.web.actions import forget_factors

    forget_factors(_person(username), acting_user=frame.acting_user(ctx))
    frame.say(f"{username} signs in without a second factor until a new one is set.")


@app.command("list")
def list_people(ctx: typer.Context) -> None:
    """List the people of this workspace, one JSON object a line."""
    frame.open_workspace(ctx)
    from amparo.accounts.web.models import User

    for person in User.objects.all():
        frame.print_json(
            {
                "username": person.username,
                "name": person.display_name,
                "role": person.role,
                "active": person.is_active,
            }
        )


def _person(username: str) -> User:
    from amparo.accounts.web.models import User

    person = User.objects.filter(username=username).first()
    if person is None:
        raise UsageError(f"There is no person with the user name {username!r}.")
    return person


def _ask_password() -> str:
    file = os.environ.get("AMPARO_PASSWORD_FILE")
    if file:
        return Path(file).expanduser().read_text("utf-8").rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError(
            "There is nobody to ask for the password.",
            next_step="Name a file that holds it in AMPARO_PASSWORD_FILE, or give --no-password.",
        )
    return getpass.getpass("Password of the person: ")
