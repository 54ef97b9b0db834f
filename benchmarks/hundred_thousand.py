"""Do 100,000 files all arrive when workers are added and killed on the way?

An organisation's workspace on a real PostgreSQL (fsync on) and a real S3 store: ``amparo serve``
with workers, ``amparo add --later`` that seals and queues, and more crews of workers that join;
every few seconds one worker, and now and then a whole crew, is killed without warning. At the end
every file must be there once, read or with a sentence that says why not, found by the search,
stated in the ledger, and all of it must hold.

    python benchmarks/hundred_thousand.py [files] [seconds between kills]
"""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.organisation.conftest import House, plain
from tests.servers import start_postgres, start_s3

PROSE = """
    statement witness night question road village soldiers morning brother school river market
    checkpoint letter hearing judge court detention transfer prison hospital doctor border camp
"""
WORDS = PROSE.split()
A_FOLDER = 500
CREWS, CREW = 3, 2
"""At most so many crews of workers beside those of the workbench, each so large."""

LEFT = """SELECT count(*) FROM base_job
          WHERE name = 'extract.read_several' AND state IN ('queued', 'running')"""
READ = "SELECT count(*) FROM evidence_item WHERE status <> 'sealed'"
SEALED = "SELECT count(*) FROM evidence_item WHERE parent_id IS NULL"
WHOLE = {
    "items at the top without an acquisition": """
        SELECT count(*) FROM evidence_item i WHERE NOT EXISTS (
            SELECT 1 FROM evidence_acquisition a WHERE a.item_id = i.id)""",
    "paths acquired twice": """
        SELECT count(*) FROM (SELECT 1 FROM evidence_acquisition a JOIN evidence_item i
            ON i.id = a.item_id WHERE i.parent_id IS NULL
            GROUP BY intake_id, a.path HAVING count(*) > 1) AS twice""",
    "contents that are two items": """
        SELECT count(*) FROM (SELECT 1 FROM evidence_item WHERE parent_id IS NULL
            GROUP BY object_id HAVING count(*) > 1) AS twice""",
    "items that nobody read": "SELECT count(*) FROM evidence_item WHERE status = 'sealed'",
    "items not read and not explained": """
        SELECT count(*) FROM evidence_item
        WHERE status IN ('failed', 'partial') AND reason = ''""",
    "acquisitions without an entry": """
        SELECT (SELECT count(*) FROM evidence_acquisition)
             - (SELECT count(*) FROM evidence_ledgerentry WHERE kind = 'acquired')""",
    "readings without an entry": """
        SELECT (SELECT count(*) FROM extract_reading)
             - (SELECT count(*) FROM evidence_ledgerentry WHERE kind = 'read')""",
    "items read twice": """
        SELECT count(*) FROM (SELECT 1 FROM extract_reading WHERE kind = 'text'
            GROUP BY item_id HAVING count(*) > 1) AS twice""",
    "pages twice in the search": """
        SELECT count(*) FROM (SELECT 1 FROM search_passage
            GROUP BY source_id, page, part HAVING count(*) > 1) AS twice""",
    "jobs that failed": "SELECT count(*) FROM base_job WHERE state = 'failed'",
}
"""What must be nothing when all is done."""


def text(number: int, chance: random.Random, words: int = 60) -> str:
    said = " ".join(chance.choice(WORDS) for _ in range(words))
    return f"File number{number} of the delivery. {said}."


def letter(number: int, chance: random.Random) -> bytes:
    return text(number, chance).encode()


def page(number: int, chance: random.Random) -> bytes:
    return f"<html><title>{number}</title><body><p>{text(number, chance)}</body></html>".encode()


def mail(number: int, chance: random.Random) -> bytes:
    return (
        f"From: a{number}@example.org\r\nTo: b@example.org\r\nSubject: Letter {number}\r\n"
        f"Date: Mon, 2 Mar 2020 10:00:00 +0000\r\nMessage-ID: <{number}@example.org>\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text(number, chance)}\r\n"
    ).encode()


def table(number: int, chance: random.Random) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["number", "place", "what"])
    rows.writerows([f"number{number}", chance.choice(WORDS), chance.choice(WORDS)] for _ in "12345")
    return out.getvalue().encode()


def picture(number: int, _chance: random.Random) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    colour = number.to_bytes(3)
    rows = b"".join(b"\0" + colour * 16 for _ in range(16))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def paper(number: int, chance: random.Random) -> bytes:
    said = f"BT /F1 12 Tf 40 700 Td ({text(number, chance, 8)}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(said), said),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for at, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (at, part)
    table_at = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table_at


def archive(number: int, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each in ("one.txt", "two.txt"):
            made.writestr(each, f"{each} of {text(number, chance)}")
    return out.getvalue()


def torn(number: int, chance: random.Random) -> bytes:
    return paper(number, chance)[:200]


def unknown(number: int, chance: random.Random) -> bytes:
    return b"\xfe\xed" + number.to_bytes(4) + chance.randbytes(300)


Maker = Callable[[int, random.Random], bytes]
KINDS: tuple[tuple[int, str, Maker], ...] = (
    (40, "txt", letter),
    (20, "eml", mail),
    (15, "html", page),
    (10, "csv", table),
    (5, "png", picture),
    (5, "pdf", paper),
    (2, "zip", archive),
    (2, "bin", unknown),
    (1, "pdf", torn),
)
"""Of a hundred files so many of each kind; one more of a hundred is a file that came before."""


def make(root: Path, files: int) -> Counter[str]:
    """Write the files; gives how many contents there are by kind of file."""
    kinds = [(name, maker) for share, name, maker in KINDS for _ in range(share)]
    chance, made, before = random.Random(7), Counter[str](), b""
    for number in range(files):
        folder = root / f"{number // A_FOLDER:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        at = number % 100
        if at == 99:
            (folder / f"{number}.txt").write_bytes(before)
            made["duplicate"] += 1
            continue
        name, maker = kinds[at]
        data = maker(number, chance)
        before = data if name == "txt" else before
        (folder / f"{number}.{name}").write_bytes(data)
        made[name] += 1
    return made


@dataclass
class Trouble:
    """Crews that come, and workers that are killed, until everything is read."""

    house: House
    every: float
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    crews: list[int] = field(default_factory=list)
    added: int = 0
    killed: int = 0
    crews_killed: int = 0

    def step(self) -> None:
        """Add a crew while there are few; kill a worker at its job; now and then a whole crew."""
        if len(self.crews) < CREWS and self.chance.random() < 0.5:
            self.crews.append(self.house.start("work", "--workers", str(CREW)).pid)
            self.added += 1
        elif self.crews and self.chance.random() < 0.15:
            os.killpg(self.crews.pop(0), signal.SIGKILL)
            self.crews_killed += 1
        elif victims := sorted(self.at_work()):
            with_luck = self.chance.choice(victims)
            try:
                os.kill(with_luck, signal.SIGKILL)
                self.killed += 1
            except ProcessLookupError:
                pass

    def at_work(self) -> set[int]:
        """The processes that hold a job now."""
        held = self.house.rows("SELECT DISTINCT worker FROM base_job WHERE state = 'running'")
        return {int(name.rpartition(":")[2]) for (name,) in held if name}


def number_of(house: House, sql: str) -> int:
    return int(house.rows(sql)[0][0])


def watch(house: House, trouble: Trouble, still_adding: Callable[[], bool]) -> Iterator[str]:
    """Make trouble until nothing is left to read; a line of progress now and then."""
    begun = told = struck = time.monotonic()
    while still_adding() or number_of(house, LEFT):
        time.sleep(1)
        now = time.monotonic()
        if now - struck >= trouble.every:
            struck = now
            trouble.step()
        if now - told >= 30:
            told = now
            sealed, read = number_of(house, SEALED), number_of(house, READ)
            yield (
                f"{now - begun:6.0f} s   sealed {sealed:7,}   read {read:7,}   "
                f"killed {trouble.killed} workers, {trouble.crews_killed} crews   "
                f"load {os.getloadavg()[0]:.1f}"
            )


def verified(house: House, made: Counter[str], files: int) -> bool:
    """Look whether all of it is there, once, and holds; says so line by line."""
    wrong = {what: found for what, sql in WHOLE.items() if (found := number_of(house, sql))}
    contents = files - made["duplicate"]
    wanted = {
        "files at the top": (number_of(house, SEALED), contents),
        "acquisitions of them": (
            number_of(
                house,
                "SELECT count(*) FROM evidence_acquisition a JOIN evidence_item i"
                " ON i.id = a.item_id WHERE i.parent_id IS NULL",
            ),
            files,
        ),
        "files inside archives": (
            number_of(house, "SELECT count(*) FROM evidence_item WHERE parent_id IS NOT NULL"),
            2 * made["zip"],
        ),
    }
    for what, (got, expected) in wanted.items():
        print(f"{'ok  ' if got == expected else 'FAIL'} {what}: {got:,}, expected {expected:,}")
    for what, sql in WHOLE.items():
        print(f"{'FAIL' if what in wrong else 'ok  '} {what}: {number_of(house, sql):,}")
    states = house.rows("SELECT status, count(*) FROM evidence_item GROUP BY status ORDER BY 1")
    print("     " + ", ".join(f"{count:,} {status}" for status, count in states))
    found = [number for number in _some(files) if _is_found(house, number)]
    print(f"{'ok  ' if len(found) == 3 else 'FAIL'} three files found by their numbers: {found}")
    holds = "Everything is what was sealed." in house.run("verify", ok=False)
    print(f"{'ok  ' if holds else 'FAIL'} amparo verify: everything is what was sealed")
    return not wrong and holds and len(found) == 3 and all(a == b for a, b in wanted.values())


def _some(files: int) -> tuple[int, int, int]:
    """Numbers of letters: the first, one in the middle, one of the last."""
    return 0, files // 200 * 100, (files - 1) // 100 * 100


def _is_found(house: House, number: int) -> bool:
    return str(number) in house.run("search", f"number{number}", "--json")


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    every = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    postgres, s3 = start_postgres(durable=True), start_s3(volumes=200)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = make(root / "in", files)
        database = postgres.create("many")
        environment = {**plain(root), **s3.environment()}
        environment |= {"DATABASE_URL": database, "OBJECTS_URL": s3.url("many")}
        house = House(root / "house", environment, database)
        house.run("init", "--owner", "maria")
        begun = time.monotonic()
        words = ("add", str(root / "in"), "--matter", "Many", "--later")
        adding = house.start(*words, out=subprocess.DEVNULL)
        house.start("serve", "--no-browser", "--port", "0", "--workers", "2")
        trouble = Trouble(house, every)
        for line in watch(house, trouble, lambda: adding.poll() is None):
            print(line, flush=True)
        if adding.returncode:
            print(f"FAIL amparo add ended with {adding.returncode}")
        seconds = time.monotonic() - begun
        print(
            f"\n{files:,} files in {seconds:,.0f} s ({files / seconds:.0f} a second); "
            f"{trouble.added} crews of {CREW} added, {trouble.crews_killed} of them killed, "
            f"{trouble.killed} workers killed at their jobs"
        )
        good = adding.returncode == 0 and verified(house, made, files)
        for process in house.running:
            if process.poll() is None:
                process.terminate()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
