"""Keys and certificates: those that the organisation trusts, and those that came with a file."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from amparo.base.errors import UsageError

__all__ = ["KeyKind", "Known", "Trust", "described"]

KeyKind = Literal["certificate", "pgp", "minisign"]

_CERTIFICATE = "-----BEGIN CERTIFICATE-----"
_PGP = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
_LONGEST = 512 * 1024


@dataclass(frozen=True, slots=True)
class Known:
    """A key as text (PEM, armour, a minisign key), and the name under which it is known here."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Trust:
    """Everything that is trusted: authorities' certificates, OpenPGP keys, minisign keys."""

    certificates: tuple[Known, ...] = ()
    pgp: tuple[Known, ...] = ()
    minisign: tuple[Known, ...] = ()

    @property
    def anchors(self) -> str:
        """All certificates as one PEM text."""
        return "\n".join(each.text.strip() for each in self.certificates)

    def to_json(self) -> dict[str, Any]:
        """As a JSON object, for the worker that checks."""
        kinds = {"certificates": self.certificates, "pgp": self.pgp, "minisign": self.minisign}
        return {kind: [[each.name, each.text] for each in keys] for kind, keys in kinds.items()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Trust:
        """Rebuild what ``to_json`` gave."""
        kinds = ("certificates", "pgp", "minisign")
        return cls(*(tuple(Known(*each) for each in value.get(kind, ())) for kind in kinds))


@dataclass(frozen=True, slots=True)
class Described:
    """What a pasted or added key is: its kind, its clean text, fingerprint and owner's claim."""

    kind: KeyKind
    text: str
    fingerprint: str
    owner: str = field(default="")


def described(text: str) -> Described:
    """Say what kind of key a text holds, for the list of what is trusted.

    UsageError when it is none, when it holds a private key, or more than one.
    """
    plain = text.strip()
    if len(plain) > _LONGEST or "PRIVATE KEY" in plain or "minisign encrypted secret" in plain:
        raise UsageError(
            "This holds a private key, or far too much.",
            next_step="Paste the public key or the certificate only.",
        )
    if _CERTIFICATE in plain:
        return _certificate(plain)
    if _PGP in plain:
        return _pgp(plain)
    return _minisign(plain)


def _certificate(text: str) -> Described:
    try:
        (one,) = x509.load_pem_x509_certificates(text.encode("ascii", "replace"))
    except ValueError as error:
        raise UsageError(
            "One certificate in PEM form was expected.", next_step="Add them one by one."
        ) from error
    pem = text[text.index(_CERTIFICATE) :]
    return Described(
        "certificate", pem, one.fingerprint(hashes.SHA256()).hex(), one.subject.rfc4514_string()
    )


def _pgp(text: str) -> Described:
    from pysequoia import Cert

    try:
        (one,) = Cert.split_bytes(text.encode())
    except (RuntimeError, ValueError) as error:
        raise UsageError(
            "One OpenPGP public key was expected.", next_step="Add them one by one."
        ) from error
    owner = "; ".join(str(each) for each in one.user_ids)
    return Described("pgp", str(one), one.fingerprint, owner)


def _minisign(text: str) -> Described:
    line = text.splitlines()[-1].strip() if text else ""
    try:
        raw = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 42 or raw[:2] != b"Ed":
        raise UsageError(
            "This is no certificate, OpenPGP key or minisign key that can be read.",
            next_step="Paste the whole text of the public key.",
        )
    return Described("minisign", line, hashlib.sha256(raw).hexdigest(), raw[9:1:-1].hex().upper())
