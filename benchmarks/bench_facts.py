"""What pictures and recordings say of themselves, and hashes, beside the tools used directly.

    python benchmarks/bench_facts.py [--times 10] [FOLDER]

* **Facts of pictures** (EXIF, size, kind): ours through one worker of the sandbox, beside
  ``exiftool`` started once for all files, and once for each, as auto-archiver's metadata enricher
  does. Files are named and read as they lie; ours are the readers that a received file meets.
* **Facts of recordings** (tracks, times, key frames, waveform): ours through the sandbox, beside
  ``ffprobe`` started for each file where it is there, else PyAV, the same FFmpeg, in this process:
  it only lists streams and tags.
* **Hashes**: ours takes 64 photographs of 4 MiB in (two digests, sealed, flushed, in the ledger),
  beside auto-archiver's hash enricher (SHA-256 in pieces of 16,000,000 bytes, nothing kept).

Best of three rounds that alternate; no bar is asked. For reading whole deliveries Datashare and
Aleph publish no figures of files a second that we found.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bench_add
from amparo.evidence.intake.detect import HEAD, type_by_head
from amparo.extract.sandbox import Sandbox

PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".webp", ".gif", ".jp2"}
RECORDINGS = {".mp4", ".mov", ".m4a", ".mp3", ".wav"}
PIECE = 16_000_000
ROUNDS = 3


def ours(sandbox: Sandbox, files: Sequence[Path]) -> None:
    for path in files:
        with path.open("rb") as file:
            kind = type_by_head(file.read(HEAD), path.name)
            file.seek(0)
            found = sandbox.read(file, name=path.name, media_type=kind)
        assert found.status != "failed", f"{path.name}: {found.reason}"


def exiftool_once(files: Sequence[Path]) -> None:
    subprocess.run(["exiftool", "-json", *map(str, files)], capture_output=True, check=False)


def exiftool_each(files: Sequence[Path]) -> None:
    for path in files:
        subprocess.run(["exiftool", str(path)], capture_output=True, check=False)


def ffprobe_each(files: Sequence[Path]) -> None:
    words = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json"]
    for path in files:
        subprocess.run([*words, str(path)], capture_output=True, check=True)


def pyav(files: Sequence[Path]) -> None:
    import av

    for path in files:
        with av.open(str(path)) as opened:
            _ = [(stream.type, stream.duration) for stream in opened.streams], opened.metadata


def hash_enricher(folder: Path, _out: Path) -> None:
    for path in sorted(folder.iterdir()):
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)


def side_by_side(what: str, files: int, runs: dict[str, Callable[[], None]]) -> None:
    """Run them in turn and print the best of each; the first is ours."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begun = time.perf_counter()
            run()
            best[name] = min(best.get(name, 1e9), time.perf_counter() - begun)
    mine = next(iter(best.values()))
    print(f"\n{what}, {files} files")
    for name, seconds in best.items():
        each = 1e3 * seconds / files
        print(f"  {name:34}{each:9.1f} ms a file   ours is {seconds / mine:6.2f} x as fast")


def facts(sandbox: Sandbox, folder: Path, times: int) -> None:
    found = sorted(each for each in folder.rglob("*") if each.is_file())
    pictures = [each for each in found if each.suffix.lower() in PICTURES] * times
    recordings = [each for each in found if each.suffix.lower() in RECORDINGS] * times
    if pictures:
        runs = {"amparo, in the sandbox": lambda: ours(sandbox, pictures)}
        if shutil.which("exiftool"):
            runs["exiftool, once for all"] = lambda: exiftool_once(pictures)
            runs["exiftool, once for each"] = lambda: exiftool_each(pictures)
        side_by_side("Facts of pictures", len(pictures), runs)
    if recordings:
        runs = {"amparo, in the sandbox": lambda: ours(sandbox, recordings)}
        if shutil.which("ffprobe"):
            runs["ffprobe, once for each"] = lambda: ffprobe_each(recordings)
        runs["PyAV, in this process"] = lambda: pyav(recordings)
        side_by_side("Facts of recordings", len(recordings), runs)


def hashes() -> None:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        bench_add.open_workspace(scratch)
        print("\nHashes, 64 photographs of 4 MiB; the peer is auto-archiver's hash enricher")
        make = partial(bench_add.random_files, sizes=[4 * bench_add.MIB] * 64)
        bench_add.compare("  taken in, beside hashed", make, ROUNDS, scratch, against=hash_enricher)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    shared = os.environ.get("AMPARO_SHARED_DATA")
    default = Path(shared or Path(__file__).parent.parent.parent / "shared" / "data") / "evidence"
    with Sandbox(1) as sandbox:
        facts(sandbox, options.folder or default, options.times)
    hashes()
    return 0


if __name__ == "__main__":
    sys.exit(main())
