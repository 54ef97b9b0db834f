"""Verifying objects, beside decryption and SHA-256 alone.

    python benchmarks/bench_verify.py [--rounds 5] [--mib 512]

Peer: the same sealed bytes read, decrypted chunk by chunk with ChaCha20-Poly1305 and hashed with
SHA-256, in one thread and with nothing else. Ours: ``check_object``, which also computes BLAKE3.
Then a whole workspace of small files, as ``amparo verify`` does it: the database's own codes, the
ledger, the rows that it states and every object, which other interpreters read. Its peer is the
same, which reads the objects only. Rounds alternate; the best wall time of each counts. Bar: within
1.3 times the peer's time.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

import bench_add
from amparo.base.digests import Digests
from amparo.base.keys import Keyring
from amparo.evidence.intake.ingest import Sealed, sealing
from amparo.evidence.store.age import read_header
from amparo.evidence.store.fixity import check_object
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe

BAR = 1.3
CHUNK = 64 * 1024 + 16


def peer(safe: Safe, sealed: Sealed) -> None:
    digest = hashlib.sha256()
    with safe.store.open(sealed.object_name) as file:
        header = read_header(file, safe.identity)
        cipher = ChaCha20Poly1305(header.payload_key)
        left = file.seek(0, os.SEEK_END) - file.seek(header.size)
        counter = 0
        while left > 0:
            chunk = file.read(CHUNK)
            left -= len(chunk)
            nonce = counter.to_bytes(11, "big") + (b"\0" if left else b"\1")
            digest.update(cipher.decrypt(nonce, chunk, None))
            counter += 1
    if digest.hexdigest() != sealed.sha256:
        raise SystemExit("the peer read other bytes")


def ours(safe: Safe, sealed: Sealed) -> None:
    expected = Digests(sealed.sha256, sealed.blake3, sealed.size)
    check_object(safe, sealed.object_name, expected)


def seal_random(safe: Safe, size: int) -> Sealed:
    with sealing(safe) as under_way:
        for start in range(0, size, 2**20):
            under_way.write(os.urandom(min(2**20, size - start)))
        return under_way.keep()


def compare(name: str, count: int, size: int, rounds: int, safe: Safe) -> bool:
    objects = [seal_random(safe, size) for _ in range(count)]
    times: dict[str, list[float]] = {"peer": [], "ours": []}
    for _ in range(rounds):
        for work, label in ((peer, "peer"), (ours, "ours")):
            start = time.perf_counter()
            for sealed in objects:
                work(safe, sealed)
            times[label].append(time.perf_counter() - start)
    theirs, mine = min(times["peer"]), min(times["ours"])
    mib = count * size / 2**20
    print(
        f"{name:28} ours {mib / mine:7.0f} MiB/s   peer {mib / theirs:7.0f} MiB/s   "
        f"time {mine / theirs:5.2f} (bar {BAR})"
    )
    return mine / theirs <= BAR


def compare_workspace(count: int, size: int, rounds: int, scratch: Path) -> bool:
    """Verify a workspace of ``count`` files, and its objects with the peer."""
    bench_add.open_workspace(scratch)
    (scratch / "in").mkdir()
    bench_add.random_files(scratch / "in", [size] * count)
    bench_add.ours(scratch / "in", scratch / "in")
    from amparo.accounts.web.models import User
    from amparo.evidence.web.actions.verification import verify_workspace
    from amparo.evidence.web.models import StoredObject
    from amparo.evidence.web.safes import open_safe

    who, safe = User.objects.get(), open_safe()
    sealed = [
        Sealed(row.sha256, row.blake3, row.size, row.object_name, row.media_type, created=False)
        for row in StoredObject.objects.all()
    ]
    theirs, mine = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        for each in sealed:
            peer(safe, each)
        theirs.append(time.perf_counter() - start)
        start = time.perf_counter()
        if not verify_workspace(acting_user=who).holds:
            raise SystemExit("the workspace does not hold")
        mine.append(time.perf_counter() - start)
    mib = count * size / 2**20
    print(
        f"{f'workspace of {count:,} files':28} ours {mib / min(mine):7.0f} MiB/s   "
        f"peer {mib / min(theirs):7.0f} MiB/s   time {min(mine) / min(theirs):5.2f} (bar {BAR})"
    )
    return min(mine) / min(theirs) <= BAR


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mib", type=int, default=512)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        safe = Safe.of(LocalStore(Path(folder)), Keyring.from_data_key(bytes(32)))
        large = options.mib * 2**20
        good = [
            compare(f"1 object of {options.mib} MiB", 1, large, options.rounds, safe),
            compare("64 objects of 4 MiB", 64, 4 * 2**20, options.rounds, safe),
            compare("300 objects of 200 KiB", 300, 200 * 2**10, options.rounds, safe),
        ]
    with tempfile.TemporaryDirectory() as folder:
        good.append(compare_workspace(2000, 200 * 2**10, options.rounds, Path(folder)))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
