"""``amparo restore``: a workspace out of a backup, here or on a new computer; or a drill of it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amparo.cli import frame
from amparo.cli.backup import progress

if TYPE_CHECKING:
    from amparo.base.keys import Keyring
    from amparo.evidence.backup.manifest import Manifest
    from amparo.evidence.backup.places import Place
    from amparo.evidence.web.models import Verification

__all__ = ["command"]


def command(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(help="Folder or s3://bucket/prefix of the backup.")],
    snapshot: Annotated[
        str | None, typer.Option(help="Which snapshot; the newest by default.")
    ] = None,
    recovery_code: Annotated[
        bool, typer.Option("--recovery-code", help="Open with the printed code, typed or piped in.")
    ] = False,
    drill: Annotated[
        bool, typer.Option("--drill", help="Restore to a scratch folder, verify, report, remove.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Restore a backup into a new workspace and verify all of it."""
    from amparo.evidence.backup import snapshots
    from amparo.evidence.backup.places import open_place
    from amparo.evidence.backup.scratch import SERVERS, scratch

    opened = open_place(place)
    name = snapshots.choose(opened, snapshot)
    key_file = snapshots.key_file(opened, name)
    keyring = _unlock(key_file, recovery_code)
    manifest = snapshots.read(opened, name, keyring)
    started = time.monotonic()
    if drill:
        with scratch(opened) as room:
            for variable in SERVERS:
                os.environ.pop(variable, None)
            os.environ.update(room.environment)
            found = _restore(room.home, key_file, keyring, manifest, opened, drill=True)
    else:
        found = _restore(ctx.obj.home, key_file, keyring, manifest, opened, drill=False)
    _report(manifest, found, time.monotonic() - started, as_json, drill)


def _restore(
    home: Path, key_file: bytes, keyring: Keyring, manifest: Manifest, place: Place, *, drill: bool
) -> Verification:
    """Rows, objects, then the keys: a restore that was cut off opens nothing and is repeated."""
    from amparo.base.workspace import Workspace, adopt
    from amparo.evidence.backup.scratch import MARK, make_room
    from amparo.site.boot import boot

    make_room(home)
    workspace = Workspace(home, keyring)
    boot(workspace, migrate=False)
    from amparo.evidence.web.backups.restoring import restore
    from amparo.evidence.web.backups.tables import LEFT_OUT
    from amparo.site.tables import kept_migrations, make_tables

    if {each for each in kept_migrations() if each[0] not in LEFT_OUT} <= {*manifest.migrations}:
        make_tables()
    with progress() as tell:
        found = restore(manifest, place, drill=drill, on_progress=tell)
    if not (home / "amparo.toml").exists():
        adopt(workspace, key_file)
    (home / MARK).unlink(missing_ok=True)
    return found


def _unlock(key_file: bytes, by_code: bool) -> Keyring:
    from amparo.base.workspace import unlock_key_file

    if not by_code:
        return unlock_key_file(key_file, passphrase=frame.ask_passphrase())
    code = sys.stdin.readline() if not sys.stdin.isatty() else input("Recovery code: ")
    return unlock_key_file(key_file, recovery_code=code.strip())


def _report(
    manifest: Manifest, found: Verification, seconds: float, as_json: bool, drill: bool
) -> None:
    parts = {part["name"]: part["checked"] for part in found.outcome["parts"]}
    first = found.first_broken
    if as_json:
        frame.print_json(
            {
                "snapshot": manifest.name,
                "made_at": manifest.made_at,
                "rows": manifest.rows,
                "objects": manifest.objects,
                "checked": parts,
                "missing": list(manifest.missing),
                "broken": first and asdict(first),
                "seconds": round(seconds, 1),
                "drill": drill,
                "ok": first is None,
            }
        )
    if first:
        raise first.error()
    if not as_json:
        for name, number in parts.items():
            print(f"{number:>9,}  {name}")
        done = "The drill went well: this backup can be restored." if drill else "Restored."
        print(f"{done} Snapshot {manifest.name}, {manifest.rows:,} rows, {seconds:.0f} s.")
