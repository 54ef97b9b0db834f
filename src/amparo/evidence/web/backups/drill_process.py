"""A drill's own process: it opens nothing but the backup, in a folder that its parent removes.

Reads one line of JSON from stdin (``data_key`` in hexadecimal, ``place``, ``snapshot``), so that
the key passes by a pipe and never by an argument or a file. Writes lines of JSON to stdout: how
far it is (``part``, ``done``, ``total``), and last what was found or the ``error``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from amparo.base.errors import AmparoError, VerificationError
from amparo.base.keys import Keyring
from amparo.base.web import current
from amparo.base.workspace import Workspace
from amparo.evidence.backup import snapshots
from amparo.evidence.backup.places import open_place

__all__ = ["Asked", "run"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which snapshot to try, and the key that opens it."""

    data_key: str
    place: str
    snapshot: str


def run(asked: Asked, home: Path) -> dict[str, Any]:
    """Restore into ``home``, verify, and give what was found as plain values. AmparoError."""
    keyring = Keyring.from_data_key(bytes.fromhex(asked.data_key))
    current.use(Workspace(home, keyring))
    django.setup()
    restoring = import_module("amparo.evidence.web.backups.restoring")  # needs Django to be ready
    place = open_place(asked.place)
    manifest = snapshots.read(place, asked.snapshot, keyring)
    _tell("rows", 0, manifest.rows)
    found = restoring.restore(manifest, place, drill=True, on_progress=_tell)
    return {
        "rows": manifest.rows,
        "objects": manifest.objects,
        "missing": len(manifest.missing),
        "parts": found.outcome["parts"],
    }


def _tell(part: str, done: int, total: int) -> None:
    _say({"part": part, "done": done, "total": total})


def _say(line: Mapping[str, Any]) -> None:
    print(json.dumps(line, default=str), flush=True)


def _error(error: AmparoError) -> dict[str, str]:
    """An error's parts, as the outcome of a verification has them."""
    if isinstance(error, VerificationError):
        return {"what": error.what, "got": str(error.got), "expected": str(error.expected)}
    return {"what": str(error)}


if __name__ == "__main__":
    try:
        _say(
            {
                "found": run(
                    Asked(**json.loads(sys.stdin.readline())), Path(os.environ["AMPARO_HOME"])
                )
            }
        )
    except AmparoError as failure:
        _say({"error": _error(failure)})
