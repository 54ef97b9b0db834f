"""``amparo``: the commands, and the one place that turns an error into words and an exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from amparo.base.errors import AmparoError
from amparo.cli import (
    add,
    backup,
    bundle,
    deadlines,
    demo,
    estimate,
    export,
    forms,
    frame,
    import_,
    init,
    key,
    link,
    restore,
    search,
    serve,
    table,
    user,
    verify,
    work,
)

__all__ = ["app", "run"]

app = typer.Typer(
    name="amparo",
    help="Amparo: evidence, cases and filings, each statement traceable to its source.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"amparo {version('amparo')}")
        raise typer.Exit


@app.callback()
def begin(
    ctx: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="The workspace's folder.", envvar="AMPARO_HOME")
    ] = None,
    user: Annotated[
        str | None, typer.Option("--as", help="User name to act as; the owner by default.")
    ] = None,
    _v: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Amparo: evidence, cases and filings, each statement traceable to its source."""
    from platformdirs import user_data_path

    folder = (home or user_data_path("amparo")).expanduser().absolute()
    os.environ["AMPARO_HOME"] = str(folder)
    ctx.obj = frame.Invocation(home=folder, user=user)


app.command("init")(init.command)
app.command("add")(add.command)
app.command("search")(search.command)
app.command("verify")(verify.command)
app.command("bundle")(bundle.command)
app.command("export")(export.command)
app.command("import")(import_.command)
app.command("backup")(backup.command)
app.command("restore")(restore.command)
app.command("serve")(serve.command)
app.command("work")(work.command)
app.command("demo")(demo.command)
app.command("deadlines")(deadlines.command)
app.command("estimate")(estimate.command)
app.command("table")(table.command)
app.command("link")(link.command)
app.add_typer(forms.app, name="forms")
app.add_typer(user.app, name="user")
app.add_typer(key.app, name="key")


def run() -> None:
    """The program's entry: exit codes are those of ``amparo.base.errors``."""
    os.umask(0o077)
    try:
        app()
    except AmparoError as error:
        frame.say(f"amparo: {error.message}")
        if error.next_step:
            frame.say(f"        {error.next_step}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        frame.say("amparo: stopped. What was finished is kept; run the same command to go on.")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if not frame.is_database_away(error):
            raise
        frame.say(f"amparo: The database does not answer: {str(error).strip()}.")
        frame.say("        What was finished is kept; run the same command again when it is back.")
        sys.exit(1)
