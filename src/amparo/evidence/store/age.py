"""The age file format, version 1 (https://age-encryption.org/v1): its header and its keys.

A file is a header, a nonce and a payload. The header holds a random file key, wrapped for each
recipient in a stanza, and a MAC over itself::

    age-encryption.org/v1
    -> X25519 <ephemeral share>
    <wrapped file key>
    --- <MAC>

``evidence/store/chunks.py`` seals and opens the payload. Written with ``cryptography``: where it
was measured its ChaCha20-Poly1305 seals 4.4 GB a second and pyrage's stream 1.0, and pyrage cannot
open a file in its middle.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.base.errors import VerificationError

__all__ = ["HEADER_SIZE", "Header", "new_header", "read_header", "recipient_of"]

HEADER_SIZE = 184
"""Bytes before the payload of a file that is sealed to one X25519 recipient, nonce included."""

_VERSION = b"age-encryption.org/v1\n"
_X25519 = b"age-encryption.org/v1/X25519"
_KEY_BYTES = 16
_NONCE_BYTES = 16
_LONGEST_HEADER = 64 * 1024
_ZERO_NONCE = bytes(12)
_BODY = rb"(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n"
_STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n(%s)" % _BODY)
_HEADER = re.compile(
    rb"(%s(?:-> [!-~]+(?: [!-~]+)*\n%s)+---) ([A-Za-z0-9+/]{43})\n" % (re.escape(_VERSION), _BODY)
)


@dataclass(frozen=True, slots=True)
class Header:
    """An opened header: how many bytes stand before the payload, and the key to it."""

    size: int
    payload_key: bytes = field(repr=False)


def recipient_of(identity: bytes) -> bytes:
    """The 32-byte X25519 public key of a 32-byte identity."""
    return X25519PrivateKey.from_private_bytes(identity).public_key().public_bytes_raw()


def new_header(recipient: bytes) -> tuple[bytes, Header]:
    """Give the bytes of a fresh header for one recipient (32 bytes), and its opened form."""
    file_key, nonce = os.urandom(_KEY_BYTES), os.urandom(_NONCE_BYTES)
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    wrap_key = _derive(secret, share + recipient, _X25519)
    wrapped = ChaCha20Poly1305(wrap_key).encrypt(_ZERO_NONCE, file_key, None)
    text = b"%s-> X25519 %s\n%s\n---" % (_VERSION, _base64(share), _base64(wrapped))
    written = b"%s %s\n%s" % (text, _base64(_mac(file_key, text)), nonce)
    return written, Header(len(written), _derive(file_key, nonce, b"payload"))


def read_header(file: BinaryIO, identity: bytes, *, label: str = "File") -> Header:
    """Open the header at the beginning of ``file`` with a 32-byte X25519 identity.

    Raises VerificationError for what is not a whole header, was changed, or is for another key.
    """
    file.seek(0)
    data = file.read(_LONGEST_HEADER)
    found = _HEADER.match(data)
    if not found:
        raise _not_a_header(data, label)
    text, stated = found.group(1), _unbase64(found.group(2))
    file_key = _unwrap(text, identity, label)
    expected = _mac(file_key, text)
    if stated is None or not hmac.compare_digest(stated, expected):
        raise _broken(label, f"MAC {found.group(2).decode()}", _base64(expected).decode())
    nonce = data[found.end() : found.end() + _NONCE_BYTES]
    if len(nonce) < _NONCE_BYTES:
        raise _broken(label, f"{len(nonce)} bytes of nonce", f"{_NONCE_BYTES}; the file is cut")
    return Header(found.end() + _NONCE_BYTES, _derive(file_key, nonce, b"payload"))


def _unwrap(text: bytes, identity: bytes, label: str) -> bytes:
    """Give the file key out of the first stanza that opens with ``identity``."""
    private = X25519PrivateKey.from_private_bytes(identity)
    recipient = private.public_key().public_bytes_raw()
    for stanza in _STANZA.finditer(text):
        kind, *arguments = stanza.group(1).split(b" ")
        if kind == b"X25519" and len(arguments) == 1:
            share, wrapped = _unbase64(arguments[0]), _unbase64(stanza.group(2))
            file_key = _open_stanza(private, recipient, share, wrapped)
            if file_key is not None:
                return file_key
    raise _broken(label, "no key that opens with this workspace's identity", "one")


def _open_stanza(
    private: X25519PrivateKey, recipient: bytes, share: bytes | None, wrapped: bytes | None
) -> bytes | None:
    if share is None or len(share) != 32 or wrapped is None or len(wrapped) != _KEY_BYTES + 16:
        return None
    try:
        secret = private.exchange(X25519PublicKey.from_public_bytes(share))
        key = _derive(secret, share + recipient, _X25519)
        return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, wrapped, None)
    except (ValueError, InvalidTag):  # a share of low order, or another's stanza
        return None


def _not_a_header(data: bytes, label: str) -> VerificationError:
    expected = _VERSION.decode().strip()
    if not data.startswith(_VERSION[: len(data)]):
        return _broken(label, repr(data[: len(expected)]), repr(expected.encode()))
    if len(data) < HEADER_SIZE:
        return _broken(label, f"{len(data)} bytes", f"at least {HEADER_SIZE}; the file is cut")
    return _broken(label, "text that is not an age header", "stanzas and a MAC")


def _broken(label: str, got: str, expected: str) -> VerificationError:
    return VerificationError(f"{label}, in its header", got=got, expected=expected)


def _mac(file_key: bytes, text: bytes) -> bytes:
    return hmac.digest(_derive(file_key, None, b"header"), text, "sha256")


def _derive(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unbase64(text: bytes) -> bytes | None:
    """Read unpadded base 64; None for any writing but the one that ``_base64`` gives."""
    joined = text.replace(b"\n", b"")
    try:
        data = base64.b64decode(joined + b"=" * (-len(joined) % 4), validate=True)
    except binascii.Error:
        return None
    return data if _base64(data) == joined else None
