"""``amparo demo``: a workspace with the invented sample matter, served and opened."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amparo.cli import frame
from amparo.cli.serve import PORT, serve

if TYPE_CHECKING:
    from amparo.base.workspace import Workspace

__all__ = ["command"]

_SECRET = "demo-passphrase"  # noqa: S105  the name of a file
_SIGNED_IN = "tomas"  # the paralegal, whose work the first tour shows
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LEAST_PASSWORD = 12


def command(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = PORT,
    browser: Annotated[bool, typer.Option(help="Open the browser, signed in.")] = True,
    exit_after_build: Annotated[
        bool, typer.Option("--exit-after-build", help="Build the sample and do not serve it.")
    ] = False,
) -> None:
    """Build a workspace with the sample matter, all of it invented, and open it.

    Running it again opens the same one, and goes on where it was interrupted. Without --home it
    has a folder of its own, apart from your work.
    """
    home = _home(ctx)
    passphrase = _passphrase(home)
    _open(home, passphrase)
    _build(home, passphrase)
    if exit_after_build:
        return
    frame.say(f"The demo lies in {home}; its passphrase is {passphrase}")
    frame.say(_people(passphrase))
    if ctx.obj.user is None:
        ctx.obj = replace(ctx.obj, user=_SIGNED_IN)
    serve(ctx, host=host, port=port, browser=browser)


def _home(ctx: typer.Context) -> Path:
    """The folder that was named, or the demo's own; never the folder of somebody's work."""
    from platformdirs import user_data_path

    named = ctx.parent is not None and ctx.parent.params.get("home") is not None
    home: Path = ctx.obj.home if named else user_data_path("amparo-demo")
    ctx.obj = replace(ctx.obj, home=home)
    return home


def _passphrase(home: Path) -> str:
    """The demo's passphrase: kept beside the workspace, for it guards nothing true."""
    from amparo.base import files

    kept = home / _SECRET
    if kept.exists():
        return kept.read_text("utf-8").strip()
    if (home / "amparo.toml").exists() or "AMPARO_PASSPHRASE_FILE" in os.environ:
        return frame.ask_passphrase()
    made = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))
    with files.storage_errors(home):
        files.make_private_folder(home)
        files.write_new(kept, f"{made}\n".encode())
    return made


def _open(home: Path, passphrase: str) -> Workspace:
    from amparo.base import workspace as workspaces
    from amparo.site.boot import boot

    if (home / "amparo.toml").exists():
        opened = workspaces.open_with(home, passphrase)
    else:
        opened, _recovery_code = workspaces.create(home, passphrase)
    boot(opened)
    return opened


def _build(home: Path, passphrase: str) -> None:
    from amparo.extract.web.room import close_room
    from amparo.site.sample.building import Builder, refuse_real_work

    refuse_real_work()
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    builder = Builder(
        papers=Path(tempfile.gettempdir()) / f"amparo-sample-{mark}",
        password=passphrase if len(passphrase) >= _LEAST_PASSWORD else None,
        on_step=_steps(),
    )
    try:
        builder.build()
    finally:
        close_room()


def _steps() -> Callable[[str, int, int], None]:
    """Tell how far it is: one line that changes on a terminal, a line each ten files elsewhere."""
    shown = sys.stderr.isatty()

    def tell(what: str, done: int, of: int) -> None:
        line = f"{done} of {of} · {what}" if done else what
        if shown:
            end = "\n" if done == of else ""
            print(f"\r\x1b[K{line[:100]}", end=end, file=sys.stderr, flush=True)
        elif done % 10 == 0 or done == of:
            frame.say(line)

    return tell


def _people(passphrase: str) -> str:
    from amparo.site.sample import plan

    names = ", ".join(f"{person.username} ({person.role})" for person in plan().team)
    if len(passphrase) < _LEAST_PASSWORD:
        return f"People: {names}. Let one in with: amparo user link NAME"
    return f"Sign in with the same words as any of: {names}."
