"""The real program in a real process, as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.begun import PASSPHRASE

Amparo = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    return file


@pytest.fixture
def amparo(tmp_path: Path, passphrase_file: Path) -> Amparo:
    """Run ``amparo --home HOME …``; HOME is ``tmp_path / "home"``."""
    return runner(tmp_path, passphrase_file)


def runner(place: Path, passphrase_file: Path) -> Amparo:
    """Runs the program on the workspace ``place / "home"``."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(place),
        "AMPARO_PASSPHRASE_FILE": str(passphrase_file),
    }

    def run(*words: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-c", "from amparo.cli.main import run; run()"]
        argv += ["--home", str(place / "home"), *map(str, words)]
        return subprocess.run(
            argv, input=stdin, capture_output=True, text=True, env=environment, check=False
        )

    return run
