"""A workspace that ``amparo init`` made, once a process, and copies of it for tests to begin with.

Each has the same keys, which open cheaply: Argon2id would take half a second of every command.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from amparo.base.keys import CHEAP
from amparo.base.workspace import change_passphrase, open_with

__all__ = ["PASSPHRASE", "begin"]

PASSPHRASE = "correct horse battery staple"


def begin(place: Path) -> str:
    """Make the new workspace ``place / "home"``, whose owner is ana; gives its recovery code."""
    made, code = _made()
    shutil.copytree(made, place / "home")
    return code


@cache
def _made() -> tuple[Path, str]:
    place = Path(tempfile.mkdtemp(prefix="amparo-tests-begun-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    secret = place / "passphrase"
    secret.write_text(PASSPHRASE)
    environment = {**os.environ, "AMPARO_PASSPHRASE_FILE": str(secret)}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "OBJECTS_URL"):
        environment.pop(name, None)
    argv = [sys.executable, "-c", "from amparo.cli.main import run; run()"]
    argv += ["--home", str(place / "home"), "init", "--owner", "ana", "--json"]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=True)
    change_passphrase(open_with(place / "home", PASSPHRASE), PASSPHRASE, params=CHEAP)
    return place / "home", str(json.loads(done.stdout)["recovery_code"])
