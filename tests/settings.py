"""The real settings, on a real workspace in a temporary folder, opened before Django starts."""

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

from amparo.site.settings import *  # noqa: E402, F403
