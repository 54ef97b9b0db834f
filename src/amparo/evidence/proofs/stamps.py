"""An RFC 3161 time stamp that came with a proof: whether it stamps these bytes, and who made it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from amparo.evidence.proofs import certificates
from amparo.evidence.proofs.findings import Check, Claim
from amparo.evidence.verifier import verify as stand_alone

__all__ = ["check_stamp"]

_KINDS: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def check_stamp(
    response: bytes,
    stamped: bytes,
    enclosed: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
) -> tuple[Check, Claim | None]:
    """Check that ``response`` stamps ``stamped``, by which certificate, and whether one trusts it.

    ``enclosed`` are certificates that came beside it, for a response that encloses none.
    """
    try:
        stamp = stand_alone.check_stamp(response, hashlib.sha256(stamped).digest(), "time stamp")
    except stand_alone.Broken:
        said = "The time stamp that came with it does not hold, or is another file's."
        return Check("time", "fails", said), None
    claim = Claim("time stamp", stamp.at.isoformat(), f"{stamp.at:%Y-%m-%dT%H:%M:%SZ}")
    own = [x509.load_der_x509_certificate(stamp.certificate)] if stamp.certificate else []
    signer = next((each for each in [*own, *enclosed] if _signed(each, stamp)), None)
    if signer is None:
        said = "It has a time stamp whose authority cannot be told, so it was not relied on."
        return Check("time", "unknown", said), claim
    who = certificates.named(signer)
    if certificates.trusted_root(signer, [*own, *enclosed], anchors, stamp.at):
        said = f"“{who}” stamped the time; an authority trusted here vouches for it."
        return Check("time", "holds", said), claim
    said = f"“{who}” stamped the time; no authority trusted here vouches for it."
    return Check("time", "unknown", said), claim


def _signed(certificate: x509.Certificate, stamp: stand_alone.TimeStamp) -> bool:
    kind = _KINDS[stand_alone.HASHES[stamp.digest_algorithm]]()
    public = certificate.public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            salted = padding.PSS(padding.MGF1(kind), padding.PSS.AUTO)
            is_salted = stamp.signature_algorithm == stand_alone.RSA_PSS_OID
            padded = salted if is_salted else padding.PKCS1v15()
            public.verify(stamp.signature, stamp.signed, padded, kind)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(stamp.signature, stamp.signed, ec.ECDSA(kind))
        elif isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(stamp.signature, stamp.signed)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True
