"""Keys and certificates: those that the organisation trusts, and those that came with a file."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from amparo.base.errors import UsageError

__all__ = ["Described", "KeyKind", "Known", "Trust", "described"]

KeyKind = Literal["certificate", "pgp", "minisign"]

_CERTIFICATE = "-----BEGIN CERTIFICATE-----"
_PGP = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
_LONGEST = 2 * 1024 * 1024


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
    """What a key is: its kind, its clean text, its fingerprint, and what it says of its owner."""

    kind: KeyKind
    text: str
    fingerprint: str
    owner: str = ""


def described(text: str) -> tuple[Described, ...]:
    """Say what keys a text holds, each once, for the list of what is trusted.

    A trust list as authorities publish it (certificates one after the other) is taken apart.
    UsageError when it holds none, or a private key.
    """
    plain = text.strip()
    if len(plain) > _LONGEST or "PRIVATE KEY" in plain or "encrypted secret key" in plain:
        raise UsageError(
            "This holds a private key, or far too much.",
            next_step="Paste the public key or the certificate only.",
        )
    found = _minisign(plain)
    if _CERTIFICATE in plain:
        found = _certificates(plain)
    elif _PGP in plain:
        found = _pgp(plain)
    if not found:
        raise UsageError(
            "This is no certificate, OpenPGP key or minisign key that can be read.",
            next_step="Paste the whole text of the public key.",
        )
    return tuple({each.fingerprint: each for each in found}.values())


def _certificates(text: str) -> list[Described]:
    try:
        made = x509.load_pem_x509_certificates(text.encode("utf-8", "replace"))
    except ValueError:
        return []
    return [
        Described(
            "certificate",
            one.public_bytes(serialization.Encoding.PEM).decode(),
            one.fingerprint(hashes.SHA256()).hex(),
            one.subject.rfc4514_string(),
        )
        for one in made
    ]


def _pgp(text: str) -> list[Described]:
    from pysequoia import Cert

    blocks = re.findall(rf"{_PGP}.*?-----END PGP PUBLIC KEY BLOCK-----", text, re.DOTALL)
    try:
        certs = [cert for block in blocks for cert in Cert.split_bytes(block.encode())]
    except (RuntimeError, ValueError):
        return []
    return [
        Described("pgp", str(one), one.fingerprint, "; ".join(str(each) for each in one.user_ids))
        for one in certs
    ]


def _minisign(text: str) -> list[Described]:
    line = text.splitlines()[-1].strip() if text else ""
    try:
        raw = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return []
    if len(raw) != 42 or raw[:2] != b"Ed":
        return []
    shown = raw[9:1:-1].hex().upper()
    return [Described("minisign", line, hashlib.sha256(raw).hexdigest(), shown)]
