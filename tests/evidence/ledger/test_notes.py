from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import VerificationError
from amparo.evidence.ledger import notes

# The example of the Go module golang.org/x/mod/sumdb/note, which C2SP signed-note describes.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZ"
    "b6KE6RyyBwJnAM=\n"
)

SIGNER = notes.Signer("amparo.local/test", bytes(range(32)))
CHECKPOINT = notes.Checkpoint("amparo.local/test", 7, hashlib.sha256(b"root").digest())
NOTE = notes.sign(CHECKPOINT.text, SIGNER)


def test_a_note_that_go_signed_verifies() -> None:
    key = notes.parse_key(GO_KEY)
    assert key.text == GO_KEY
    assert notes.verify(GO_NOTE, key).text.startswith("If you think")


def test_a_checkpoint_comes_back_as_it_was_signed() -> None:
    assert notes.open_checkpoint(NOTE, SIGNER.key) == CHECKPOINT


def test_a_checkpoint_reads_as_the_specification_shows_it() -> None:
    lines = NOTE.split("\n")
    assert lines[0] == "amparo.local/test"
    assert lines[1] == "7"
    assert lines[3] == ""
    assert lines[4].startswith("— amparo.local/test ")


@given(st.integers(0, len(NOTE) - 1), st.characters(exclude_categories=["Cs"]))
def test_no_changed_character_goes_unnoticed(place: int, character: str) -> None:
    changed = NOTE[:place] + character + NOTE[place + 1 :]
    if changed == NOTE:
        return
    with pytest.raises(VerificationError):
        notes.open_checkpoint(changed, SIGNER.key)


@given(st.integers(0, len(NOTE) - 1))
def test_no_missing_end_goes_unnoticed(length: int) -> None:
    with pytest.raises(VerificationError):
        notes.open_checkpoint(NOTE[:length], SIGNER.key)


def test_another_key_of_the_same_name_is_told_apart() -> None:
    other = notes.Signer(SIGNER.name, bytes(32)).key
    with pytest.raises(VerificationError, match=r"its signer: got amparo.local/test\+"):
        notes.verify(NOTE, other)


def test_extra_signatures_of_others_do_no_harm() -> None:
    witness = notes.Signer("witness.example", bytes(32))
    cosigned = NOTE + notes.sign(CHECKPOINT.text, witness).split("\n\n", 1)[1]
    assert notes.open_checkpoint(cosigned, SIGNER.key) == CHECKPOINT
    assert notes.open_checkpoint(
        notes.sign(CHECKPOINT.text, notes.Signer(SIGNER.name, SIGNER.seed)), SIGNER.key
    )


def test_a_checkpoint_of_another_log_is_refused() -> None:
    other = notes.Checkpoint("amparo.local/other", 7, bytes(32))
    with pytest.raises(VerificationError, match="origin: got amparo.local/other"):
        notes.open_checkpoint(notes.sign(other.text, SIGNER), SIGNER.key)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("log\n", "lines"),
        ("log\n07\n" + "A" * 43 + "=\n", "size"),
        ("log\n-1\n" + "A" * 43 + "=\n", "size"),
        ("log\n٧\n" + "A" * 43 + "=\n", "size"),
        ("log\n7\nAAAA\n", "root"),
        ("log\n7\n" + "A" * 42 + "B=\n", "root"),
        ("log\n7\n" + "A" * 43 + "=", "lines"),
        ("log\n7\n" + "A" * 43 + "=\n\n", "lines"),
    ],
)
def test_a_malformed_checkpoint_says_which_part(text: str, part: str) -> None:
    with pytest.raises(VerificationError, match=part):
        notes.parse_checkpoint(text)


@pytest.mark.parametrize(
    "line", ["", "a+b", "a+00000000+AAAA", GO_KEY.replace("c74f", "c74e"), "+" + GO_KEY]
)
def test_a_malformed_key_is_refused(line: str) -> None:
    with pytest.raises(VerificationError, match="public key"):
        notes.parse_key(line)


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "no\u00a0break"])
def test_a_key_needs_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        notes.NoteKey(name, bytes(32))
