import hashlib

import pytest

from amparo.base.digests import Digester, Digests, digest

# The empty input's digests, from FIPS 180-4's examples and BLAKE3's test vectors.
EMPTY = Digests(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
    0,
)


def test_nothing_has_the_published_digests() -> None:
    assert Digester().digests() == digest(b"") == EMPTY


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_blocks_and_whole_agree(kind: type) -> None:
    data = bytes(range(256)) * 41
    whole = digest(data)
    assert whole == digest(kind(data[at : at + 1000]) for at in range(0, len(data), 1000))
    assert whole.sha256 == hashlib.sha256(data).hexdigest()
    assert whole.size == len(data)


def test_digests_can_be_asked_on_the_way() -> None:
    digester = Digester()
    digester.update(b"a")
    assert digester.digests() == digest(b"a")
    digester.update(b"b")
    assert digester.digests() == digest(b"ab")
