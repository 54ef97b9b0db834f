from __future__ import annotations

from dataclasses import replace

import pytest

from amparo.base.errors import UsageError, VerificationError
from amparo.base.keys import Keyring
from amparo.evidence.backup import manifest as manifests
from amparo.evidence.backup.manifest import Column, Manifest, Table, parse, sign

KEYS, OTHER = Keyring.from_data_key(bytes(32)), Keyring.from_data_key(bytes([1] * 32))
MADE = Manifest(
    name="20261122T010203.000000Z",
    made_at="2026-11-22T01:02:03+00:00",
    amparo="0.1.0",
    keys_sha256="00" * 32,
    migrations=(("accounts", "0001_initial"),),
    tables=(Table("people", (Column("id", "uuid"),), 3, ("ab" * 32,)),),
    objects=5,
    missing=("Object ab…",),
)


def test_a_manifest_comes_back() -> None:
    assert parse(sign(MADE, KEYS), KEYS, what="Snapshot") == MADE


@pytest.mark.parametrize("place", [0, 100, -60, -2])
def test_a_changed_byte_is_refused(place: int) -> None:
    signed = bytearray(sign(MADE, KEYS))
    signed[place] ^= 1
    with pytest.raises(VerificationError, match="Snapshot"):
        parse(bytes(signed), KEYS, what="Snapshot")


def test_another_workspace_signs_nothing_for_this_one() -> None:
    with pytest.raises(VerificationError, match="signer"):
        parse(sign(MADE, OTHER), KEYS, what="Snapshot")


def test_a_later_form_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(manifests, "VERSION", 2)
        signed = sign(replace(MADE), KEYS)
    with pytest.raises(UsageError, match="version 2"):
        parse(signed, KEYS, what="Snapshot")
