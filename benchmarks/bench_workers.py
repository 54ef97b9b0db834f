"""Does a second worker read twice as fast? Files read by one and by two workers on PostgreSQL.

A delivery that was sealed is read for the first time, from the queue to the index and the ledger,
by real worker processes on a real PostgreSQL (fsync on) and a real S3 store, a fresh matter each
time. Asked for: at least 1.8 on two cores. Database and store run on the same cores here: what they
take beside one worker is not there for a second one, and how many cores were busy is told.

    python benchmarks/bench_workers.py [files] [rounds] [--real]

Short web pages, of which the database has the most to do; with ``--real`` the files of a mission
(``AMPARO_SHARED_DATA``, or ``../shared/data``), repeated with changes, scans recognised.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.whole_matter import repeat
from tests.organisation.conftest import House, plain
from tests.servers import start_postgres, start_s3

ASKED = 1.8
WORDS = ("statement", "witness", "night", "question", "road", "village", "soldiers", "morning")
READING = "FROM base_job WHERE name = 'extract.read_several'"
LEFT = f"SELECT count(*) {READING} AND state <> 'done'"
DONE = f"SELECT min(started_at), max(finished_at) {READING}"
FORGET = "DELETE FROM base_job WHERE name IN ('extract.read_several', 'extract.compare')"


def write_pages(folder: Path, files: int) -> None:
    """Web pages of some three printed pages each, no two alike."""
    chance = random.Random(5)
    folder.mkdir()
    for number in range(files):
        text = " ".join(chance.choice(WORDS) + chance.choice(" .s") for _ in range(1_500))
        (folder / f"{number}.html").write_text(f"<html><body><p>{number} {text}</body></html>")


def seconds_with(house: House, folder: Path, matter: str, workers: int) -> tuple[float, float]:
    """From the first job begun to the last one done, and how many cores were busy meanwhile."""
    house.rows_changed(FORGET)
    house.run("add", folder, "--matter", matter, "--later")
    busy, begun = busy_seconds(), time.monotonic()
    crew = house.start("work", "--workers", str(workers))
    wait_until_read(house)
    cores = (busy_seconds() - busy) / (time.monotonic() - begun)
    crew.terminate()
    crew.communicate()
    ((first, last),) = house.rows(DONE)
    return float((last - first).total_seconds()), cores


def wait_until_read(house: House) -> None:
    """Ask now and then over one connection: new ones would take a sixth of a core themselves."""
    with psycopg.connect(house.database, autocommit=True) as connection:
        while connection.execute(LEFT).fetchall() != [(0,)]:
            time.sleep(0.3)


def busy_seconds() -> float:
    """Seconds for which the cores of this machine were busy since it started (``/proc/stat``)."""
    user, nice, system, _idle, _waiting, *rest = Path("/proc/stat").read_text().split()[1:9]
    return sum(map(int, (user, nice, system, *rest))) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    files, rounds = (*numbers, *(3_000, 2)[len(numbers) :])
    here = Path(__file__).parent.parent
    shared = Path(os.environ.get("AMPARO_SHARED_DATA") or here.parent / "shared" / "data")
    postgres, s3 = start_postgres(durable=True), start_s3()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        database = postgres.create("bench")
        environment = {**plain(root), **s3.environment()}
        environment |= {"DATABASE_URL": database, "OBJECTS_URL": s3.url("bench")}
        house = House(root / "house", environment, database)
        house.run("init", "--owner", "maria")
        delivery, ratios = root / "in", []
        if "--real" in sys.argv:
            repeat(delivery, shared / "evidence", files)
        else:
            write_pages(delivery, files)
        for number in range(rounds):
            one, of_one = seconds_with(house, delivery, f"one {number}", 1)
            two, of_two = seconds_with(house, delivery, f"two {number}", 2)
            ratios.append(one / two)
            print(f"one worker {files / one:6.1f} files/s ({of_one:.2f} cores busy)   ", end="")
            print(
                f"two {files / two:6.1f} files/s ({of_two:.2f})   ratio {one / two:.2f}", flush=True
            )
    ratio = statistics.median(ratios)
    print(
        f"\n{'ok  ' if ratio >= ASKED else 'FAIL'} two workers: {ratio:.2f} x one; asked {ASKED} x"
    )


if __name__ == "__main__":
    main()
