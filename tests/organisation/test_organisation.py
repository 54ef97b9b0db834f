"""Ingest with workers added and killed, and the move there and back."""

from __future__ import annotations

import json
import os
import re
import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.organisation.conftest import House
from tests.servers import S3

OURS = "FROM base_job WHERE name = 'extract.reread'"
"""The jobs of a test; beside them stand those that the workers queue by themselves."""
FILES = 12


def folder_of(root: Path, number: int = FILES) -> Path:
    folder = root / "in"
    folder.mkdir()
    for each in range(number):
        (folder / f"letter {each}.txt").write_text(f"letter {each} of Mohammed Haddad\n" * 200)
    return folder


def let_all_be_read_again(house: House) -> None:
    """Queue one job for each item, as a person would who asks for it in the browser."""
    house.run_python(
        "from amparo.evidence.web.models import Item; from amparo.accounts.web.models import User;"
        "from amparo.extract.web.tasks import ask_to_reread; user = User.objects.get();"
        "[ask_to_reread(item, user=user) for item in Item.objects.all()]"
    )


def workers_of(house: House) -> set[int]:
    """The processes that hold a job now."""
    held = house.rows("SELECT DISTINCT worker FROM base_job WHERE state = 'running'")
    return {int(name.rpartition(":")[2]) for (name,) in held if name}


def is_settled(house: House) -> bool:
    return house.rows(f"SELECT count(*) {OURS} AND state IN ('queued', 'running')") == [(0,)]


def check(house: House) -> None:
    """Everything was read, nothing twice at once, and all of it holds."""
    assert house.rows(f"SELECT state, count(*) {OURS} GROUP BY state") == [("done", FILES)]
    due = "SELECT count(*) FROM procrastinate_jobs WHERE scheduled_at IS NULL"
    house.wait_for(lambda: house.rows(due) == [(0,)])
    found = house.run("search", "Haddad", "--json").splitlines()
    assert len(found) == FILES
    assert "Everything is what was sealed." in house.run("verify")


def test_workers_are_added_and_killed(house: House, tmp_path: Path) -> None:
    house.run("init", "--owner", "maria")
    house.run("add", folder_of(tmp_path), "--matter", "Haddad", "--no-ocr")
    let_all_be_read_again(house)
    first = house.start("work", "--workers", "2")
    house.wait_for(lambda: bool(workers_of(house)))
    for victim in workers_of(house):
        os.kill(victim, signal.SIGKILL)
    second = house.start("work", "--workers", "1")
    house.wait_for(lambda: is_settled(house))
    check(house)
    for crew in (first, second):
        crew.terminate()
        assert crew.wait(30) == 0


def test_served_by_one_process_and_worked_by_another(house: House, tmp_path: Path) -> None:
    house.environment["AMPARO_METRICS_TOKEN"] = "a token"
    house.run("init", "--owner", "maria")
    house.run("add", folder_of(tmp_path), "--matter", "Haddad", "--no-ocr")
    web = house.start("serve", "--no-browser", "--port", "0", "--workers", "0")
    assert web.stdout
    line = next(line for line in web.stdout if "Amparo is open" in line)
    address = re.findall(r"http://\S+", line)[0]
    let_all_be_read_again(house)
    assert metric(address, 'amparo_jobs{state="queued"}') >= FILES
    house.start("work", "--workers", "1")
    house.wait_for(lambda: is_settled(house))
    assert metric(address, 'amparo_jobs{state="done"}') >= FILES
    assert metric(address, "amparo_last_backup_timestamp_seconds") == 0


def metric(address: str, name: str) -> float:
    headers = {"Authorization": "Bearer a token"}
    with urllib.request.urlopen(
        urllib.request.Request(f"{address}metrics", headers=headers)
    ) as got:
        lines = got.read().decode().splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith(f"{name} "))


def test_a_laptop_moves_to_the_servers_and_back(
    laptop: House, house: House, tmp_path: Path, s3: S3
) -> None:
    code = laptop.run("init", "--owner", "maria").strip()
    laptop.run("add", folder_of(tmp_path), "--matter", "Haddad", "--no-ocr")
    laptop.environment.update(s3.environment())
    place = s3.url(f"moving-{house.home.parent.name}")
    made = json.loads(laptop.run("backup", place, "--json"))
    there = json.loads(house.run("restore", place, "--json").splitlines()[-1])
    assert there["ok"]
    assert there["checked"]["objects"] == made["objects"]
    assert not (house.home / "amparo.db").exists()
    before = sorted(laptop.run("search", "Haddad", "--json").splitlines())
    assert sorted(house.run("search", "Haddad", "--json").splitlines()) == before
    house.run("add", folder_of(tmp_path / "house", 13), "--matter", "Haddad", "--no-ocr")
    house.run("backup", place)
    back = House(tmp_path / "new laptop", laptop.environment)
    words = ("restore", place, "--recovery-code", "--json")
    assert json.loads(back.run(*words, stdin=code + "\n").splitlines()[-1])["ok"]
    assert len(back.run("search", "Haddad", "--json").splitlines()) == FILES + 1
    assert (back.home / "amparo.db").exists()
    assert json.loads(laptop.run("restore", place, "--drill", "--json"))["ok"]


def test_without_the_token_there_are_no_numbers(house: House) -> None:
    house.run("init", "--owner", "maria")
    web = house.start("serve", "--no-browser", "--port", "0", "--workers", "0")
    assert web.stdout
    line = next(line for line in web.stdout if "Amparo is open" in line)
    address = re.findall(r"http://\S+", line)[0]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}metrics")
