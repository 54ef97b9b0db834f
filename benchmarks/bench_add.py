"""Adding files: hash twice, seal, store and flush, beside hashing and copying with Python.

    python benchmarks/bench_add.py [--rounds 5] [--mib 512] [--skip-large]

Peer: ``hashlib.sha256`` over the file in blocks of 1 MiB, then ``shutil.copyfile``. Ours: the same
files through ``seal_sources`` into a fresh safe, with every object flushed to the disk, which the
peer's copies are not. Rounds alternate; the best wall time of each counts. Bar: 0.5 times the
peer's speed or better. Then a sparse file of 4 GiB, in a process of its own, for its memory. Bar:
250 MiB.
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
from collections.abc import Callable
from pathlib import Path

from amparo.base.keys import Keyring
from amparo.evidence.ingest import Sealed, seal_sources
from amparo.evidence.local_store import LocalStore
from amparo.evidence.safe import Safe
from amparo.evidence.sources import sources

SPEED_BAR = 0.5
MEMORY_BAR = 250
LARGE = 4 * 2**30


def peer(folder: Path, out: Path) -> None:
    out.mkdir()
    for path in sorted(folder.iterdir()):
        digest = hashlib.sha256()
        with path.open("rb", buffering=0) as file:
            while block := file.read(2**20):
                digest.update(block)
        shutil.copyfile(path, out / digest.hexdigest())


def ours(folder: Path, out: Path) -> None:
    safe = Safe.of(LocalStore(out), Keyring.from_data_key(bytes(32)))
    for source, sealed in seal_sources(sources(folder), safe):
        if not isinstance(sealed, Sealed):
            raise SystemExit(f"{source.shown_path}: {sealed}")


def timed(work: Callable[[Path, Path], None], folder: Path, scratch: Path) -> float:
    out = scratch / "out"
    start = time.perf_counter()
    work(folder, out)
    taken = time.perf_counter() - start
    shutil.rmtree(out)
    return taken


def make(folder: Path, count: int, size: int) -> None:
    folder.mkdir()
    for number in range(count):
        with (folder / str(number)).open("wb") as file:
            for _ in range(0, size, 2**20):
                file.write(os.urandom(min(size, 2**20)))


def compare(name: str, count: int, size: int, rounds: int, scratch: Path) -> bool:
    folder = scratch / "in"
    make(folder, count, size)
    times: dict[Callable[[Path, Path], None], list[float]] = {peer: [], ours: []}
    for _ in range(rounds):
        for work in times:
            os.sync()
            times[work].append(timed(work, folder, scratch))
    shutil.rmtree(folder)
    theirs, mine = min(times[peer]), min(times[ours])
    mib = count * size / 2**20
    print(
        f"{name:28} ours {mib / mine:7.0f} MiB/s   peer {mib / theirs:7.0f} MiB/s   "
        f"ratio {theirs / mine:5.2f} (bar {SPEED_BAR})"
    )
    return theirs / mine >= SPEED_BAR


def large_alone(scratch: Path) -> None:
    """In a process of its own: seal 4 GiB and print the highest resident memory in MiB."""
    (scratch / "large").mkdir()
    with (scratch / "large" / "file").open("wb") as file:
        file.truncate(LARGE)
    ours(scratch / "large", scratch / "sealed")
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
        large = options.mib * 2**20
        good = [
            compare(f"1 file of {options.mib} MiB", 1, large, options.rounds, scratch),
            compare("64 files of 4 MiB", 64, 4 * 2**20, options.rounds, scratch),
            compare("300 files of 200 KiB", 300, 200 * 2**10, options.rounds, scratch),
        ]
        if not options.skip_large:
            good.append(memory(scratch))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
