"""Does a second worker read twice as fast? Files read by one and by two workers on PostgreSQL.

A delivery that was sealed is read for the first time, from the queue to the index and the ledger,
by real worker processes on a real PostgreSQL (fsync on) and a real S3 store, a fresh matter each
time. Asked for: at least 1.8 on two cores. Database and store run on the same cores here: what they
take beside one worker is not there for a second one, and the part of a core that each took is told.

    python benchmarks/bench_workers.py [files] [rounds]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.organisation.conftest import House, plain
from tests.servers import start_postgres, start_s3

ASKED = 1.8
WORDS = ("statement", "witness", "night", "question", "road", "village", "soldiers", "morning")
READING = "FROM base_job WHERE name = 'extract.read_several'"
LEFT = f"SELECT count(*) {READING} AND state <> 'done'"
DONE = f"SELECT min(started_at), max(finished_at) {READING}"
FORGET = "DELETE FROM base_job WHERE name IN ('extract.read_several', 'extract.compare')"


def folder_of(root: Path, files: int) -> Path:
    """Web pages of some three printed pages each, no two alike."""
    chance = random.Random(5)
    folder = root / "in"
    folder.mkdir()
    for number in range(files):
        text = " ".join(chance.choice(WORDS) + chance.choice(" .s") for _ in range(1_500))
        (folder / f"{number}.html").write_text(f"<html><body><p>{number} {text}</body></html>")
    return folder


def seconds_with(house: House, folder: Path, matter: str, workers: int) -> tuple[float, float]:
    """From the first job begun to the last one done, and how many cores were busy meanwhile."""
    house.rows_changed(FORGET)
    house.run("add", folder, "--matter", matter, "--later")
    busy, begun = busy_seconds(), time.monotonic()
    crew = house.start("work", "--workers", str(workers))
    house.wait_for(lambda: house.rows(LEFT) == [(0,)], 3_600)
    cores = (busy_seconds() - busy) / (time.monotonic() - begun)
    crew.terminate()
    crew.communicate()
    ((first, last),) = house.rows(DONE)
    return float((last - first).total_seconds()), cores


def busy_seconds() -> float:
    """Seconds for which the cores of this machine were busy since it started (``/proc/stat``)."""
    user, nice, system, _idle, _waiting, *rest = Path("/proc/stat").read_text().split()[1:9]
    return sum(map(int, (user, nice, system, *rest))) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    postgres, s3 = start_postgres(durable=True), start_s3()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        database = postgres.create("bench")
        environment = {**plain(root), **s3.environment()}
        environment |= {"DATABASE_URL": database, "OBJECTS_URL": s3.url("bench")}
        house = House(root / "house", environment, database)
        house.run("init", "--owner", "maria")
        delivery, ratios = folder_of(root, files), []
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
