"""The program as an organisation runs it: separate processes, on real servers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from amparo.base.keys import CHEAP
from amparo.base.workspace import change_passphrase, open_with
from tests.begun import PASSPHRASE
from tests.servers import S3, CannotRun, Postgres, start_postgres, start_s3

HERE = Path(__file__).parent
PROGRAM = [sys.executable, "-c", "from amparo.cli.main import run; run()"]
_numbers = count(1)


@pytest.hookimpl(tryfirst=True)  # before the marks are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One after another in one worker, which starts the servers once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("organisation"))


@pytest.fixture(scope="package")
def postgres() -> Iterator[Postgres]:
    try:
        server = start_postgres()
    except CannotRun as reason:
        pytest.skip(f"no PostgreSQL: {reason}")
    yield server
    server.stop()


@pytest.fixture(scope="package")
def s3() -> Iterator[S3]:
    try:
        server = start_s3()
    except CannotRun as reason:
        pytest.skip(f"no S3 server: {reason}")
    yield server
    server.stop()


@dataclass
class House:
    """One workspace and how its processes are started."""

    home: Path
    environment: dict[str, str]
    database: str = ""
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def begin(self) -> str:
        """Make it, maria's; gives its recovery code. From then on its key opens cheaply."""
        code = self.run("init", "--owner", "maria").strip()
        change_passphrase(open_with(self.home, PASSPHRASE), PASSPHRASE, params=CHEAP)
        return code

    def run(self, *words: str | Path, stdin: str = "", ok: bool = True) -> str:
        done = subprocess.run(
            [*PROGRAM, "--home", str(self.home), *map(str, words)],
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not ok or done.returncode == 0, done.stderr
        return done.stdout

    def start_python(self, code: str) -> subprocess.Popen[str]:
        """Run a statement inside the open workspace, as the program would."""
        start = (
            "import sys; from pathlib import Path; from amparo.base import workspace;"
            "from amparo.site.boot import boot; from amparo.cli.frame import ask_passphrase;"
            "boot(workspace.open_with(Path(sys.argv[1]), ask_passphrase()), migrate=False);"
        )
        argv = [sys.executable, "-c", start + code, str(self.home)]
        return subprocess.Popen(argv, env=self.environment, text=True)

    def run_python(self, code: str) -> None:
        assert self.start_python(code).wait() == 0

    def start(self, *words: str, out: int = subprocess.PIPE) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*PROGRAM, "--home", str(self.home), *words],
            env=self.environment,
            stdout=out,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(self.database) as connection:
            return connection.execute(sql).fetchall()  # type: ignore[call-overload]

    def rows_changed(self, sql: str) -> int:
        """Carry out a statement and say how many rows it changed."""
        import psycopg

        with psycopg.connect(self.database) as connection:
            return connection.execute(sql).rowcount  # type: ignore[call-overload]

    def wait_for(self, what: Callable[[], bool], seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if what():
                return
            time.sleep(0.02)
        raise AssertionError("it did not happen")


def plain(tmp_path: Path) -> dict[str, str]:
    secret = tmp_path / "passphrase"
    secret.write_text(f"{PASSPHRASE}\n")
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(tmp_path), "AMPARO_PASSPHRASE_FILE": str(secret)}


@pytest.fixture
def laptop(tmp_path: Path) -> House:
    """A workspace in a folder, not made yet."""
    return House(tmp_path / "laptop", plain(tmp_path))


@pytest.fixture
def house(tmp_path: Path, postgres: Postgres, s3: S3) -> Iterator[House]:
    """A workspace on the servers, not made yet; its processes end with the test."""
    with house_on(tmp_path, postgres, s3) as made:
        yield made


@contextmanager
def house_on(root: Path, postgres: Postgres, s3: S3) -> Iterator[House]:
    """A workspace on these servers, not made yet; its processes end with it."""
    number = next(_numbers)
    database = postgres.create(f"house{number}")
    environment = {
        **plain(root),
        **s3.environment(),
        "DATABASE_URL": database,
        "OBJECTS_URL": s3.url(f"house{number}"),
    }
    made = House(root / "house", environment, database)
    yield made
    for process in made.running:
        if process.poll() is None:
            process.terminate()
    for process in made.running:
        process.communicate()
