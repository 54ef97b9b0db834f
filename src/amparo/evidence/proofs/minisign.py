"""Signatures by minisign: Ed25519 over the file or over its BLAKE2b-512 digest.

The form is four lines: a comment, the signature (two bytes of algorithm, eight of key id, 64 of
signature), a trusted comment, and a signature over signature and trusted comment.
Source: the format's own description by its author, F. Denis (minisign 0.11).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from amparo.evidence.proofs.findings import Check, Finding
from amparo.evidence.proofs.keys import Known

__all__ = ["check_signature", "is_key"]

_TRUSTED = "trusted comment: "
_WHAT = "file"
_LARGEST_UNHASHED = 512 * 2**20


@dataclass(frozen=True, slots=True)
class _Signature:
    hashed: bool
    key_id: bytes
    signature: bytes
    comment: str
    over_all: bytes


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    key_id: bytes
    public: bytes


def is_key(data: bytes) -> bool:
    """Whether the bytes are a minisign public key."""
    return bool(list(_keys([Known("", data[:4096].decode("utf-8", "replace"))])))


def check_signature(
    blocks: Iterable[bytes],
    size: int,
    signature: bytes,
    *,
    name: str,
    beside: Sequence[bytes],
    trusted: Sequence[Known],
) -> Finding:
    """Check the signature file called ``name`` over a file given block by block."""
    made = _parse(signature)
    if made is None:
        checks: tuple[Check, ...] = (
            Check("file", "unknown", f"“{name}” is damaged, or is no minisign signature."),
        )
        return Finding("minisign", checks, beside=name)
    came = [Known("", each.decode("utf-8", "replace")) for each in beside]
    ours = {key.key_id: key for key in _keys(trusted)}
    key = ours.get(made.key_id) or {key.key_id: key for key in _keys(came)}.get(made.key_id)
    checks = tuple(_checks(blocks, size, made, key, made.key_id in ours))
    facts = (("comment", made.comment),) if made.comment else ()
    return Finding("minisign", checks, beside=name, facts=facts, tool="Ed25519 (cryptography)")


def _checks(
    blocks: Iterable[bytes], size: int, made: _Signature, key: _Key | None, is_ours: bool
) -> Iterator[Check]:
    if key is None:
        shown = made.key_id[::-1].hex().upper()
        yield Check("signer", "unknown", f"The key {shown} that signed it is not known.")
        yield Check("file", "unknown", f"Without that key the {_WHAT} cannot be checked.")
        return
    if not made.hashed and size > _LARGEST_UNHASHED:
        yield Check("file", "unknown", "The file is too large for its signature to be checked.")
        return
    public = Ed25519PublicKey.from_public_bytes(key.public)
    comment_holds = _verifies(public, made.over_all, made.signature + made.comment.encode())
    if not _verifies(public, made.signature, _signed(blocks, made.hashed)) or not comment_holds:
        yield Check(
            "file", "fails",
            "The signature does not fit the file: it was changed after it was signed, or the "
            "signature is another file's.",
        )  # fmt: skip
        return
    yield Check("file", "holds", "The file is as it was when it was signed.")
    if is_ours:
        said = f"It was signed with the key trusted here as “{key.name}”."
        yield Check("signer", "holds", said)
    else:
        yield Check("signer", "unknown", "The key that signed it came with it; whose it is, is "
                    "not known.")  # fmt: skip


def _signed(blocks: Iterable[bytes], hashed: bool) -> bytes:
    if not hashed:
        return b"".join(blocks)
    digest = hashlib.blake2b()
    for block in blocks:
        digest.update(block)
    return digest.digest()


def _verifies(public: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        public.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _parse(data: bytes) -> _Signature | None:
    lines = data[:8192].decode("utf-8", "replace").splitlines()
    if len(lines) < 4 or not lines[2].startswith(_TRUSTED):
        return None
    raw, over_all = _decoded(lines[1]), _decoded(lines[3])
    if len(raw) != 74 or len(over_all) != 64 or raw[:2] not in (b"Ed", b"ED"):
        return None
    comment = lines[2].removeprefix(_TRUSTED)
    return _Signature(raw[:2] == b"ED", raw[2:10], raw[10:], comment, over_all)


def _keys(known: Iterable[Known]) -> Iterator[_Key]:
    for each in known:
        lines = [line.strip() for line in each.text.splitlines() if line.strip()]
        raw = _decoded(lines[-1]) if lines else b""
        if len(raw) == 42 and raw[:2] == b"Ed":
            yield _Key(each.name, raw[2:10], raw[10:])


def _decoded(line: str) -> bytes:
    try:
        return base64.b64decode(line.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""
