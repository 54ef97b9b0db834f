"""Adding files: hash twice, seal, store, flush and state in the ledger, beside plain Python.

    python benchmarks/bench_add.py [--rounds 5] [--mib 512] [--skip-large]

Peer: ``hashlib.sha256`` over the file in blocks of 1 MiB, then ``shutil.copyfile``. Ours: the same
files through ``take_folder`` into a matter of an encrypted workspace: an object, an item, an
acquisition and an entry of the ledger each, and every object and every transaction flushed to the
disk, which the peer's copies are not. Rounds alternate, with new files each; the best wall time of
each counts. Bar: 0.5 times the peer's speed or better on one large file, on photographs and on the
mixed delivery of a field mission (recordings, photographs, scans, letters).

A file's keys, rows and flushes take half a millisecond however small it is, so a folder of small
files alone stays below that on a disk: its figure is printed without a bar, for a few and for
thousands, and once more beside a peer that flushes each copy too, which is what a copy that
survives a power cut costs. With ``TMPDIR`` on a file system in memory, where flushes cost nothing,
the same run shows the work alone: there thousands of small files pass the bar too.

Then a sparse file of 4 GiB, in a process of its own, for its memory. Bar: 250 MiB.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from amparo.base import workspace
from amparo.base.keys import CHEAP
from amparo.site.boot import boot

SPEED_BAR = 0.5
MEMORY_BAR = 250
LARGE = 4 * 2**30
MIB = 2**20
MIXED = [128 * MIB, 64 * MIB] + [4 * MIB] * 40 + [2 * MIB] * 30 + [100 * 1024] * 80
"""Two recordings, photographs, scans, and letters: bytes of each file."""
SMALL = [200 * 1024] * 300
MANY = [200 * 1024] * 3000

Work = Callable[[Path, Path], None]


def peer(folder: Path, out: Path, *, flush: bool = False) -> None:
    out.mkdir()
    for path in sorted(folder.iterdir()):
        digest = hashlib.sha256()
        with path.open("rb", buffering=0) as file:
            while block := file.read(2**20):
                digest.update(block)
        shutil.copyfile(path, out / digest.hexdigest())
        if flush:
            _flush(out / digest.hexdigest())


def flushing_peer(folder: Path, out: Path) -> None:
    peer(folder, out, flush=True)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def open_workspace(scratch: Path) -> None:
    """A workspace with one person and one matter, and Django on it."""
    opened, _ = workspace.create(scratch / "home", "benchmark", params=CHEAP)
    boot(opened)
    from amparo.accounts.web.actions import create_first_user
    from amparo.matters.web.actions import open_matter

    open_matter("Benchmark", acting_user=create_first_user("owner", "Owner"))


def ours(folder: Path, out: Path) -> None:
    """Take the folder in; ``out`` only names the delivery."""
    from amparo.evidence.web.actions.intake import finish_intake, open_intake, take_folder
    from amparo.evidence.web.safes import open_safe
    from amparo.matters.web.models import Matter

    matter = Matter.objects.get()
    who = matter.team.get().user
    intake = open_intake(matter, str(out), acting_user=who)
    for taken in take_folder(intake, folder, open_safe(), acting_user=who):
        if taken.status == "failed":
            raise SystemExit(f"{taken.path}: {taken.reason}")
    finish_intake(intake, acting_user=who)


def timed(work: Work, folder: Path, scratch: Path) -> float:
    out = scratch / "out"
    os.sync()
    start = time.perf_counter()
    work(folder, out)
    taken = time.perf_counter() - start
    shutil.rmtree(out, ignore_errors=True)
    return taken


def make(folder: Path, sizes: Sequence[int]) -> None:
    folder.mkdir()
    for number, size in enumerate(sizes):
        with (folder / str(number)).open("wb") as file:
            for start in range(0, size, 2**20):
                file.write(os.urandom(min(size - start, 2**20)))


def compare(
    name: str, sizes: Sequence[int], rounds: int, scratch: Path, *, against: Work = peer
) -> float:
    """Print ours beside ``against`` and give the ratio of their speeds."""
    folder = scratch / "in"
    times: dict[Work, list[float]] = {against: [], ours: []}
    for _ in range(rounds):
        make(folder, sizes)
        for work in times:
            times[work].append(timed(work, folder, scratch))
        shutil.rmtree(folder)
    theirs, mine = min(times[against]), min(times[ours])
    mib = sum(sizes) / 2**20
    print(
        f"{name:34} ours {mib / mine:7.0f} MiB/s   peer {mib / theirs:7.0f} MiB/s   "
        f"ratio {theirs / mine:5.2f}",
        flush=True,
    )
    return theirs / mine


def large_alone(scratch: Path) -> None:
    """In a process of its own: take 4 GiB in and print the highest resident memory in MiB."""
    (scratch / "large").mkdir()
    with (scratch / "large" / "file").open("wb") as file:
        file.truncate(LARGE)
    open_workspace(scratch / "large workspace")
    ours(scratch / "large", scratch / "large")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def memory(scratch: Path) -> bool:
    command = [sys.executable, __file__, "--large-alone", str(scratch)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    taken = time.perf_counter() - start
    peak = int(done.stdout)
    print(f"{'one file of 4 GiB':28} peak {peak} MiB of memory (bar {MEMORY_BAR}), {taken:.1f} s")
    return peak <= MEMORY_BAR


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mib", type=int, default=512)
    parser.add_argument("--skip-large", action="store_true")
    parser.add_argument("--large-alone", type=Path)
    options = parser.parse_args()
    if options.large_alone:
        large_alone(options.large_alone)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        open_workspace(scratch)
        print(f"bar for the first three: {SPEED_BAR}")
        good = [
            compare(name, sizes, options.rounds, scratch) >= SPEED_BAR
            for name, sizes in (
                (f"1 file of {options.mib} MiB", [options.mib * MIB]),
                ("64 photographs of 4 MiB", [4 * MIB] * 64),
                ("a mixed delivery of 152 files", MIXED),
            )
        ]
        compare("300 files of 200 KiB", SMALL, options.rounds, scratch)
        compare("3,000 files of 200 KiB", MANY, options.rounds, scratch)
        compare("the same, peer flushed", MANY, options.rounds, scratch, against=flushing_peer)
        if not options.skip_large:
            good.append(memory(scratch))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
