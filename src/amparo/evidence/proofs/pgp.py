"""Detached OpenPGP signatures (RFC 4880, RFC 9580) over a file, by Sequoia.

Sequoia judges a key as of the moment that the signature states, and does not rely on digests
that can be forged (SHA-1, MD5): such a signature is unknown here, neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version

from pysequoia import Cert, Sig, verify
from pysequoia.packet import HashAlgorithm, PacketPile

from amparo.evidence.proofs.findings import Check, Claim
from amparo.evidence.proofs.keys import Known

__all__ = ["LARGEST", "TOOL", "check_signature", "is_key"]

LARGEST = 512 * 2**20
"""Files beyond this size, in bytes, are not held in memory to check a signature over them."""

TOOL = f"Sequoia (pysequoia {version('pysequoia')})"
_WEAK = (HashAlgorithm.MD5, HashAlgorithm.SHA1, HashAlgorithm.RipeMD)


def is_key(data: bytes) -> bool:
    """Whether the bytes hold at least one OpenPGP public key."""
    return bool(_certs([Known("", data.decode("utf-8", "replace"))])) if data else False


def check_signature(
    data: bytes | None,
    signature: bytes,
    *,
    what: str,
    beside: Sequence[bytes],
    trusted: Sequence[Known],
) -> tuple[tuple[Check, ...], tuple[Claim, ...]]:
    """Check a detached signature; gives the answers and what the signature states.

    ``what`` is what the sentences call the signed bytes: "file", "proof sheet". ``beside`` are key
    files that came with it. ``data`` None says that the file is too large to be checked.
    """
    try:
        made = Sig.from_bytes(signature)
    except (RuntimeError, ValueError):
        sentence = f"The signature of the {what} is damaged, or is no OpenPGP signature."
        return (Check("file", "unknown", sentence),), ()
    stated = made.created.strftime("%Y-%m-%dT%H:%M:%SZ") if made.created else ""
    claims = (Claim("pgp signature", stated, stated),) if stated else ()
    return tuple(_checks(data, made, what, beside, trusted)), claims


def _checks(
    data: bytes | None, made: Sig, what: str, beside: Sequence[bytes], trusted: Sequence[Known]
) -> Iterator[Check]:
    ours = _certs(trusted)
    came = _certs([Known("", each.decode("utf-8", "replace")) for each in beside])
    cert, name = _issuer(made, ours) or _issuer(made, came) or (None, "")
    if cert is None:
        yield Check("signer", "unknown", f"The key {_key_of(made)} that signed it is not known.")
        yield Check("file", "unknown", f"Without that key the {what} cannot be checked.")
        return
    if made.hash_algorithm in _WEAK:
        yield Check(
            "file", "unknown",
            f"The signature of the {what} rests on a digest that can be forged today; "
            "it was not relied on.",
        )  # fmt: skip
        return
    if data is None:
        yield Check("file", "unknown", f"The {what} is too large for its signature to be checked.")
        return
    if _holds(data, made, cert):
        yield Check("file", "holds", f"The {what} is as it was when it was signed.")
        yield _whose(cert, name, bool(_issuer(made, ours)))
        return
    try:
        yield from list(_why_not(made, cert, what))
    except RuntimeError:  # Sequoia, of a key without one whole statement by its owner
        yield Check("signer", "unknown", "The key that signed it is damaged.")
        yield Check("file", "unknown", f"So its signature says nothing of the {what}.")


def _whose(cert: Cert, name: str, is_ours: bool) -> Check:
    if is_ours:
        return Check("signer", "holds", f"It was signed with the key trusted here as “{name}”.")
    owner = "; ".join(str(each) for each in cert.user_ids) or "nobody"
    return Check(
        "signer", "unknown",
        f"It was signed with the key {cert.fingerprint.upper()}, which came with it and says that "
        f"it belongs to “{owner}”.",
    )  # fmt: skip


def _why_not(made: Sig, cert: Cert, what: str) -> Iterator[Check]:
    if cert.is_revoked:
        yield Check("signer", "fails", "The key that signed it was withdrawn by its owner.")
        yield Check("file", "unknown", f"So its signature says nothing of the {what}.")
        return
    ended = cert.expiration
    if ended and made.created and made.created > ended:
        yield Check(
            "signer", "fails",
            f"The key had expired on {ended:%Y-%m-%d} when it signed on {made.created:%Y-%m-%d}.",
        )  # fmt: skip
        yield Check("file", "unknown", f"So its signature says nothing of the {what}.")
        return
    yield Check(
        "file", "fails",
        f"The signature does not fit the {what}: it was changed after it was signed, or the "
        "signature is another file's.",
    )  # fmt: skip


def _holds(data: bytes, made: Sig, cert: Cert) -> bool:
    try:
        return bool(verify(bytes=data, store=lambda _ids: [cert], signature=made).valid_sigs)
    except RuntimeError:
        return False


def _issuer(made: Sig, certs: Sequence[tuple[Cert, str]]) -> tuple[Cert, str] | None:
    wanted = {made.issuer_fingerprint, made.issuer_key_id} - {None}
    for cert, name in certs:
        names = {each for key in _fingerprints(cert) for each in (key, key[-16:])}
        if names & wanted:
            return cert, name
    return None


def _fingerprints(cert: Cert) -> Iterator[str]:
    """The fingerprints of a certificate's primary key and of its subkeys."""
    for packet in PacketPile.from_bytes(bytes(cert)):
        if packet.fingerprint:
            yield packet.fingerprint


def _certs(keys: Sequence[Known]) -> list[tuple[Cert, str]]:
    found: list[tuple[Cert, str]] = []
    for each in keys:
        try:
            found += [(cert, each.name) for cert in Cert.split_bytes(each.text.encode())]
        except (RuntimeError, ValueError):
            continue
    return found


def _key_of(made: Sig) -> str:
    return (made.issuer_fingerprint or made.issuer_key_id or "").upper() or "without a name"
