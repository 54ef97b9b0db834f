"""Ingest with workers added and killed, and the move there and back."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
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


def start_to_ask(house: House) -> subprocess.Popen[str]:
    """Queue one job for each item, all at once, as a person would who asks in the browser."""
    house.rows_changed(f"DELETE {OURS}")
    return house.start_python(
        "from amparo.evidence.web.models import Item; from amparo.accounts.web.models import User;"
        "from amparo.extract.web.tasks import ask_to_reread; from django.db import transaction;"
        "user = User.objects.get(); ask = lambda: [ask_to_reread(item, user=user)"
        " for item in Item.objects.all()]; transaction.atomic(ask)()"
    )


def let_all_be_read_again(house: House) -> None:
    assert start_to_ask(house).wait() == 0


def hold_readers(house: House) -> set[int]:
    """Let all be read again and hold the workers still amid it: they have jobs, and more wait."""
    asking = start_to_ask(house)
    held: set[int] = set()

    def caught() -> bool:
        let_go(held)
        held.clear()
        held.update(workers_of(house))
        for worker in held:
            os.kill(worker, signal.SIGSTOP)
        waiting = house.rows(f"SELECT count(*) {OURS} AND state = 'queued'")[0][0]
        return bool(held) and held <= workers_of(house) and waiting > 0

    house.wait_for(caught)
    assert asking.wait() == 0
    return held


def let_go(workers: set[int]) -> None:
    for worker in workers:
        os.kill(worker, signal.SIGCONT)


def workers_of(house: House) -> set[int]:
    """The processes that read now."""
    held = house.rows(f"SELECT DISTINCT worker {OURS} AND state = 'running'")
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
    """The end of a worker is seen by its crew; that of a whole crew, by its silence."""
    house.begin()
    house.run("add", folder_of(tmp_path), "--matter", "Haddad", "--no-ocr")
    first = house.start("work", "--workers", "2")
    for victim in hold_readers(house):
        os.kill(victim, signal.SIGKILL)
    house.wait_for(lambda: is_settled(house))
    check(house)
    hold_readers(house)
    os.killpg(first.pid, signal.SIGKILL)
    second = house.start("work", "--workers", "1")
    fall_silent(house)
    house.wait_for(lambda: is_settled(house))
    check(house)
    second.terminate()
    assert second.wait(120) == 0


def fall_silent(house: House) -> None:
    """As if an hour had passed since the last word of those who are dead."""
    house.rows_changed(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
    )


def test_served_by_one_process_and_worked_by_another(house: House, tmp_path: Path) -> None:
    house.environment["AMPARO_METRICS_TOKEN"] = "a token"
    house.begin()
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
    code = laptop.begin()
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
    house.begin()
    web = house.start("serve", "--no-browser", "--port", "0", "--workers", "0")
    assert web.stdout
    line = next(line for line in web.stdout if "Amparo is open" in line)
    address = re.findall(r"http://\S+", line)[0]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}metrics")
