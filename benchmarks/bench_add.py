"""Adding files: hash twice, seal, store, flush and state in the ledger, beside plain Python.

    python benchmarks/bench_add.py [--rounds 5] [--mib 512] [--skip-large]

Peer: ``hashlib.sha256`` over the file in blocks of 1 MiB, then ``shutil.copyfile``. Ours: the same
files through ``take_folder`` into a matter of an encrypted workspace: an object, an item, an
acquisition and an entry of the ledger each, and every object and every transaction flushed to the
disk, which the peer's copies are not. Rounds alternate, with new files each; the best wall time of
each counts. Bar: 0.5 times the peer's speed or better.

A delivery that has just come (a stick, a disk, a download of yesterday) lies on the disk and not
in this computer's memory: so do the files here when either begins. The bar holds for each delivery:
one large file, photographs, what a field mission brings (recordings, photographs, scans, letters),
and small files alone, three hundred and three thousand; with ``AMPARO_SHARED_DATA`` or
``../shared/data`` also the real files there.

The same once more with all files in memory already, so that the peer waits for no disk at all and
ours for its flushes only. The bar holds for the first three. A file's keys, rows and flushes take
half a millisecond however small it is, so small files alone stay below it: their figures are
printed without a bar, and once beside a peer that flushes each copy too, which is what a copy that
survives a power cut costs.

Then a sparse file of 4 GiB, in a process of its own, for its memory. Bar: 250 MiB.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from amparo.base import workspace
from amparo.base.keys import CHEAP
from amparo.site.boot import boot

SPEED_BAR = 0.5
MEMORY_BAR = 250
REST_SECONDS = 1
"""What was deleted before is trimmed from the disk after it was flushed: neither pays for that."""
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


def timed(work: Work, folder: Path, scratch: Path, *, on_disk: bool) -> float:
    out = scratch / "out"
    os.sync()
    time.sleep(REST_SECONDS)
    if on_disk:
        for path in folder.iterdir():
            _forget(path)
    start = time.perf_counter()
    work(folder, out)
    taken = time.perf_counter() - start
    shutil.rmtree(out, ignore_errors=True)
    return taken


def _forget(path: Path) -> None:
    """Take a file out of this computer's memory; it stays on the disk."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def random_files(folder: Path, sizes: Sequence[int]) -> None:
    for number, size in enumerate(sizes):
        with (folder / str(number)).open("wb") as file:
            for start in range(0, size, 2**20):
                file.write(os.urandom(min(size - start, 2**20)))


def real_files(folder: Path, originals: Sequence[Path]) -> None:
    """Copies of real files, each with an end of its own, for none is taken in twice."""
    for number, path in enumerate(originals):
        data = path.read_bytes() + os.urandom(8)
        (folder / f"{number:04}{path.suffix}").write_bytes(data)


def compare(
    name: str,
    make: Callable[[Path], None],
    rounds: int,
    scratch: Path,
    *,
    against: Work = peer,
    on_disk: bool = False,
) -> float:
    """Print ours beside ``against`` and give the ratio of their speeds."""
    folder = scratch / "in"
    times: dict[Work, list[float]] = {against: [], ours: []}
    mib = 0.0
    for _ in range(rounds):
        folder.mkdir()
        make(folder)
        mib = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
        for work in times:
            times[work].append(timed(work, folder, scratch, on_disk=on_disk))
        shutil.rmtree(folder)
    theirs, mine = min(times[against]), min(times[ours])
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
    print(most_memory())


def most_memory() -> int:
    """In MiB, of this program alone: ``ru_maxrss`` begins with that of who started it."""
    told = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", told)[0]) // 1024


def memory(scratch: Path) -> bool:
    command = [sys.executable, __file__, "--large-alone", str(scratch)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    taken = time.perf_counter() - start
    peak = int(done.stdout)
    print(f"{'one file of 4 GiB':28} peak {peak} MiB of memory (bar {MEMORY_BAR}), {taken:.1f} s")
    return peak <= MEMORY_BAR


def shared_evidence() -> Path:
    here = Path(__file__).parent.parent
    shared = os.environ.get("AMPARO_SHARED_DATA") or here.parent / "shared" / "data"
    return Path(shared) / "evidence"


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
        large: dict[str, Callable[[Path], None]] = {
            f"1 file of {options.mib} MiB": partial(random_files, sizes=[options.mib * MIB]),
            "64 photographs of 4 MiB": partial(random_files, sizes=[4 * MIB] * 64),
            "a mixed delivery of 152 files": partial(random_files, sizes=MIXED),
        }
        small: dict[str, Callable[[Path], None]] = {
            "300 files of 200 KiB": partial(random_files, sizes=SMALL),
            "3,000 files of 200 KiB": partial(random_files, sizes=MANY),
        }
        if real := [path for path in sorted(shared_evidence().rglob("*")) if path.is_file()]:
            small[f"{len(real)} real files"] = partial(real_files, originals=real)
        print(f"as they come, on the disk; bar: {SPEED_BAR}")
        good = [
            compare(name, made, options.rounds, scratch, on_disk=True) >= SPEED_BAR
            for name, made in {**large, **small}.items()
        ]
        print(f"all in memory before; bar for the first three: {SPEED_BAR}")
        good += [
            compare(name, made, options.rounds, scratch) >= SPEED_BAR
            for name, made in large.items()
        ]
        for name, made in small.items():
            compare(name, made, options.rounds, scratch)
            compare(f"{name}, flushed", made, options.rounds, scratch, against=flushing_peer)
        if not options.skip_large:
            good.append(memory(scratch))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
