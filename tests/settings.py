"""The real settings, on a real workspace in a temporary folder, opened before Django starts.

With ``AMPARO_TESTS_ON=servers`` its rows are in a real PostgreSQL and its objects in a real S3
store, which the first process starts and all others use.

Keys are made of passphrases, and passwords are kept, by Argon2 as everywhere, but cheaply.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from amparo.base import keys, workspace
from amparo.base.web import current

PASSPHRASE = "a passphrase for tests only"

_home = Path(tempfile.mkdtemp(prefix="amparo-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["AMPARO_HOME"] = str(_home / "workspace")
_workspace, _ = workspace.create(_home / "workspace", PASSPHRASE, params=keys.CHEAP)
current.use(_workspace)

if os.environ.get("AMPARO_TESTS_ON") == "servers" and "DATABASE_URL" not in os.environ:
    from tests import servers

    _s3 = servers.start_s3()
    os.environ.update(_s3.environment(), DATABASE_URL=servers.start_postgres().url())
if os.environ.get("AMPARO_TESTS_ON") == "servers":
    os.environ["OBJECTS_URL"] = f"s3://amparo/{_home.name}"

from amparo.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.passwords.CheapArgon2"]
