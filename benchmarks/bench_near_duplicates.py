"""Near-duplicates among 200,000 pictures: how long, how many are missed, beside imagehash.

Claims: all pairs of 200,000 marks that differ in at most 9 of 64 bits are found in under 60
seconds, none of them missed (held to every pair of a part); marking one decoded picture takes no
longer than ``imagehash.phash``, whose bits it gives. imagehash has no index: used directly, each
mark is subtracted from each other one, which is measured on a part and reckoned up.

The marks are those of 200,000 drawn scenes (noise that falls off with its frequency, as in
photographs); every twentieth is another one's copy, changed a little.
"""

from __future__ import annotations

import sys
import time

import imagehash
import numpy as np
from PIL import Image

from amparo.extract.near import pictures
from amparo.extract.near.bands import close_pairs

COUNT = 200_000
MOST_SECONDS = 60.0
PART = 20_000
PEER = 1_500
_BLOCK = 5_000


def scenes(count: int, seed: int) -> np.ndarray:
    """``count`` grey pictures of 32 by 32, the power of each frequency as in photographs."""
    random = np.random.default_rng(seed)
    across = np.fft.fftfreq(32)[:, None] ** 2 + np.fft.rfftfreq(32)[None, :] ** 2
    weight = 1 / np.maximum(across, 1 / 1024) ** 0.5
    noise = random.standard_normal((count, 32, 32), dtype=np.float32)
    drawn = np.fft.irfft2(np.fft.rfft2(noise) * weight)
    return drawn * (40 / drawn.std(axis=(1, 2), keepdims=True)) + 128


def marks_of(drawn: np.ndarray) -> np.ndarray:
    """The marks of many small pictures at once, as ``pictures.mark`` gives them."""
    low = (pictures._LOW @ drawn @ pictures._LOW.T).reshape(len(drawn), 64)
    bits = np.packbits(low > np.median(low, axis=1, keepdims=True), axis=1)
    return np.ascontiguousarray(bits).view(">u8").ravel().astype(np.uint64)


def crowd() -> tuple[np.ndarray, int]:
    """The marks, and how many of the pictures are changed copies."""
    found, copies = [], 0
    for start in range(0, COUNT, _BLOCK):
        drawn = scenes(_BLOCK, start)
        changed = drawn[::20] * 1.1 + np.random.default_rng(start).normal(
            0, 4, (len(drawn[::20]), 32, 32)
        )
        drawn[1::20] = changed
        copies += len(changed)
        found.append(marks_of(drawn))
    return np.concatenate(found), copies


def missed(marks: np.ndarray) -> int:
    """How many close pairs of a part the index does not give: every pair is looked at."""
    part = np.unique(marks[:PART])
    ours = len(close_pairs(part, pictures.MOST_APART)[0])
    true = 0
    for start in range(0, len(part), 500):
        apart = np.bitwise_count(part[start : start + 500, None] ^ part[None, :])
        later = np.arange(len(part))[None, :] > np.arange(start, start + len(apart))[:, None]
        true += int(((apart <= pictures.MOST_APART) & later).sum())
    return true - ours


def by_imagehash(marks: np.ndarray) -> float:
    """Seconds that all pairs would take by subtracting one mark from another."""
    bits = np.unpackbits(marks[:PEER].astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    hashes = [imagehash.ImageHash(each.reshape(8, 8).astype(bool)) for each in bits]
    start = time.perf_counter()
    near = sum(
        one - other <= pictures.MOST_APART
        for place, one in enumerate(hashes)
        for other in hashes[:place]
    )
    taken = time.perf_counter() - start
    print(f"  imagehash, {PEER:,} pictures: {taken:.1f} s, {near} close pairs")
    return taken * COUNT**2 / PEER**2


def marking() -> tuple[float, float]:
    """Milliseconds to mark one decoded photograph of 800 by 600: ours, imagehash's."""
    tall = np.kron(scenes(40, 7), np.ones((1, 19, 25))).clip(0, 255).astype(np.uint8)
    photographs = [Image.fromarray(each).convert("RGB") for each in tall]
    taken = []
    for mark in (pictures.mark, imagehash.phash):
        start = time.process_time()
        for each in photographs:
            mark(each)
        taken.append((time.process_time() - start) / len(photographs) * 1000)
    same = all(pictures.mark(each).hex() == str(imagehash.phash(each)) for each in photographs)
    print(f"  the same bits as imagehash.phash: {'yes' if same else 'NO'}")
    return taken[0], taken[1]


def main() -> int:
    marks, copies = crowd()
    own, theirs = marking()
    print(f"  marking a picture: {own:.2f} ms, imagehash {theirs:.2f} ms ({theirs / own:.1f} x)")
    start = time.perf_counter()
    once = np.unique(marks)
    one, _other, apart = close_pairs(once, pictures.MOST_APART)
    taken = time.perf_counter() - start
    lost = missed(marks)
    equal = COUNT - len(once)
    print(
        f"  {COUNT:,} pictures, {copies:,} of them changed copies: {taken:.1f} s;"
        f" {equal:,} equal marks, {len(one):,} close pairs (at most {pictures.MOST_APART} bits)"
    )
    print(f"  bits apart: {np.bincount(apart, minlength=pictures.MOST_APART + 1).tolist()}")
    print(f"  missed among every pair of {PART:,}: {lost}")
    peer = by_imagehash(marks)
    print(f"  imagehash used directly would take {peer / 3600:.1f} hours ({peer / taken:,.0f} x)")
    ok = taken < MOST_SECONDS and lost == 0
    print(f"{'ok' if ok else 'FAILED'}: {taken:.1f} s, {MOST_SECONDS:.0f} s allowed")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
