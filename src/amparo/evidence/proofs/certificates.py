"""Whether a certificate leads to an authority that is trusted here, as of a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

__all__ = ["load", "named", "trusted_root", "was_valid"]

_LONGEST_CHAIN = 8


def load(pem: str) -> list[x509.Certificate]:
    """All certificates of a PEM text; none when it is damaged."""
    try:
        return x509.load_pem_x509_certificates(pem.encode("utf-8", "replace"))
    except ValueError:
        return []


def named(certificate: x509.Certificate) -> str:
    """The common name and organisation of who it is made out to."""
    subject = certificate.subject
    oids = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
    parts = [str(each.value) for oid in oids for each in subject.get_attributes_for_oid(oid)]
    return ", ".join(dict.fromkeys(parts)) or "nobody"


def was_valid(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether ``at`` (with a zone) lies within the time for which it was made out."""
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def trusted_root(
    leaf: x509.Certificate,
    others: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    at: datetime,
) -> x509.Certificate | None:
    """The trusted authority that ``leaf`` leads to through ``others``; None when to none.

    Every step must hold by its signature, be an authority, and be valid ``at`` that moment.
    """
    trusted = {anchor.fingerprint(hashes.SHA256()) for anchor in anchors}
    at_hand, current = [*anchors, *others], leaf
    for _ in range(_LONGEST_CHAIN):
        if not was_valid(current, at):
            return None
        if current.fingerprint(hashes.SHA256()) in trusted:
            return current
        above = next((each for each in at_hand if each != current and _made(each, current)), None)
        if above is None:
            return None
        current = above
    return None


def _made(issuer: x509.Certificate, made: x509.Certificate) -> bool:
    if issuer.subject != made.issuer or not _is_authority(issuer):
        return False
    try:
        made.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return constraints.value.ca
