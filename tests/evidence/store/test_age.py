import io
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.base.errors import VerificationError
from amparo.base.keys import Keyring
from amparo.evidence.store.age import HEADER_SIZE, new_header, read_header, recipient_of
from amparo.evidence.store.chunks import (
    BLOCK,
    CHUNK,
    AgeReader,
    Sealer,
    open_sealed,
    seal,
    sealed_size,
)

KEYRING = Keyring.from_data_key(bytes(range(32)))
IDENTITY = KEYRING.object_identity
RECIPIENT = recipient_of(IDENTITY)
THEIRS = pyrage.x25519.Identity.from_str(KEYRING.age_identity)
AGE = shutil.which("age")

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, BLOCK, BLOCK + 1, 3 * BLOCK - 7]


def data_of(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def opened(sealed: bytes, identity: bytes = IDENTITY) -> AgeReader:
    return AgeReader(io.BytesIO(sealed), identity)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_is_opened(size: int) -> None:
    sealed = seal(data_of(size), RECIPIENT)
    assert len(sealed) == sealed_size(size)
    assert opened(sealed).readall() == data_of(size)
    assert opened(sealed).size == size


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_opens_what_we_seal(size: int) -> None:
    assert pyrage.decrypt(seal(data_of(size), RECIPIENT), [THEIRS]) == data_of(size)


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_pyrage_seals(size: int) -> None:
    other = pyrage.x25519.Identity.generate().to_public()
    for recipients in ([THEIRS.to_public()], [other, THEIRS.to_public()]):
        assert opened(pyrage.encrypt(data_of(size), recipients)).readall() == data_of(size)


@pytest.mark.skipif(not AGE, reason="the program age is not installed")
@pytest.mark.parametrize("size", [0, 1, CHUNK, BLOCK + 1])
def test_the_age_program_and_we_open_each_others(tmp_path: Path, size: int) -> None:
    assert AGE
    key, ours = tmp_path / "key", tmp_path / "ours"
    key.write_text(KEYRING.age_identity)
    ours.write_bytes(seal(data_of(size), RECIPIENT))
    plain = subprocess.run([AGE, "-d", "-i", key, ours], capture_output=True, check=True)
    assert plain.stdout == data_of(size)
    command = [AGE, "-r", KEYRING.age_recipient]
    theirs = subprocess.run(command, input=data_of(size), capture_output=True, check=True)
    assert opened(theirs.stdout).readall() == data_of(size)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SIZES),
    st.lists(
        st.tuples(st.integers(0, 4 * BLOCK), st.integers(0, 2 * BLOCK)), min_size=1, max_size=8
    ),
)
def test_reads_anywhere_as_a_plain_file_would(size: int, reads: list[tuple[int, int]]) -> None:
    plain = io.BytesIO(data_of(size))
    sealed = open_sealed(io.BytesIO(seal(data_of(size), RECIPIENT)), IDENTITY)
    for at, length in reads:
        assert sealed.seek(at) == plain.seek(at)
        assert sealed.read(length) == plain.read(length)
        assert sealed.tell() == plain.tell()
    assert sealed.read() == plain.read()


@given(st.integers(0, 3 * CHUNK), st.sampled_from([CHUNK, 2 * CHUNK, BLOCK]))
@settings(max_examples=20, deadline=None)
def test_blocks_of_any_whole_size_seal_to_the_same_plaintext(size: int, block: int) -> None:
    sealer = Sealer(RECIPIENT)
    sealed = bytearray(sealer.header)
    data = data_of(size)
    for at in range(0, size or 1, block):
        sealed += sealer.seal(data[at : at + block], last=at + block >= size)
    assert opened(bytes(sealed)).readall() == data


def test_only_the_last_block_may_end_inside_a_chunk() -> None:
    with pytest.raises(ValueError):
        Sealer(RECIPIENT).seal(b"x", last=False)


def test_seeks_as_files_do() -> None:
    reader = opened(seal(data_of(100), RECIPIENT))
    assert reader.seek(-10, io.SEEK_END) == 90
    assert reader.seek(5, io.SEEK_CUR) == 95
    assert reader.read() == data_of(100)[95:]
    assert reader.seek(1000) == 1000
    assert reader.read(1) == b""
    with pytest.raises(ValueError, match="negative"):
        reader.seek(-1)
    reader.close()
    with pytest.raises(ValueError, match="closed"):
        reader.read(1)


@pytest.mark.parametrize("size", [0, 40, CHUNK + 5])
def test_every_flipped_byte_is_noticed_and_placed(size: int) -> None:
    sealed = seal(data_of(size), RECIPIENT)
    places = range(len(sealed)) if size < CHUNK else [*range(300), *range(65_500, len(sealed), 3)]
    for at in places:
        wrong = bytearray(sealed)
        wrong[at] ^= 0x20
        with pytest.raises(VerificationError, match=r"got .+, expected .+") as caught:
            opened(bytes(wrong)).readall()
        # A changed nonce (the header's last 16 bytes) shows in whichever chunk is opened first.
        place = "header" if at < HEADER_SIZE - 16 else "chunk"
        assert place in caught.value.what, at


def test_a_flip_in_the_middle_names_its_chunk() -> None:
    sealed = bytearray(seal(data_of(5 * CHUNK), RECIPIENT))
    sealed[HEADER_SIZE + 2 * (CHUNK + 16) + 7] ^= 1
    with pytest.raises(VerificationError, match="chunk 3 of 5"):
        opened(bytes(sealed)).readall()
    reader = opened(bytes(sealed))
    reader.seek(4 * CHUNK)
    assert reader.read() == data_of(5 * CHUNK)[4 * CHUNK :]


@pytest.mark.parametrize("size", [0, 40, CHUNK, 2 * CHUNK, 2 * CHUNK + 1])
def test_every_cut_is_noticed(size: int) -> None:
    sealed = seal(data_of(size), RECIPIENT)
    near = {n + d for n in range(HEADER_SIZE, len(sealed), CHUNK + 16) for d in range(-20, 40)}
    for end in sorted({*range(HEADER_SIZE), *near} & set(range(len(sealed)))):
        with pytest.raises(VerificationError):
            opened(sealed[:end])


def test_a_cut_between_chunks_is_called_a_cut() -> None:
    sealed = seal(data_of(3 * CHUNK), RECIPIENT)
    with pytest.raises(VerificationError, match="the file is cut"):
        opened(sealed[: HEADER_SIZE + 2 * (CHUNK + 16)])
    with pytest.raises(VerificationError, match="the file is cut"):
        opened(sealed[: HEADER_SIZE + 2 * (CHUNK + 16) + 16])


def test_added_and_swapped_chunks_are_noticed() -> None:
    sealed = seal(data_of(3 * CHUNK), RECIPIENT)
    header, first, rest = sealed[:184], sealed[184:65736], sealed[65736:]
    for wrong in (sealed + b"x", sealed + first, header + rest, header + first + first + rest):
        with pytest.raises(VerificationError):
            opened(wrong).readall()


def test_another_workspace_opens_nothing() -> None:
    stranger = Keyring.from_data_key(bytes(32)).object_identity
    with pytest.raises(VerificationError, match="identity"):
        opened(seal(b"x", RECIPIENT), stranger)


@pytest.mark.parametrize("data", [b"", b"age-encryption.org/v2\n", b"%PDF-1.7\n" * 40, b"\0" * 400])
def test_what_is_no_age_file_is_said(data: bytes) -> None:
    with pytest.raises(VerificationError, match="header"):
        opened(data)


def test_stanzas_of_other_kinds_are_passed_over() -> None:
    """A stanza that we do not know (a passphrase's, another program's grease) is not ours."""
    written, _ = new_header(RECIPIENT)
    body = b"A" * 64 + b"\n\n"
    odd = written.replace(b"v1\n", b"v1\n-> some-grease x y\n" + body, 1)
    with pytest.raises(VerificationError, match="MAC"):  # found ours, and saw the other added
        read_header(io.BytesIO(odd), IDENTITY)


def test_each_sealing_is_another() -> None:
    assert seal(b"x", RECIPIENT)[22:] != seal(b"x", RECIPIENT)[22:]
