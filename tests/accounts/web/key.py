"""A passkey in software, as an authenticator makes its answers (WebAuthn, sections 6 and 7)."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

__all__ = ["Key"]

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Key:
    """A key pair with the name of its credential and a counter that goes on."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.name = secrets.token_bytes(16)
        self.counter = 0

    def register(self, asked: dict[str, Any], origin: str) -> str:
        """The answer to being asked for a new passkey."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        credential = bytes(16) + struct.pack(">H", len(self.name)) + self.name + public
        data = self._data(asked["rp"]["id"], PRESENT | VERIFIED | ATTESTED) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = _client_data("webauthn.create", asked, origin)
        return self._answer(clientDataJSON=said, attestationObject=attestation)

    def answer(self, asked: dict[str, Any], origin: str, *, verified: bool = True) -> str:
        """The answer to being asked to show who one is."""
        self.counter += 1
        data = self._data(asked["rpId"], PRESENT | (VERIFIED if verified else 0))
        said = _client_data("webauthn.get", asked, origin)
        signed = data + hashlib.sha256(said).digest()
        signature = self.private.sign(signed, ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self.name)
        inner = {each: websafe_encode(value) for each, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": inner})


def _client_data(kind: str, asked: dict[str, Any], origin: str) -> bytes:
    said = {"type": kind, "challenge": asked["challenge"], "origin": origin, "crossOrigin": False}
    return json.dumps(said).encode()
