"""Small secrets of people and providers, sealed under the workspace's data key.

The database is encrypted on a laptop; on PostgreSQL it is not, and neither its operator nor a copy
of it may hand out second factors. ChaCha20-Poly1305 (RFC 8439), the key drawn by HKDF (RFC 5869);
what a secret is for is bound to it.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.base.errors import VerificationError
from amparo.base.web import current

__all__ = ["seal", "unseal"]

_NONCE_BYTES = 12


def seal(secret: bytes, purpose: str) -> bytes:
    """``secret`` sealed for ``purpose``: 12 bytes of nonce, then the box."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _box().encrypt(nonce, secret, purpose.encode())


def unseal(sealed: bytes, purpose: str) -> bytes:
    """The secret; VerificationError when the box is another purpose's or was changed."""
    nonce, box = bytes(sealed[:_NONCE_BYTES]), bytes(sealed[_NONCE_BYTES:])
    try:
        return _box().decrypt(nonce, box, purpose.encode())
    except InvalidTag as error:
        raise VerificationError(
            f"The sealed {purpose}", got="a box that does not open", expected="the one sealed here"
        ) from error


def _box() -> ChaCha20Poly1305:
    key = current.workspace().keyring.data_key
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, b"amparo accounts").derive(key))
