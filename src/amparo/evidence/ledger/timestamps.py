"""Time stamps (RFC 3161): a third party's word that a checkpoint existed at a moment.

Only the SHA-256 of the checkpoint's note leaves the machine. The whole request and response are
kept, so that ``openssl ts -verify`` can check them in twenty years without Amparo. A stamp is
verified against roots that the caller trusts, with rfc3161-client, and with the openssl program
where that library refuses what the standard allows (several certificates of one authority).
"""

from __future__ import annotations

import enum
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import rfc3161_client as rfc3161
from cryptography import x509

from amparo.base import programs
from amparo.base.errors import AmparoError, ProgramFailed, VerificationError
from amparo.evidence.verifier import verify as stand_alone

__all__ = ["Stamp", "State", "Transport", "fetch", "read", "request_for", "verify"]

Transport = Callable[[str, bytes], bytes]
"""Sends a request's bytes to an address and gives the body of the answer."""

_OPENSSL_SECONDS = 30


class State(enum.StrEnum):
    """Where a time stamp stands: waiting until calling out is allowed, granted, or refused."""

    QUEUED = "queued"
    GRANTED = "granted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a response says: who stamped which digest when.

    ``checked_by`` names what verified it against trusted roots; it is empty while nothing did.
    """

    at: datetime
    imprint: str
    serial: str
    policy: str
    authority: str
    checked_by: str = ""


def request_for(note: str) -> bytes:
    """Return the DER of a request to stamp ``note``: its digest, a nonce, certificates wanted."""
    request = (
        rfc3161.TimestampRequestBuilder()
        .data(note.encode())
        .hash_algorithm(rfc3161.HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )
    return request.as_bytes()


def fetch(note: str, address: str, transport: Transport) -> tuple[bytes, bytes]:
    """Ask the authority at ``address``; return (request, response), checked against the note.

    Raises AmparoError when it refuses, VerificationError when it stamped something else.
    """
    request = request_for(note)
    response = transport(address, request)
    read(response, note=note, request=request)
    return request, response


def read(response: bytes, *, note: str, request: bytes | None = None) -> Stamp:
    """Return what ``response`` says once it is a grant for this note (and this request's nonce).

    Its signature holds for the certificate that it encloses; that someone trusts that certificate
    is for ``verify``.
    """
    what = "time stamp"
    try:
        parsed = stand_alone.check_stamp(response, hashlib.sha256(note.encode()).digest(), what)
    except stand_alone.Broken as broken:
        if isinstance(broken.__cause__, stand_alone.Refused):
            raise AmparoError(
                f"The time stamping authority refused: {broken.__cause__}.",
                next_step="Try again later, or choose another authority.",
            ) from broken
        raise VerificationError(broken.what, got=broken.got, expected=broken.expected) from broken
    if request is not None and parsed.nonce != _nonce_of(request):
        expected = _nonce_of(request)
        raise VerificationError(f"{what}: its nonce", got=parsed.nonce, expected=expected)
    return Stamp(
        at=parsed.at,
        imprint=parsed.imprint.hex(),
        serial=f"{parsed.serial:x}",
        policy=parsed.policy,
        authority=parsed.signer,
    )


def verify(
    response: bytes, *, note: str, roots: Sequence[bytes], request: bytes | None = None
) -> Stamp:
    """Return the stamp once its signature leads to one of ``roots`` (PEM certificates).

    Raises VerificationError; ProgramMissing when only openssl could tell and it is not there.
    """
    stamp = read(response, note=note, request=request)
    trusted = [cert for pem in roots for cert in x509.load_pem_x509_certificates(pem)]
    if not trusted:
        raise ValueError("a time stamp is verified against at least one root certificate")
    try:
        _verify_with_library(response, note, trusted)
    except (rfc3161.VerificationError, ValueError) as refusal:
        _verify_with_openssl(response, stamp, b"\n".join(roots), str(refusal))
        return _checked(stamp, "openssl")
    return _checked(stamp, "rfc3161-client")


def _verify_with_library(response: bytes, note: str, roots: list[x509.Certificate]) -> None:
    builder = rfc3161.VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    parsed = rfc3161.decode_timestamp_response(response)
    builder.build().verify(parsed, hashlib.sha256(note.encode()).digest())


def _verify_with_openssl(response: bytes, stamp: Stamp, roots: bytes, refusal: str) -> None:
    """Hold the stamp against the roots as of its own moment; digests only touch the disk."""
    with tempfile.TemporaryDirectory(prefix="amparo-stamp-") as folder:
        answer, trusted = Path(folder, "stamp.tsr"), Path(folder, "roots.pem")
        answer.write_bytes(response)
        trusted.write_bytes(roots)
        question = ["openssl", "ts", "-verify", "-digest", stamp.imprint, "-in", str(answer)]
        against = ["-CAfile", str(trusted), "-attime", str(int(stamp.at.timestamp()))]
        try:
            programs.run([*question, *against], timeout=_OPENSSL_SECONDS)
        except ProgramFailed as error:
            raise VerificationError(
                "time stamp: its signature",
                got=f"one that no trusted root vouches for ({refusal}; {error.message})",
                expected="a chain to a trusted root",
            ) from error


def _nonce_of(request: bytes) -> int | None:
    """The nonce of a TimeStampReq (RFC 3161, section 2.4.1): the integer after the imprint."""
    fields = stand_alone.Der.whole(request).children()[2:]
    return next((field.integer() for field in fields if field.tag == 0x02), None)


def _checked(stamp: Stamp, by: str) -> Stamp:
    return Stamp(stamp.at, stamp.imprint, stamp.serial, stamp.policy, stamp.authority, by)
