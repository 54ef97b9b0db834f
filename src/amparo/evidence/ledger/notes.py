"""Signed notes and checkpoints in the forms of C2SP (signed-note, tlog-checkpoint).

A note is text, an empty line and one line for each signature. A checkpoint is a note whose text
says which log, how many entries and the root of their Merkle tree::

    amparo.local/3f0c8a…
    1280
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — amparo.local/3f0c8a… mK3x…
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from amparo.base.errors import VerificationError

__all__ = ["Checkpoint", "Note", "NoteKey", "Signature", "Signer"]
__all__ += ["open_checkpoint", "parse_checkpoint", "parse_key", "parse_note", "sign", "verify"]

_ED25519 = b"\x01"
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key and the name that it signs under."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() for c in self.name):
            raise ValueError(f"a key's name has no space and no plus: {self.name!r}")
        if len(self.public) != 32:
            raise ValueError("an Ed25519 public key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        """The four bytes that tell signatures apart; no proof of anything."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the 32 bytes of the public key, in hex: what people compare."""
        return hashlib.sha256(self.public).hexdigest()

    @property
    def text(self) -> str:
        """The key in one line: ``name+id+key`` (a "vkey")."""
        return f"{self.name}+{self.key_id.hex()}+{_b64(_ED25519 + self.public)}"


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half: a name and the 32-byte seed of an Ed25519 key."""

    name: str
    seed: bytes

    @property
    def key(self) -> NoteKey:
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return NoteKey(self.name, private.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note's text, which ends with a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: its name, its number of entries and the root of their tree."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        lines = (self.origin, str(self.size), _b64(self.root), *self.extensions)
        return "\n".join(lines) + "\n"


def sign(text: str, signer: Signer) -> str:
    """Return the note of ``text``, signed. The text ends with a newline."""
    if not text.endswith("\n") or not _is_plain(text):
        raise ValueError("a note's text is lines of printable text, the last one ended")
    private = Ed25519PrivateKey.from_private_bytes(signer.seed)
    key = signer.key
    return f"{text}\n{_DASH}{key.name} {_b64(key.key_id + private.sign(text.encode()))}\n"


def parse_note(note: str, *, what: str = "signed note") -> Note:
    """Return the parts of ``note``; nothing is verified yet."""
    text, gap, block = note.rpartition("\n\n")
    if not gap or not block.endswith("\n") or not _is_plain(note):
        raise VerificationError(what, got="other text", expected="text, an empty line, signatures")
    signatures = tuple(_parse_signature(line, what) for line in block[:-1].split("\n"))
    return Note(text + "\n", signatures)


def verify(note: str, key: NoteKey, *, what: str = "signed note") -> Note:
    """Return the parts of ``note`` once the signature of ``key`` on it holds."""
    parsed = parse_note(note, what=what)
    ours = [s for s in parsed.signatures if (s.name, s.key_id) == (key.name, key.key_id)]
    if not ours:
        got = ", ".join(f"{s.name}+{s.key_id.hex()}" for s in parsed.signatures)
        raise VerificationError(
            f"{what}: its signer", got=got, expected=f"{key.name}+{key.key_id.hex()}"
        )
    public = Ed25519PublicKey.from_public_bytes(key.public)
    for signature in ours:
        try:
            public.verify(signature.value, parsed.text.encode())
        except InvalidSignature as error:
            raise VerificationError(
                f"{what}: its signature",
                got="one that does not hold",
                expected=f"the signature of {key.name} on this text",
            ) from error
    return parsed


def parse_key(line: str, *, what: str = "public key") -> NoteKey:
    """Return the key that ``line`` (``name+id+key``) states, once its id agrees with it."""
    expected = "name+id+key, an Ed25519 key in one line"
    parts = line.strip().split("+", 2)
    if len(parts) != 3:
        raise VerificationError(what, got=repr(line.strip()[:80]), expected=expected)
    name, key_id, data = parts[0], parts[1], _unb64(parts[2], what, expected)
    if data[:1] != _ED25519 or len(data) != 33:
        raise VerificationError(what, got=f"{len(data)} bytes", expected=expected)
    try:
        key = NoteKey(name, data[1:])
    except ValueError as error:
        raise VerificationError(what, got=str(error), expected=expected) from error
    if key.key_id.hex() != key_id:
        raise VerificationError(f"{what}: its id", got=key_id, expected=key.key_id.hex())
    return key


def parse_checkpoint(text: str, *, what: str = "checkpoint") -> Checkpoint:
    """Return the checkpoint that the text of a note states."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not text.endswith("\n") or not all(lines):
        raise VerificationError(what, got=f"{len(lines)} lines", expected="origin, size and root")
    origin, size, root, *extensions = lines
    if not (size.isascii() and size.isdigit()) or (size[0] == "0" and size != "0"):
        raise VerificationError(f"{what}: its size", got=repr(size), expected="a decimal number")
    hash_ = _unb64(root, f"{what}: its root", "32 bytes in base64")
    if len(hash_) != 32:
        raise VerificationError(f"{what}: its root", got=f"{len(hash_)} bytes", expected="32")
    return Checkpoint(origin, int(size), hash_, tuple(extensions))


def open_checkpoint(note: str, key: NoteKey, *, what: str = "checkpoint") -> Checkpoint:
    """Return the checkpoint inside ``note`` once its signature holds and it names this log."""
    checkpoint = parse_checkpoint(verify(note, key, what=what).text, what=what)
    if checkpoint.origin != key.name:
        raise VerificationError(f"{what}: its origin", got=checkpoint.origin, expected=key.name)
    return checkpoint


def _parse_signature(line: str, what: str) -> Signature:
    expected = "a line with a dash, a name and base64"
    if not line.startswith(_DASH):
        raise VerificationError(f"{what}: a signature", got=repr(line[:80]), expected=expected)
    name, space, value = line.removeprefix(_DASH).partition(" ")
    if not name or not space or "+" in name:
        raise VerificationError(f"{what}: a signature", got=repr(line[:80]), expected=expected)
    data = _unb64(value, f"{what}: a signature", expected)
    if len(data) < 5:
        raise VerificationError(f"{what}: a signature", got=f"{len(data)} bytes", expected="68")
    return Signature(name, data[:4], data[4:])


def _is_plain(text: str) -> bool:
    return all(c >= " " or c == "\n" for c in text)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unb64(text: str, what: str, expected: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise VerificationError(what, got=repr(text[:80]), expected=expected) from error
    if _b64(data) != text:
        raise VerificationError(what, got=repr(text[:80]), expected=f"{expected}, spelled exactly")
    return data
