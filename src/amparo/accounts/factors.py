"""Second factors that are typed: codes of an authenticator app (RFC 6238) and recovery codes.

An app's code is six digits of HMAC-SHA-1 over a step of 30 seconds, as every app makes them; a code
of the step before or after is taken too, for clocks that differ, and each step only once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from urllib.parse import quote, urlencode

__all__ = [
    "RECOVERY_CODES",
    "code_at",
    "key_uri",
    "matching_step",
    "new_recovery_codes",
    "new_secret",
    "plain_recovery_code",
    "spelled",
]

STEP_SECONDS = 30
SECRET_BYTES = 20
RECOVERY_CODES = 10
_RECOVERY_BYTES = 10
_DIGITS = 6


def new_secret() -> bytes:
    """A secret for an authenticator app: 160 bits, as RFC 4226 recommends."""
    return secrets.token_bytes(SECRET_BYTES)


def spelled(secret: bytes) -> str:
    """A secret in base32, for typing: ``ABCD EFGH …``."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def key_uri(secret: bytes, *, person: str, place: str) -> str:
    """The address that an app reads from a QR code; ``place`` says what the code is for."""
    told = {"secret": base64.b32encode(secret).decode().rstrip("="), "issuer": place}
    return f"otpauth://totp/{quote(f'{place}:{person}')}?{urlencode(told, quote_via=quote)}"


def code_at(secret: bytes, step: int) -> str:
    """The code of a step: six digits."""
    mac = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 0xF
    number = struct.unpack(">I", mac[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def matching_step(secret: bytes, code: str, *, now: float, after: int) -> int | None:
    """The step whose code this is, near ``now`` (Unix seconds) and later than ``after``, or None.

    ``after`` is the step of the last code that was taken, so that none is taken twice.
    """
    typed = "".join(c for c in code if not c.isspace() and c != "-")
    here = int(now) // STEP_SECONDS
    right = [step for step in (here - 1, here, here + 1) if _same(code_at(secret, step), typed)]
    return next((step for step in right if step > after), None)


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 80 bits each, in groups of four letters and digits."""
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def plain_recovery_code(typed: str) -> str:
    """A recovery code as it is digested: however it was typed, letters and digits only."""
    return "".join(c for c in typed.upper() if c.isalnum()).replace("0", "O").replace("1", "I")


def _recovery_code() -> str:
    text = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
