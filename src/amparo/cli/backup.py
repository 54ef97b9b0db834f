"""``amparo backup``: a sealed copy of everything, in a folder or a bucket."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.evidence.backup.places import Place
    from amparo.evidence.web.backups.saving import Made

__all__ = ["command", "progress"]


def command(
    ctx: typer.Context,
    to: Annotated[
        str | None, typer.Argument(help="Folder or s3://bucket/prefix; backups/ by default.")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(help="Let only so many snapshots stay; remove the older ones.")
    ] = None,
    only_list: Annotated[
        bool, typer.Option("--list", help="List the snapshots that are there.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Back up everything, encrypted; only what is new is written."""
    workspace = frame.open_workspace(ctx)
    from amparo.evidence.backup.places import open_place

    place = open_place(to or str(workspace.backups))
    if only_list:
        _list(place, as_json)
        return
    from amparo.evidence.web.backups.saving import back_up

    with progress() as tell:
        made = back_up(place, acting_user=frame.acting_user(ctx), keep=keep, on_progress=tell)
    _report(made, place, as_json)
    if to is None and not as_json:
        frame.say("It lies on the same disk. Name another disk or a bucket: amparo backup PLACE")
    if made.broken:
        raise made.broken[0]


def _list(place: Place, as_json: bool) -> None:
    from amparo.evidence.backup import snapshots

    for name in snapshots.names(place):
        if as_json:
            frame.print_json({"snapshot": name})
        else:
            print(name)


def _report(made: Made, place: Place, as_json: bool) -> None:
    manifest = made.manifest
    if as_json:
        frame.print_json(
            {
                "snapshot": manifest.name,
                "place": place.address,
                "rows": manifest.rows,
                "objects": manifest.objects,
                "new_blocks": made.new_blocks,
                "new_objects": made.new_objects,
                "new_bytes": made.new_bytes,
                "removed": made.removed,
                "missing": list(manifest.missing),
            }
        )
        return
    print(manifest.name)
    frame.say(f"{manifest.rows:>9,}  rows, {made.new_blocks:,} new blocks of them")
    frame.say(f"{manifest.objects:>9,}  sealed objects, {made.new_objects:,} of them new")
    if made.removed:
        frame.say(f"{made.removed:>9,}  older snapshots removed")
    frame.say(f"In {place.address}. Prove it with: amparo restore {place.address} --drill")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """How far it is, on stderr; silent where nobody looks."""
    from rich.console import Console
    from rich.progress import Progress

    hidden = not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), disable=hidden, transient=True) as bar:
        task: Any = bar.add_task("", total=None)

        def tell(part: str, done: int, total: int) -> None:
            bar.update(task, description=part, completed=done, total=total or None)

        yield tell
