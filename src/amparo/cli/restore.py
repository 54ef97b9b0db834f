"""``amparo restore``: a workspace out of a backup, here or on a new computer; or a drill of it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amparo.base.errors import UsageError, VerificationError
from amparo.cli import frame
from amparo.cli.backup import progress

if TYPE_CHECKING:
    from amparo.base.keys import Keyring
    from amparo.evidence.backup.manifest import Manifest
    from amparo.evidence.backup.places import Place
    from amparo.evidence.web.models import Verification

__all__ = ["command"]

MARK = ".restoring"


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

    opened = open_place(place)
    name = snapshots.choose(opened, snapshot)
    key_file = snapshots.key_file(opened, name)
    keyring = _unlock(key_file, recovery_code)
    manifest = snapshots.read(opened, name, keyring)
    started = time.monotonic()
    if drill:
        with _scratch(opened) as home:
            found = _restore(home, key_file, keyring, manifest, opened, drill=True)
    else:
        found = _restore(ctx.obj.home, key_file, keyring, manifest, opened, drill=False)
    _report(manifest, found, time.monotonic() - started, as_json, drill)


def _restore(
    home: Path, key_file: bytes, keyring: Keyring, manifest: Manifest, place: Place, *, drill: bool
) -> Verification:
    """Rows, objects, then the keys: a restore that was cut off opens nothing and is repeated."""
    from amparo.base.workspace import Workspace, adopt
    from amparo.site.boot import boot

    _make_room(home)
    workspace = Workspace(home, keyring)
    boot(workspace, migrate=False)
    from amparo.accounts.web.models import User
    from amparo.evidence.web.actions.verification import verify_workspace
    from amparo.evidence.web.backups.restoring import (
        keep_account,
        restore_objects,
        restore_rows,
    )

    with progress() as tell:
        restore_rows(manifest, place, on_progress=tell)
        if not drill:
            restore_objects(place, on_progress=tell)
            keep_account(manifest, place)
        owner = User.objects.filter(is_active=True).order_by("created_at").first()
        if owner is None:
            raise UsageError("Nobody is in this backup.", next_step="Choose an older snapshot.")
        found = verify_workspace(acting_user=owner, on_progress=tell)
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


def _make_room(home: Path) -> None:
    """Take a folder for the new workspace; what a restore that was cut off left is taken up."""
    from amparo.base import files
    from amparo.base.workspace import refuse_taken

    if (home / MARK).exists():
        for rest in home.glob("amparo.db*"):
            rest.unlink()
    else:
        refuse_taken(home)
    with files.storage_errors(home):
        for folder in (home, home / "backups"):
            files.make_private_folder(folder)
        if not (home / "objects").exists():
            files.make_private_folder(home / "objects")
        (home / MARK).touch()


@contextmanager
def _scratch(place: Place) -> Iterator[Path]:
    """A private folder for a drill, whose objects are those of the backup, read where they lie."""
    home = Path(tempfile.mkdtemp(prefix="amparo-drill-"))
    (home / MARK).touch()
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("OBJECTS_URL", None)
    if place.address.startswith("s3://"):
        os.environ["OBJECTS_URL"] = f"{place.address}/objects"
    else:
        (home / "objects").symlink_to(Path(place.address) / "objects")
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _report(
    manifest: Manifest, found: Verification, seconds: float, as_json: bool, drill: bool
) -> None:
    parts = {part["name"]: part["checked"] for part in found.outcome["parts"]}
    first = next((each for part in found.outcome["parts"] for each in part["broken"]), None)
    if as_json:
        frame.print_json(
            {
                "snapshot": manifest.name,
                "made_at": manifest.made_at,
                "rows": manifest.rows,
                "objects": manifest.objects,
                "checked": parts,
                "missing": list(manifest.missing),
                "broken": first,
                "seconds": round(seconds, 1),
                "drill": drill,
                "ok": first is None,
            }
        )
    if first:
        raise VerificationError(
            first["what"],
            got=first["got"],
            expected=first["expected"],
            next_step=first["next_step"],
        )
    if not as_json:
        for name, number in parts.items():
            print(f"{number:>9,}  {name}")
        done = "The drill went well: this backup can be restored." if drill else "Restored."
        print(f"{done} Snapshot {manifest.name}, {manifest.rows:,} rows, {seconds:.0f} s.")
