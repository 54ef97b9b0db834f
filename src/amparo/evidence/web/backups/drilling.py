"""Trying a restore: the newest snapshot of a place, restored beside the workspace and verified.

It runs in a process of its own with nothing but the backup and the workspace's key, on a scratch
folder that is removed. What it found is an entry of the ledger and a line of the audit. The key is
the open workspace's; that the passphrase and the printed code open the backup too is shown by
``amparo restore PLACE --drill [--recovery-code]``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.canonical import Json
from amparo.base.errors import AmparoError, Cancelled, UsageError
from amparo.base.web import current
from amparo.base.workspace import key_file_of
from amparo.evidence.backup import snapshots
from amparo.evidence.backup.places import Place, open_place
from amparo.evidence.backup.scratch import SERVERS, Scratch, scratch
from amparo.evidence.web.backups import drill_process
from amparo.evidence.web.backups.account import note
from amparo.evidence.web.backups.telling import known_places
from amparo.evidence.web.models import BackupEntry

__all__ = ["refuse_unknown", "try_restore"]

OnProgress = Callable[[str, int, int], None]


def try_restore(
    address: str, *, acting_user: User, on_progress: OnProgress = lambda _p, _d, _t: None
) -> BackupEntry:
    """Restore the newest snapshot at ``address`` beside the workspace, and keep what was found.

    A backup that cannot be restored is a result, not an error. AccessDenied; UsageError when no
    backup was ever made there; Cancelled, which leaves no account.
    """
    require_workspace(acting_user, WorkspaceVerb.BACK_UP)
    refuse_unknown(address)
    started, name = time.monotonic(), ""
    try:
        place = open_place(address)
        name = snapshots.choose(place, None)
        found = _run(place, name, on_progress)
        found["keys_as_today"] = snapshots.key_file(place, name) == key_file_of(current.workspace())
    except Cancelled:
        raise
    except AmparoError as error:
        found = {"broken": {"what": str(error)}}
    said = {
        "snapshot": name,
        "place": address,
        **found,
        "seconds": round(time.monotonic() - started),
    }
    return _keep(said, acting_user=acting_user)


def refuse_unknown(address: str) -> None:
    """UsageError unless a backup of this workspace was made at ``address``."""
    if address not in known_places():
        raise UsageError("No backup of this workspace was made there.")


def _run(place: Place, name: str, on_progress: OnProgress) -> dict[str, Json]:
    """What the process found: numbers of the snapshot, and the first thing that is broken."""
    with scratch(place) as room, _started(room) as process:
        last = _told(process, _asked(place, name), on_progress)
    if "found" not in last:
        return {"broken": last.get("error") or {"what": "The drill's process ended early."}}
    found = last["found"]
    parts = found.pop("parts")
    broken = next((each for part in parts for each in part["broken"]), None)
    return {**found, "checked": {part["name"]: part["checked"] for part in parts}, "broken": broken}


def _asked(place: Place, name: str) -> str:
    key = current.workspace().keyring.data_key.hex()
    return json.dumps({"data_key": key, "place": place.address, "snapshot": name}) + "\n"


@contextmanager
def _started(room: Scratch) -> Iterator[subprocess.Popen[str]]:
    """The process at work; it is gone when the ``with`` ends, however that ends."""
    kept = {name: value for name, value in os.environ.items() if name not in SERVERS}
    process = subprocess.Popen(
        [sys.executable, "-m", drill_process.__name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(room.home),
        env={**kept, **room.environment, "AMPARO_HOME": str(room.home)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _told(process: subprocess.Popen[str], asked: str, on_progress: OnProgress) -> Mapping[str, Any]:
    """Pass on how far it is; the last line that is not about that."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(asked)
    process.stdin.flush()
    last: Mapping[str, Any] = {}
    for line in process.stdout:
        told = json.loads(line)
        if "part" in told:
            on_progress(told["part"], told["done"], told["total"])
        else:
            last = told
    return last


@transaction.atomic
def _keep(said: Mapping[str, Json], *, acting_user: User) -> BackupEntry:
    """Write the result down, in the ledger too."""
    entry = note(BackupEntry.Kind.TRIED, said, acting_user=acting_user)
    audit(
        "try a restore",
        acting_user=acting_user,
        holds=said["broken"] is None,
        snapshot=said["snapshot"],
        place=said["place"],
        seconds=said["seconds"],
    )
    return entry
