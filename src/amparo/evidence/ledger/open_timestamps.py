"""OpenTimestamps: a checkpoint's digest goes to a calendar, which puts it into the Bitcoin chain.

An extra, next to the RFC 3161 stamps: the package ``opentimestamps`` (LGPL) reads and writes the
proofs, as ``.ots`` files that its own tools verify. A proof begins as a promise of the calendar
and is completed some hours later; then it names the block whose header has to show its root.
Whether that block is in the chain is for a Bitcoin node to say, not for us.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amparo.base.errors import ProgramMissing, VerificationError

if TYPE_CHECKING:
    from opentimestamps.core.timestamp import DetachedTimestampFile

__all__ = ["Read", "complete", "digest_of", "is_there", "read", "take"]

MOST_BYTES = 16_384
"""A calendar's answer is some hundred bytes; more is not one."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a proof holds: ``waits`` are pairs of a calendar's address and what to ask it for, in
    hexadecimal; ``blocks`` are heights with the root that each block's header must show."""

    digest: str
    waits: Sequence[tuple[str, str]]
    blocks: Sequence[tuple[int, str]]


def is_there() -> bool:
    """Whether the extra is installed."""
    try:
        import opentimestamps  # noqa: F401
    except ImportError:
        return False
    return True


def digest_of(note: str) -> bytes:
    """The 32 bytes that are sent: the SHA-256 of a checkpoint's note."""
    return hashlib.sha256(note.encode()).digest()


def take(note: str, answer: bytes) -> bytes:
    """The proof (an ``.ots`` file) that a calendar's first answer gives for ``note``."""
    core = _library()
    try:
        stamp = core.timestamp.Timestamp.deserialize(_stream(core, answer), digest_of(note))
    except core.errors as error:
        raise _broken(error) from error
    return _write(core, core.timestamp.DetachedTimestampFile(core.op.OpSHA256(), stamp))


def complete(proof: bytes, answers: Sequence[tuple[str, bytes]]) -> bytes:
    """The proof with what calendars answered since: pairs of a commitment in hex and the bytes."""
    core = _library()
    file = _parse(core, proof)
    wanted = dict(answers)
    for stamp in list(_all(file.timestamp)):
        answer = wanted.get(stamp.msg.hex())
        if answer is not None:
            try:
                stamp.merge(core.timestamp.Timestamp.deserialize(_stream(core, answer), stamp.msg))
            except core.errors as error:
                raise _broken(error) from error
    return _write(core, file)


def read(proof: bytes, note: str) -> Read:
    """What a proof says, once it is one of ``note``. VerificationError."""
    core = _library()
    file = _parse(core, proof)
    expected = digest_of(note).hex()
    if file.file_digest.hex() != expected:
        raise VerificationError(
            "OpenTimestamps proof: its digest", got=file.file_digest.hex(), expected=expected
        )
    waits, blocks = [], []
    for message, attestation in file.timestamp.all_attestations():
        if isinstance(attestation, core.notary.PendingAttestation):
            waits.append((attestation.uri, message.hex()))
        elif isinstance(attestation, core.notary.BitcoinBlockHeaderAttestation):
            blocks.append((attestation.height, message[::-1].hex()))
    return Read(expected, sorted(waits), sorted(blocks))


class _Library:
    """The parts of the package that are used."""

    def __init__(self) -> None:
        from opentimestamps.core import notary, op, serialize, timestamp

        self.notary, self.op, self.serialize, self.timestamp = notary, op, serialize, timestamp
        self.errors = (serialize.DeserializationError, ValueError, EOFError)


def _library() -> Any:
    try:
        return _Library()
    except ImportError as error:
        raise ProgramMissing(
            "OpenTimestamps is an extra that is not installed.",
            next_step="Install it with: pip install 'amparo[opentimestamps]'",
        ) from error


def _all(stamp: Any) -> Iterator[Any]:
    yield stamp
    for below in stamp.ops.values():
        yield from _all(below)


def _stream(core: Any, data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise VerificationError(
            "OpenTimestamps answer", got=f"{len(data)} bytes", expected=f"at most {MOST_BYTES}"
        )
    return core.serialize.BytesDeserializationContext(data)


def _parse(core: Any, proof: bytes) -> DetachedTimestampFile:
    try:
        return core.timestamp.DetachedTimestampFile.deserialize(
            core.serialize.BytesDeserializationContext(proof)
        )
    except core.errors as error:
        raise _broken(error) from error


def _write(core: Any, file: Any) -> bytes:
    out = core.serialize.BytesSerializationContext()
    file.serialize(out)
    data: bytes = out.getbytes()
    return data


def _broken(error: Exception) -> VerificationError:
    return VerificationError(
        "OpenTimestamps proof", got=f"other bytes ({error})", expected="a proof of this digest"
    )
