"""One random data key, and every other key of a workspace drawn from it.

The data key is 32 random bytes that never change. Two boxes hold it: one opens with a key that
Argon2id (RFC 9106) makes of the passphrase, the other with the printed recovery code. A box is
ChaCha20-Poly1305 (RFC 8439) and binds its own parameters as associated data. A new passphrase
makes a new box; nothing else is encrypted again.

From the data key HKDF-SHA256 (RFC 5869) draws, under one label each: the key of the database, the
X25519 identity to which objects are sealed as age files, the HMAC key that names objects, and the
Ed25519 seed that signs checkpoints.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from argon2 import low_level as argon2
from argon2.exceptions import HashingError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.base import bech32
from amparo.base.errors import UsageError, WorkspaceError, WrongPassphrase
from amparo.base.recovery import SECRET_BYTES, MistypedCodeError, format_code, parse_code

__all__ = [
    "CHEAP",
    "STANDARD",
    "Argon2Params",
    "Keyring",
    "NewKeys",
    "Wrapped",
    "create",
    "replace_recovery_code",
    "rewrap",
    "unlock",
    "unlock_with_recovery",
]

Box = Mapping[str, str | int]
Wrapped = Mapping[str, Box]
"""The boxes ``passphrase`` and ``recovery``, as they stand in ``amparo.toml``."""


@dataclass(frozen=True, slots=True)
class Argon2Params:
    """Cost of turning a passphrase into a key: memory in KiB, passes over it, lanes."""

    memory_kib: int
    iterations: int
    lanes: int


STANDARD = Argon2Params(memory_kib=256 * 1024, iterations=3, lanes=4)
"""RFC 9106's second recommended set with four times its memory: 0.5 to 1 s on two cores."""

CHEAP = Argon2Params(memory_kib=64, iterations=1, lanes=1)
"""For tests, which open many workspaces; protects nothing."""

_MOST = Argon2Params(memory_kib=4 * 1024 * 1024, iterations=64, lanes=64)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of an open workspace. Never printed, never written in clear."""

    data_key: bytes = field(repr=False)
    database_key: bytes = field(repr=False)
    object_identity: bytes = field(repr=False)
    name_key: bytes = field(repr=False)
    signing_key: bytes = field(repr=False)

    @classmethod
    def from_data_key(cls, data_key: bytes) -> Keyring:
        """Draw every key from 32 bytes."""
        labels = ("database", "object identity", "object names", "signing")
        return cls(data_key, *(_draw(data_key, f"amparo/1/{label}") for label in labels))

    @property
    def age_identity(self) -> str:
        """The secret with which ``age -d -i`` opens every object: ``AGE-SECRET-KEY-1…``."""
        return bech32.encode("age-secret-key-", self.object_identity).upper()

    @property
    def age_recipient(self) -> str:
        """The public key to which objects are sealed: ``age1…``."""
        public = X25519PrivateKey.from_private_bytes(self.object_identity).public_key()
        return bech32.encode("age", public.public_bytes_raw())


@dataclass(frozen=True, slots=True)
class NewKeys:
    """Fresh keys: what to write down in ``amparo.toml``, what to print, what to work with."""

    wrapped: Wrapped
    recovery_code: str = field(repr=False)
    keyring: Keyring


def create(passphrase: str, *, params: Argon2Params = STANDARD) -> NewKeys:
    """Make a data key and put it into both boxes. UsageError for an empty passphrase."""
    keyring = Keyring.from_data_key(secrets.token_bytes(32))
    wrapped, code = replace_recovery_code({}, keyring)
    return NewKeys(rewrap(wrapped, keyring, passphrase, params=params), code, keyring)


def unlock(wrapped: Wrapped, passphrase: str) -> Keyring:
    """Open with the passphrase; WrongPassphrase when it is another."""
    box = _box(wrapped, "passphrase")
    key = _stretch(passphrase, _bytes(box, "salt", 16), _params(box))
    return _open("passphrase", box, key, "This passphrase does not open the workspace.")


def unlock_with_recovery(wrapped: Wrapped, code: str) -> Keyring:
    """Open with the printed recovery code; WrongPassphrase says what is wrong with it."""
    box = _box(wrapped, "recovery")
    try:
        secret = parse_code(code)
    except MistypedCodeError as error:
        raise WrongPassphrase(
            str(error), next_step="Compare it with the printed sheet and type it again."
        ) from error
    key = _draw(secret, "amparo/1/recovery", _bytes(box, "salt", 16))
    return _open("recovery", box, key, "This recovery code belongs to another workspace.")


def rewrap(
    wrapped: Wrapped, keyring: Keyring, new_passphrase: str, *, params: Argon2Params = STANDARD
) -> Wrapped:
    """Give the boxes with a new passphrase; the recovery code stays good."""
    salt = secrets.token_bytes(16)
    key = _stretch(_required(new_passphrase), salt, params)
    terms = {"kdf": "argon2id", **asdict(params), "salt": _text(salt)}
    return {**wrapped, "passphrase": _seal("passphrase", terms, key, keyring)}


def replace_recovery_code(wrapped: Wrapped, keyring: Keyring) -> tuple[Wrapped, str]:
    """Give the boxes with a new recovery code, and the code; the old code opens nothing more.

    The code is 160 random bits, so plain HKDF is enough: there is nothing to guess.
    """
    secret, salt = secrets.token_bytes(SECRET_BYTES), secrets.token_bytes(16)
    key = _draw(secret, "amparo/1/recovery", salt)
    terms: Box = {"kdf": "hkdf-sha256", "salt": _text(salt)}
    return {**wrapped, "recovery": _seal("recovery", terms, key, keyring)}, format_code(secret)


def _seal(name: str, terms: Box, key: bytes, keyring: Keyring) -> Box:
    nonce = secrets.token_bytes(12)
    terms = {**terms, "cipher": "chacha20-poly1305", "nonce": _text(nonce)}
    sealed = ChaCha20Poly1305(key).encrypt(nonce, keyring.data_key, _associated(name, terms))
    return {**terms, "box": _text(sealed)}


def _open(name: str, box: Box, key: bytes, refusal: str) -> Keyring:
    terms = {term: value for term, value in box.items() if term != "box"}
    nonce, sealed = _bytes(box, "nonce", 12), _bytes(box, "box", 48)
    try:
        data_key = ChaCha20Poly1305(key).decrypt(nonce, sealed, _associated(name, terms))
    except InvalidTag as error:
        raise WrongPassphrase(refusal, next_step="Check it and try again.") from error
    return Keyring.from_data_key(data_key)


def _associated(name: str, terms: Box) -> bytes:
    return json.dumps(["amparo/1/box", name, terms], sort_keys=True).encode()


def _draw(secret: bytes, label: str, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=label.encode()).derive(secret)


def _stretch(passphrase: str, salt: bytes, params: Argon2Params) -> bytes:
    try:
        return argon2.hash_secret_raw(
            _prepared(passphrase).encode(),
            salt,
            time_cost=params.iterations,
            memory_cost=params.memory_kib,
            parallelism=params.lanes,
            hash_len=32,
            type=argon2.Type.ID,
        )
    except HashingError as error:
        raise WorkspaceError(
            f"The passphrase could not be checked: {error}.",
            next_step=f"It needs {params.memory_kib // 1024} MiB of free memory; close something.",
        ) from error


def _prepared(passphrase: str) -> str:
    """One form for one passphrase on every keyboard (RFC 8265, OpaqueString)."""
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in passphrase)
    return unicodedata.normalize("NFC", spaced)


def _required(passphrase: str) -> str:
    if not passphrase.strip():
        raise UsageError(
            "The passphrase is empty.", next_step="Choose one, for example five random words."
        )
    return passphrase


def _box(wrapped: Wrapped, name: str) -> Box:
    box = wrapped.get(name)
    if not isinstance(box, Mapping):
        raise _damaged(f"keys.{name}")
    return box


def _params(box: Box) -> Argon2Params:
    """Read the cost, and refuse what would only be there to exhaust the machine."""
    costs = {}
    for name, most in asdict(_MOST).items():
        cost = box.get(name)
        if not isinstance(cost, int) or not 1 <= cost <= most:
            raise _damaged(name)
        costs[name] = cost
    return Argon2Params(**costs)


def _bytes(box: Box, name: str, length: int) -> bytes:
    try:
        value = base64.b64decode(str(box[name]), validate=True)
    except (KeyError, binascii.Error) as error:
        raise _damaged(name) from error
    if len(value) != length:
        raise _damaged(name)
    return value


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _damaged(what: str) -> WorkspaceError:
    return WorkspaceError(
        f"The workspace's key file is damaged: {what} is not as it was written.",
        next_step="Put back amparo.toml from a backup.",
    )
