"""``amparo export``: a matter leaves as a sealed package that a stranger can verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from amparo.cli import frame

__all__ = ["command"]


def command(
    ctx: typer.Context,
    matter: Annotated[str, typer.Argument(help="Its title or number.")],
    out: Annotated[Path, typer.Option(help="The folder to write, which must not exist yet.")],
    purpose: Annotated[str, typer.Option(help="What it is for; it is written down.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Export a matter: its files, their custody and the proof, as a BagIt package."""
    frame.open_workspace(ctx)
    from rich.console import Console
    from rich.progress import Progress

    from amparo.evidence.web.actions import signer
    from amparo.evidence.web.actions.packages import export_to_folder

    user = frame.acting_user(ctx)
    chosen = frame.find_matter(user, matter)
    hidden = not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), disable=hidden, transient=True) as bar:
        task = bar.add_task("Writing", total=chosen.items.count())
        made = export_to_folder(
            chosen,
            out,
            acting_user=user,
            purpose=purpose,
            on_file=lambda _path, _size: bar.advance(task),
        )
    fingerprint = signer().key.fingerprint
    if as_json:
        frame.print_json({"package": str(out), "files": made.files, "fingerprint": fingerprint})
        return
    print(f"{made.files} files are in {out}, verified.")
    frame.say("Give the receiver this fingerprint of the key by another way, so that they can tell")
    frame.say(f"who sealed it: {fingerprint}")
    frame.say(f"They verify it with: python {out / 'verify.py'} --fingerprint FINGERPRINT")
