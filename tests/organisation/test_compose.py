"""The set-up of deploy/compose.yaml, each of its services a process of this computer."""

from __future__ import annotations

import os
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.begun import PASSPHRASE
from tests.organisation.conftest import PROGRAM, House
from tests.servers import KEY, S3, SECRET, Postgres

DEPLOY = Path(__file__).parents[2] / "deploy"
TOKEN = "who may read the numbers"
HOST = "amparo.example.org"


def filled(text: str, values: Mapping[str, str]) -> str:
    """``${NAME}`` and ``${NAME:-otherwise}`` as Compose fills them in; KeyError without a value."""

    def value(found: re.Match[str]) -> str:
        name, _, otherwise = found[1].partition(":-")
        return values.get(name) or otherwise or values[name]

    return re.sub(r"\$\{([^}]+)\}", value, text)


@dataclass
class Composed:
    """The services of the file, with this computer's addresses in the place of the services'."""

    house: House
    here: dict[str, str]
    values: dict[str, str]
    services: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        told = filled((DEPLOY / "compose.yaml").read_text(), self.values)
        for there, here in self.here.items():
            assert there in told, f"{there} is no longer in the file"
            told = told.replace(there, here)
        self.services = yaml.safe_load(told)["services"]
        self.house.environment |= self.environment("web")

    def environment(self, service: str) -> dict[str, str]:
        given = {name: str(value) for name, value in self.services[service]["environment"].items()}
        return {"PATH": os.environ["PATH"], "HOME": str(self.house.home.parent), **given}

    def start(self, service: str) -> subprocess.Popen[str]:
        """As the image does: the program is its entry point, a variable tells the workspace."""
        process = subprocess.Popen(
            [*PROGRAM, *self.services[service]["command"].split()],
            env={**self.environment(service), "AMPARO_HOME": str(self.house.home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.house.running.append(process)
        return process


@pytest.fixture
def composed(postgres: Postgres, s3: S3, house: House, tmp_path: Path) -> Composed:
    told = (DEPLOY / "env.example").read_text()
    values = dict(re.findall(r"^(\w+)=(.*)$", told, re.MULTILINE))
    values |= {"POSTGRES_PASSWORD": "5f2c", "S3_KEY": KEY, "S3_SECRET": SECRET}
    values |= {"AMPARO_METRICS_TOKEN": TOKEN}
    secret = tmp_path / "passphrase of the set-up"
    secret.write_text(f"{PASSPHRASE}\n")
    postgres.create("composed")
    here = {
        "postgres:5432/amparo": f"127.0.0.1:{postgres.port}/composed",
        "objects:8333": f"127.0.0.1:{s3.port}",
        "s3://amparo/objects": s3.url("composed"),
        "/run/secrets/passphrase": str(secret),
        "--port 8017": "--port 0",
    }
    house.database = postgres.url("composed")
    return Composed(house, here, values)


def answer(address: str, path: str, host: str, **headers: str) -> tuple[int, str]:
    told = {"Host": host, "X-Forwarded-Proto": "https", **headers}
    try:
        with urllib.request.urlopen(urllib.request.Request(address + path, headers=told)) as got:
            return got.status, got.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_its_services_work_together_as_separate_processes(
    composed: Composed, tmp_path: Path
) -> None:
    house = composed.house
    house.begin()
    web, workers = composed.start("web"), composed.start("workers")
    assert web.stdout
    line = next(line for line in web.stdout if "Amparo is open" in line)
    port = re.findall(r":(\d+)/", line)[0]
    address = f"http://127.0.0.1:{port}/"
    assert answer(address, "accounts/sign-in/", HOST)[0] == 200
    assert answer(address, "accounts/sign-in/", "elsewhere.example")[0] == 400

    folder = tmp_path / "delivery"
    folder.mkdir()
    for number in range(5):
        (folder / f"letter {number}.txt").write_text(f"letter {number} of Mohammed Haddad\n")
    house.run("add", folder, "--matter", "Haddad", "--later")
    unread = "SELECT count(*) FROM evidence_item WHERE status = 'sealed'"
    house.wait_for(lambda: house.rows(unread) == [(0,)])
    assert len(house.run("search", "Haddad", "--json").splitlines()) == 5
    status, numbers = answer(address, "metrics", HOST, Authorization=f"Bearer {TOKEN}")
    assert status == 200
    assert re.search(r'^amparo_jobs\{state="done"\} [1-9]', numbers, re.MULTILINE)

    workers.terminate()
    assert workers.wait(60) == 0
    assert answer(address, "accounts/sign-in/", HOST)[0] == 200
    web.terminate()
    assert web.wait(60) == 0
    assert "Everything is what was sealed." in house.run("verify")


def test_what_the_documentation_says_to_fill_in_is_what_the_file_asks_for() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    told = set(re.findall(r"^(\w+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    assert asked == told


def test_the_image_starts_the_program_with_the_workspace_that_it_keeps() -> None:
    told = (DEPLOY / "Dockerfile").read_text()
    assert 'ENTRYPOINT ["amparo"]' in told
    home = re.findall(r"AMPARO_HOME=(\S+)", told)[0]
    volumes = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["x-amparo"]["volumes"]
    assert f"workspace:{home}" in volumes
