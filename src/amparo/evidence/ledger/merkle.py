"""The Merkle tree over the ledger, as in RFC 6962 section 2 (and RFC 9162 section 2.1).

The leaf of an entry is its 32-byte entry hash. A checkpoint signs the root over the first N
leaves; an inclusion proof shows with log N hashes that one entry is among them, and a
consistency proof that a later tree still begins with all of an earlier one.

>>> leaves = [leaf(bytes([n])) for n in range(5)]
>>> tree = Tree(leaves)
>>> verify_inclusion(leaves[3], 3, 5, tree.inclusion(3, 5), tree.root(5))
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amparo.base.errors import VerificationError

__all__ = ["EMPTY_ROOT", "Frontier", "Tree", "leaf", "node", "verify_consistency"]
__all__ += ["verify_inclusion"]

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree known only by its complete subtrees, largest first: enough to append and to sign.

    ``peaks`` has one hash for each binary digit 1 of ``size``.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise ValueError(f"{self.size} leaves have {self.size.bit_count()} peaks")

    def append(self, leaf_hash: bytes) -> Frontier:
        """Return the frontier with one leaf more; the work grows with log(size) at most."""
        peaks, hash_ = list(self.peaks), leaf_hash
        size = self.size
        while size & 1:
            hash_ = node(peaks.pop(), hash_)
            size >>= 1
        return Frontier(self.size + 1, (*peaks, hash_))

    def extend(self, leaf_hashes: Iterable[bytes]) -> Frontier:
        """Return the frontier with all of ``leaf_hashes`` appended."""
        frontier = self
        for leaf_hash in leaf_hashes:
            frontier = frontier.append(leaf_hash)
        return frontier

    def root(self) -> bytes:
        """Return the root (32 bytes)."""
        if not self.peaks:
            return EMPTY_ROOT
        *rest, root = self.peaks
        for peak in reversed(rest):
            root = node(peak, root)
        return root


class Tree:
    """Every complete subtree of a list of leaf hashes, so that each proof costs log N."""

    def __init__(self, leaf_hashes: Iterable[bytes]) -> None:
        level = list(leaf_hashes)
        self.size = len(level)
        self._levels = [level]
        while len(level) > 1:
            level = [node(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
            self._levels.append(level)

    def root(self, size: int) -> bytes:
        """Return the root over the first ``size`` leaves."""
        self._check_size(size)
        return self._hash(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the proof that leaf ``index`` (from 0) is in the tree of ``size`` leaves."""
        self._check_size(size)
        if not 0 <= index < size:
            raise ValueError(f"a tree of {size} leaves has no leaf {index}")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the tree of ``new`` leaves begins with that of ``old``."""
        self._check_size(new)
        if not 0 < old <= new:
            raise ValueError(f"{old} is not a size between 1 and {new}")
        path: list[bytes] = []
        start, end, whole = 0, new, True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start, whole = middle, False
        if not whole:
            path.append(self._hash(start, end))
        return path[::-1]

    def _hash(self, start: int, end: int) -> bytes:
        size = end - start
        if size & (size - 1) == 0:
            height = size.bit_length() - 1
            return self._levels[height][start >> height]
        middle = start + _split(size)
        return node(self._hash(start, middle), self._hash(middle, end))

    def _check_size(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise ValueError(f"this tree has {self.size} leaves, not {size}")


def verify_inclusion(
    leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Raise unless ``path`` proves leaf ``index`` in the tree of ``size`` leaves and ``root``."""
    what = f"inclusion proof of leaf {index} in {size}"
    if not 0 <= index < size:
        raise VerificationError(what, got=f"leaf {index}", expected=f"a leaf below {size}")
    inner = (index ^ (size - 1)).bit_length()
    expected = inner + (index >> inner).bit_count()
    if len(path) != expected:
        raise VerificationError(what, got=f"{len(path)} hashes", expected=f"{expected} hashes")
    hash_ = leaf_hash
    for height, sibling in enumerate(path):
        is_right = height >= inner or index >> height & 1
        hash_ = node(sibling, hash_) if is_right else node(hash_, sibling)
    if hash_ != root:
        raise VerificationError(what, got=f"root {hash_.hex()}", expected=f"root {root.hex()}")


def verify_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Raise unless ``path`` proves that the ``new`` tree begins with the ``old`` (RFC 9162)."""
    what = f"consistency proof from {old} to {new}"
    if not 0 < old <= new:
        raise VerificationError(what, got=f"sizes {old} and {new}", expected="an older one first")
    if old == new:
        if path or old_root != new_root:
            got = f"{len(path)} hashes" if path else f"root {new_root.hex()}"
            expected = f"no hashes and root {old_root.hex()}"
            raise VerificationError(what, got=got, expected=expected)
        return
    nodes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not nodes:
        raise VerificationError(what, got="no hashes", expected="at least one")
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_hash = new_hash = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            raise VerificationError(what, got="more hashes", expected="as many as the sizes need")
        if first & 1 or first == last:
            old_hash, new_hash = node(sibling, old_hash), node(sibling, new_hash)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            new_hash = node(new_hash, sibling)
        first, last = first >> 1, last >> 1
    if last:
        raise VerificationError(what, got="fewer hashes", expected="as many as the sizes need")
    for hash_, root, age in ((old_hash, old_root, "earlier"), (new_hash, new_root, "later")):
        if hash_ != root:
            raise VerificationError(f"{what}: the {age} root", got=hash_.hex(), expected=root.hex())


def _split(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
