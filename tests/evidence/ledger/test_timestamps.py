from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amparo.base.errors import AmparoError, VerificationError
from amparo.evidence.ledger import timestamps
from tests.authority import LocalAuthority, local_authority, post

NOTE = "amparo.local/test\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— a bc==\n"
DIGEST = hashlib.sha256(NOTE.encode()).digest()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAuthority]:
    with local_authority(tmp_path_factory.mktemp("authority")) as running:
        yield running


@pytest.fixture(scope="module")
def stamped(authority: LocalAuthority) -> tuple[bytes, bytes]:
    return timestamps.fetch(NOTE, authority.address, post)


def test_only_the_digest_leaves(authority: LocalAuthority, stamped: tuple[bytes, bytes]) -> None:
    assert stamped[0] in authority.requests
    for sent in authority.requests:
        assert DIGEST in sent or hashlib.sha256(b"other").digest() in sent
        assert len(sent) < 80


def test_a_stamp_verifies_against_its_root(
    authority: LocalAuthority, stamped: tuple[bytes, bytes]
) -> None:
    request, response = stamped
    stamp = timestamps.verify(response, note=NOTE, roots=[authority.root], request=request)
    assert stamp.imprint == DIGEST.hex()
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(hours=1)
    assert stamp.authority == "Throwaway Time Stamps"
    assert stamp.checked_by == "rfc3161-client"


def test_a_stamp_with_several_certificates_verifies_too(tmp_path: Path) -> None:
    with local_authority(tmp_path, several_certificates=True) as authority:
        request, response = timestamps.fetch(NOTE, authority.address, post)
    stamp = timestamps.verify(response, note=NOTE, roots=[authority.root], request=request)
    assert stamp.checked_by == "openssl"


def test_another_root_vouches_for_nothing(stamped: tuple[bytes, bytes], tmp_path: Path) -> None:
    with local_authority(tmp_path) as other:
        pass
    with pytest.raises(VerificationError, match="no trusted root vouches for"):
        timestamps.verify(stamped[1], note=NOTE, roots=[other.root])


def test_a_stamp_of_another_note_is_named(
    authority: LocalAuthority, stamped: tuple[bytes, bytes]
) -> None:
    with pytest.raises(VerificationError, match=f"got {DIGEST.hex()}, expected"):
        timestamps.verify(stamped[1], note=NOTE + "x\n", roots=[authority.root])


def test_an_answer_to_another_request_is_refused(stamped: tuple[bytes, bytes]) -> None:
    with pytest.raises(VerificationError, match="its nonce"):
        timestamps.read(stamped[1], note=NOTE, request=timestamps.request_for(NOTE))


def test_no_flipped_byte_verifies(authority: LocalAuthority, stamped: tuple[bytes, bytes]) -> None:
    response = stamped[1]
    genuine = timestamps.verify(response, note=NOTE, roots=[authority.root])
    for place in range(0, len(response), 29):
        changed = bytearray(response)
        changed[place] ^= 0x10
        try:
            stamp = timestamps.verify(bytes(changed), note=NOTE, roots=[authority.root])
        except AmparoError:
            continue
        assert stamp == genuine, f"byte {place} changed what the stamp says"


def test_a_refusal_is_told_in_its_own_words() -> None:
    refused = bytes.fromhex("3017 3015 020102 300c 0c0a 62616420666f726d6174 0302 0520")
    with pytest.raises(AmparoError, match="authority refused: bad format"):
        timestamps.read(refused, note=NOTE)


@pytest.mark.parametrize("answer", [b"", b"<html>502</html>", b"\x30\x03\x02\x01\x00"])
def test_an_answer_that_is_no_stamp_is_refused(answer: bytes) -> None:
    with pytest.raises(VerificationError, match="a TimeStampResp"):
        timestamps.read(answer, note=NOTE)
