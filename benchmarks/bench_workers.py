"""Does a second worker read twice as fast? Files read by one and by two workers on PostgreSQL.

The same job for each of many files, from the queue to the index and the ledger, by real worker
processes on a real PostgreSQL (fsync on) and a real S3 store. Asked for: at least 1.8 on two cores.

    python benchmarks/bench_workers.py [files] [rounds]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.organisation.conftest import House, plain
from tests.servers import start_postgres, start_s3

ASKED = 1.8
WORDS = ("statement", "witness", "night", "question", "road", "village", "soldiers", "morning")
LEFT = "SELECT count(*) FROM base_job WHERE name = 'extract.reread' AND state <> 'done'"
QUEUE = (
    "from amparo.evidence.web.models import Item; from amparo.accounts.web.models import User;"
    "from amparo.extract.web.tasks import ask_to_reread; user = User.objects.get();"
    "[ask_to_reread(item, user=user) for item in Item.objects.all()]"
)
DONE = "SELECT min(started_at), max(finished_at) FROM base_job WHERE name = 'extract.reread'"


def folder_of(root: Path, files: int) -> Path:
    """Web pages of some ten printed pages each, no two alike."""
    chance = random.Random(5)
    folder = root / "in"
    folder.mkdir()
    for number in range(files):
        text = " ".join(chance.choice(WORDS) + chance.choice(" .s") for _ in range(4_000))
        (folder / f"{number}.html").write_text(f"<html><body><p>{number} {text}</body></html>")
    return folder


def seconds_with(house: House, workers: int) -> float:
    """From the first job begun to the last one done."""
    house.rows_changed("DELETE FROM base_job WHERE name = 'extract.reread'")
    house.run_python(QUEUE)
    crew = house.start("work", "--workers", str(workers))
    house.wait_for(lambda: house.rows(LEFT) == [(0,)], 3_600)
    crew.terminate()
    crew.communicate()
    ((first, last),) = house.rows(DONE)
    return float((last - first).total_seconds())


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    postgres, s3 = start_postgres(durable=True), start_s3()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        database = postgres.create("bench")
        environment = {**plain(root), **s3.environment()}
        environment |= {"DATABASE_URL": database, "OBJECTS_URL": s3.url("bench")}
        house = House(root / "house", environment, database)
        house.run("init", "--owner", "maria")
        house.run("add", folder_of(root, files), "--matter", "Bench", "--no-ocr")
        ratios = []
        for _ in range(rounds):
            one, two = seconds_with(house, 1), seconds_with(house, 2)
            ratios.append(one / two)
            print(f"one worker {files / one:6.1f} files/s   two {files / two:6.1f} files/s", end="")
            print(f"   ratio {one / two:.2f}   load {os.getloadavg()[0]:.1f}", flush=True)
    ratio = statistics.median(ratios)
    print(
        f"\n{'ok  ' if ratio >= ASKED else 'FAIL'} two workers: {ratio:.2f} x one; asked {ASKED} x"
    )


if __name__ == "__main__":
    main()
