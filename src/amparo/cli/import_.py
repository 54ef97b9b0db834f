"""``amparo import``: someone else's sealed package becomes a matter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter

__all__ = ["command"]


def command(
    ctx: typer.Context,
    package: Annotated[Path, typer.Argument(help="The package: a folder, or a zip of one.")],
    fingerprint: Annotated[
        str, typer.Option(help="Of the key that must have sealed it, as the sender gave it to you.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Import a sealed package, once all of it verified, as a matter of its own."""
    frame.open_workspace(ctx)
    from rich.console import Console
    from rich.progress import Progress

    from amparo.evidence.web.actions.received import import_package

    user, hidden, files = frame.acting_user(ctx), not sys.stderr.isatty(), 0
    with Progress(console=Console(stderr=True), disable=hidden, transient=True) as bar:
        task = bar.add_task("Sealing", total=None)

        def sealed(_path: str, _size: int) -> None:
            nonlocal files
            files += 1
            bar.advance(task)

        matter = import_package(
            package,
            acting_user=user,
            fingerprint=fingerprint,
            on_file=sealed,
        )
    _read(matter, user)
    if as_json:
        frame.print_json({"matter": matter.number, "title": matter.title, "files": files})
    else:
        print(f"Imported as {matter.number}, {matter.title}: {files} files.")
    if not fingerprint:
        frame.say("Nobody vouched for the key that sealed it: compare its fingerprint with one")
        frame.say("that the sender gave you by another way (it stands on the matter's files).")


def _read(matter: Matter, user: User) -> None:
    """Read what was imported, as ``amparo add`` does."""
    from amparo.evidence.web.safes import open_safe
    from amparo.extract.web.actions import Readers, complete
    from amparo.extract.web.room import close_room, reading_room

    readers = Readers(room=reading_room(), safe=open_safe(), acting_user=user)
    try:
        for item in matter.items.filter(parent=None).select_related("object", "matter", "parent"):
            complete(item, readers)
    finally:
        close_room()
