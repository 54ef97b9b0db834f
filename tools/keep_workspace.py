#!/usr/bin/env python
"""Keep a small workspace and its backup, so that every later version is tested on both.

Run once before a release: ``.venv/bin/python tools/keep_workspace.py``. It makes
``tests/released/VERSION.tar.xz``: an invented matter, a few files of invented words, their index,
ledger and audit, and a backup of it, opened by the passphrase that stands below. Nothing in it is
anybody's. For what people used between two releases give a label, as in PEP 440
(``20261122`` makes ``VERSION+20261122.tar.xz``); ``PYTHONPATH`` names another commit's ``src``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

PASSPHRASE = "a workspace kept for tests"  # noqa: S105 it guards nothing
BACKUP = "backup"
FILES = {
    "letter.txt": "A letter of Mohammed Haddad to the registry, of 5 March 2021.\n",
    "رسالة.txt": "رسالة من محمد حداد إلى المحكمة\n",
    "message.eml": (
        "From: Amal Haddad <amal@example.org>\nTo: registry@example.org\n"
        "Date: Fri, 05 Mar 2021 10:00:00 +0000\nSubject: The hearing\n\n"
        "The hearing was moved to the sixth of March.\n"
    ),
    "table.csv": "name,village\nHaddad,Upper Road\nKhoury,Lower Road\n",
}
PROGRAM = [sys.executable, "-c", "from amparo.cli.main import run; run()"]


def main() -> None:
    label = f"+{sys.argv[1]}" if len(sys.argv) > 1 else ""
    folder_of_all = Path(__file__).parent.parent / "tests" / "released"
    place = folder_of_all / f"{version('amparo')}{label}.tar.xz"
    with tempfile.TemporaryDirectory() as folder:
        _make(Path(folder))
        with tarfile.open(place, "w:xz") as packed:
            for part in ("home", BACKUP):
                packed.add(Path(folder) / part, part, filter=_of_nobody)
    print(f"{place}: {place.stat().st_size:,} bytes")


def _make(root: Path) -> None:
    (root / "in").mkdir()
    for name, text in FILES.items():
        (root / "in" / name).write_text(text)
    secret = root / "passphrase"
    secret.write_text(PASSPHRASE)
    environment = {**os.environ, "AMPARO_PASSPHRASE_FILE": str(secret)}
    for words in (
        ["init", "--owner", "maria", "--name", "Maria Bello"],
        ["add", str(root / "in"), "--matter", "Haddad", "--from", "Amal Haddad", "--no-ocr"],
        ["verify"],
        ["backup", str(root / BACKUP)],
    ):
        argv = [*PROGRAM, "--home", str(root / "home"), *words]
        subprocess.run(argv, env=environment, check=True, stdout=subprocess.DEVNULL)


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return None if entry.name.endswith("-shm") else entry


if __name__ == "__main__":
    main()
