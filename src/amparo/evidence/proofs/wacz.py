"""Web archive collections (WACZ 1.1.1): their hashes and signatures, checked here.

``datapackage.json`` lists each file inside with its hash; ``datapackage-digest.json`` holds the
hash of that list and, if the collection is signed, a signature over it (WACZ Signing and
Verification 0.1.0): by a key alone, or by a domain's certificate with an RFC 3161 time stamp.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from amparo.evidence.proofs import certificates
from amparo.evidence.proofs.findings import Check, Claim, Finding
from amparo.evidence.proofs.keys import Trust
from amparo.evidence.proofs.moments import moment
from amparo.evidence.proofs.stamps import check_stamp
from amparo.evidence.proofs.warc import Tally

__all__ = ["find"]

_LIST, _DIGEST = "datapackage.json", "datapackage-digest.json"
_LARGEST_LIST = 16 * 2**20
_BLOCK = 2**20
_SHOWN = 5
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
            NotImplementedError)  # fmt: skip
_HASHES = {"sha256": 64, "md5": 32}


def find(file: BinaryIO, trust: Trust) -> Finding:
    """Check a collection; the finding says what is listed, what fits, and who signed."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _Collection(archive, trust).finding()
    except _DAMAGED:
        said = "The collection is damaged, so its hashes cannot be checked."
        return Finding("wacz", (Check("file", "fails", said),))


@dataclass(slots=True)
class _Collection:
    """One opened collection while it is checked."""

    archive: zipfile.ZipFile
    trust: Trust
    claims: list[Claim] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    def finding(self) -> Finding:
        names = {info.filename for info in self.archive.infolist() if not info.is_dir()}
        if _LIST not in names:
            said = (
                "It has no list of its files (datapackage.json), so nothing in it is vouched for."
            )
            return Finding("wacz", (Check("file", "unknown", said),))
        listed = self._json(_LIST)
        checks = [*self._files(listed, names), *self._records(names)]
        if _DIGEST in names:
            checks += self._digest()
        else:
            said = "It is not signed: whoever has it could change it and its hashes together."
            checks.append(Check("signer", "unknown", said))
        self._tell(listed)
        return Finding("wacz", tuple(checks), claims=tuple(self.claims),
                       facts=tuple(self.facts.items()), tool="Amparo")  # fmt: skip

    def _tell(self, listed: Mapping[str, Any]) -> None:
        for name in ("title", "description", "software", "created", "wacz_version"):
            value = listed.get(name) or _mapping(listed.get("metadata")).get(name)
            if value:
                self.facts[name] = str(value)
        if created := self.facts.get("created"):
            self.claims.append(Claim("wacz", created, moment(created)))

    def _json(self, name: str) -> Mapping[str, Any]:
        if self.archive.getinfo(name).file_size > _LARGEST_LIST:
            raise ValueError("a list larger than any collection needs")
        return _mapping(json.loads(self.archive.read(name)))

    def _files(self, listed: Mapping[str, Any], names: set[str]) -> Iterator[Check]:
        """Every listed file against its hash; files that nobody listed are named."""
        resources = [each for each in listed.get("resources") or () if isinstance(each, dict)]
        wrong = [path for each in resources if (path := self._wrong(each, names))]
        known = {str(each.get("path")) for each in resources} | {_LIST, _DIGEST}
        if wrong:
            yield Check("file", "fails", f"Not as listed: {_some(wrong)}.")
        elif not resources:
            yield Check("file", "unknown", "Its list of files names none.")
        else:
            count = len(resources)
            said = f"All {count} files that it lists have the hashes stated for them."
            yield Check("file", "holds", said)
        if unlisted := sorted(names - known):
            yield Check("file", "unknown", f"Not listed, so not vouched for: {_some(unlisted)}.")

    def _records(self, names: set[str]) -> Iterator[Check]:
        """The records inside against the digests that they state of themselves."""
        tally = Tally()
        for name in sorted(names):
            if name.lower().endswith((".warc", ".warc.gz")):
                with self.archive.open(name) as member:
                    tally.add(member)
        if tally.records and (tally.checked or tally.torn):
            yield from tally.checks()

    def _wrong(self, resource: Mapping[str, Any], names: set[str]) -> str:
        """The path of a listed file that is missing or other than stated; "" when it fits."""
        path = str(resource.get("path"))
        stats = _mapping(resource.get("stats")) or resource
        stated = str(stats.get("hash") or "").lower()
        kind, _, digest = stated.rpartition(":")
        kind = (kind or str(resource.get("hashing") or "sha256")).replace("-", "")
        if path not in names or _HASHES.get(kind) != len(digest):
            return path
        size = stats.get("bytes")
        if isinstance(size, int) and self.archive.getinfo(path).file_size != size:
            return path
        return "" if self._hash(path, kind) == digest else path

    def _hash(self, path: str, kind: str) -> str:
        taken = hashlib.new(kind, usedforsecurity=False)
        try:
            with self.archive.open(path) as member:
                while block := member.read(_BLOCK):
                    taken.update(block)
        except _DAMAGED:
            return ""
        return taken.hexdigest()

    def _digest(self) -> Iterator[Check]:
        """The hash of the list, and what is signed."""
        stated = self._json(_DIGEST)
        found = f"sha256:{self._hash(_LIST, 'sha256')}"
        if stated.get("hash") != found:
            yield Check("file", "fails", "The list of files was changed after it was hashed.")
        signed = _mapping(stated.get("signedData"))
        if not signed:
            said = "It is not signed: whoever has it could change it and its hashes together."
            yield Check("signer", "unknown", said)
            return
        if signed.get("hash") != found:
            yield Check("file", "fails", "Its signature is over another list of files.")
        self.facts["signed with"] = str(signed.get("software") or "")
        if created := str(signed.get("created") or ""):
            self.claims.append(Claim("wacz signature", created, moment(created)))
        yield from self._signature(signed)

    def _signature(self, signed: Mapping[str, Any]) -> Iterator[Check]:
        signature = _decoded(signed.get("signature"))
        over = str(signed.get("hash")).encode()
        if signed.get("domainCert"):
            yield from self._domain(signed, signature, over)
        elif signed.get("publicKey"):
            public = _public(signed.get("publicKey"))
            yield _over_list(public is not None and _verifies(public, signature, over))
            said = "It was signed with a key that came with it; whose it is, is not known."
            yield Check("signer", "unknown", said)
        else:
            yield Check("signer", "unknown", "Its signature names neither a key nor a certificate.")

    def _domain(self, signed: Mapping[str, Any], signature: bytes, over: bytes) -> Iterator[Check]:
        chain = certificates.load(str(signed["domainCert"]))
        if not chain:
            yield Check("signer", "unknown", "The certificate of who signed it is damaged.")
            return
        leaf, domain = chain[0], str(signed.get("domain") or "")
        public = leaf.public_key()
        is_curve = isinstance(public, ec.EllipticCurvePublicKey)
        yield _over_list(is_curve and _verifies(public, signature, over))
        anchors = certificates.load(self.trust.anchors)
        at = _aware(moment(str(signed.get("created") or ""))) or leaf.not_valid_before_utc
        yield _of_domain(leaf, chain, anchors, domain, at)
        if stamp := _decoded(signed.get("timeSignature")):
            enclosed = certificates.load(str(signed.get("timestampCert") or ""))
            check, claim = check_stamp(stamp, str(signed["signature"]).encode(), enclosed, anchors)
            yield check
            self.claims += [claim] if claim else []


def _over_list(holds: bool) -> Check:
    if holds:
        return Check("file", "holds", "The list of files is as it was when it was signed.")
    said = "The signature does not fit the list of files, or is another collection's."
    return Check("file", "fails", said)


def _of_domain(
    leaf: x509.Certificate,
    chain: list[x509.Certificate],
    anchors: list[x509.Certificate],
    domain: str,
    at: datetime,
) -> Check:
    if not certificates.was_valid(leaf, at):
        said = f"The certificate of “{certificates.named(leaf)}” was not valid when it signed."
        return Check("signer", "fails", said)
    if domain not in _names(leaf):
        said = f"It says that {domain} signed it, but its certificate is for {_some(_names(leaf))}."
        return Check("signer", "fails", said)
    if certificates.trusted_root(leaf, chain[1:], anchors, at):
        said = f"{domain} signed it, with a certificate that leads to an authority trusted here."
        return Check("signer", "holds", said)
    said = f"It says that {domain} signed it; no authority trusted here vouches for that."
    return Check("signer", "unknown", said)


def _names(leaf: x509.Certificate) -> list[str]:
    try:
        found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return found.get_values_for_type(x509.DNSName)
    except (x509.ExtensionNotFound, ValueError):
        return [certificates.named(leaf)]


def _verifies(public: Any, signature: bytes, over: bytes) -> bool:
    """ECDSA with SHA-256, its value as DER or as the two numbers side by side (Web Crypto)."""
    half = (public.curve.key_size + 7) // 8
    if len(signature) == 2 * half:
        numbers = (int.from_bytes(each, "big") for each in (signature[:half], signature[half:]))
        signature = encode_dss_signature(*numbers)
    try:
        public.verify(signature, over, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _public(text: object) -> ec.EllipticCurvePublicKey | None:
    try:
        public = serialization.load_der_public_key(_decoded(text))
    except (ValueError, UnsupportedAlgorithm):
        return None
    return public if isinstance(public, ec.EllipticCurvePublicKey) else None


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(str(text or ""), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _aware(text: str) -> datetime | None:
    if not text:
        return None
    made = datetime.fromisoformat(text)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(f"“{each[:200]}”" for each in names[:_SHOWN]) + more
