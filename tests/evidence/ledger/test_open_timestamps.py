"""OpenTimestamps: a calendar's promise, its completion, and what is not a proof."""

from __future__ import annotations

import pytest

from amparo.base.errors import VerificationError
from amparo.evidence.ledger import open_timestamps as ots

core = pytest.importorskip("opentimestamps.core.timestamp")
notary = pytest.importorskip("opentimestamps.core.notary")
op = pytest.importorskip("opentimestamps.core.op")
serialize = pytest.importorskip("opentimestamps.core.serialize")

NOTE = "amparo.local/test\n12\nroot\n"
CALENDAR = "http://127.0.0.1:9/"


def written(stamp: object) -> bytes:
    out = serialize.BytesSerializationContext()
    stamp.serialize(out)  # type: ignore[attr-defined]
    data: bytes = out.getbytes()
    return data


def promise(note: str = NOTE) -> bytes:
    """What a calendar answers to a digest."""
    stamp = core.Timestamp(ots.digest_of(note))
    below = stamp.ops.add(op.OpAppend(b"salt")).ops.add(op.OpSHA256())
    below.attestations.add(notary.PendingAttestation(CALENDAR))
    return written(stamp)


def completion(commitment: str, height: int = 870_000) -> bytes:
    """What it answers some hours later."""
    stamp = core.Timestamp(bytes.fromhex(commitment))
    below = stamp.ops.add(op.OpPrepend(b"branch")).ops.add(op.OpSHA256())
    below.attestations.add(notary.BitcoinBlockHeaderAttestation(height))
    return written(stamp)


def test_a_promise_is_kept_as_a_file_that_its_own_tools_read() -> None:
    proof = ots.take(NOTE, promise())
    said = ots.read(proof, NOTE)
    assert said.digest == ots.digest_of(NOTE).hex()
    assert [address for address, _ in said.waits] == [CALENDAR]
    assert said.blocks == []
    assert proof.startswith(core.DetachedTimestampFile.HEADER_MAGIC)


def test_a_completed_proof_names_its_block() -> None:
    proof = ots.take(NOTE, promise())
    ((_, commitment),) = ots.read(proof, NOTE).waits
    whole = ots.complete(proof, [(commitment, completion(commitment))])
    ((height, root),) = ots.read(whole, NOTE).blocks
    assert height == 870_000
    assert len(root) == 64


def test_a_completion_of_something_else_changes_nothing() -> None:
    proof = ots.take(NOTE, promise())
    assert ots.read(ots.complete(proof, [("00" * 32, completion("00" * 32))]), NOTE).blocks == []


@pytest.mark.parametrize("answer", [b"", b"\x00", b"<html>", promise() + b"x" * 20_000])
def test_what_is_no_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(VerificationError, match="OpenTimestamps"):
        ots.take(NOTE, answer)


def test_a_proof_of_another_note_is_named() -> None:
    with pytest.raises(VerificationError, match="its digest"):
        ots.read(ots.take("other", promise("other")), NOTE)
