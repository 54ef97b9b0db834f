"""Authorities, certificates and signed files of our own, made by the tests that use them."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

NOW = datetime.now(UTC)
MANIFEST = {
    "claim_generator_info": [{"name": "proving ground", "version": "1"}],
    "title": "field.jpg",
    "assertions": [{"label": "c2pa.actions", "data": {"actions": [{
        "action": "c2pa.created", "when": "2021-03-01T10:00:00Z",
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    }]}}],
}  # fmt: skip
_PEM = serialization.Encoding.PEM


@dataclass
class Signer:
    """A key with its certificate and the authority's that made it."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(_PEM).decode()

    @property
    def whole_chain(self) -> str:
        return "".join(each.public_bytes(_PEM).decode() for each in (self.certificate, *self.chain))


def authority(name: str = "Proving Ground Root") -> Signer:
    """A root that signs others."""
    return _made(name, None, -3650, 3650)


def signer(
    root: Signer, name: str = "Camera 7", *, first: int = -30, last: int = 365, domain: str = ""
) -> Signer:
    """A certificate made out by ``root``, valid from ``first`` to ``last`` days from now."""
    return _made(name, root, first, last, domain)


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def with_credentials(who: Signer, data: bytes, *, remote: str = "") -> bytes:
    """A JPEG with C2PA credentials, by the reference library."""
    settings = {"verify": {"verify_after_sign": False, "verify_trust": False}}
    key = who.key.private_bytes(
        _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    info = c2pa.C2paSignerInfo(b"es256", who.whole_chain.encode(), key, None)
    out = io.BytesIO()
    with c2pa.Context.from_dict(settings) as context:
        builder = c2pa.Builder(MANIFEST, context=context)
        if remote:
            builder.set_no_embed()
            builder.set_remote_url(remote)
        builder.sign(c2pa.Signer.from_info(info), "image/jpeg", io.BytesIO(data), out)
    return out.getvalue()


def with_expired_credentials(root: Signer) -> bytes:
    """Credentials signed with a certificate that had expired, which the library refuses to make.

    They are signed with a good one; then an expired one of the same key and length takes its
    place, and the signature is made again over the bytes that the library had us sign.
    """
    good = _made("Camera 7", root, -30, 365)
    seen: list[bytes] = []

    def sign(data: bytes) -> bytes:
        seen.append(data)
        return _raw(good.key, data)

    callback = c2pa.Signer.from_callback(sign, c2pa.C2paSigningAlg.ES256, good.whole_chain, None)
    settings = {"verify": {"verify_after_sign": False, "verify_trust": False}}
    out = io.BytesIO()
    with c2pa.Context.from_dict(settings) as context:
        builder = c2pa.Builder(MANIFEST, context=context)
        builder.sign(callback, "image/jpeg", io.BytesIO(picture()), out)
    der = good.certificate.public_bytes(serialization.Encoding.DER)
    expired = der
    while len(expired) != len(der) or expired == der:
        other = _made("Camera 7", root, -60, -5, key=good.key)
        expired = other.certificate.public_bytes(serialization.Encoding.DER)
    signed = seen[-1]
    old = _last_signature(out.getvalue(), good, signed)
    new = _raw(good.key, signed.replace(der, expired))
    return out.getvalue().replace(der, expired).replace(old, new)


def transplanted(credentials_of: bytes, onto: bytes) -> bytes:
    """The credentials of one JPEG in another: its APP11 segments, moved."""
    segments, at = b"", 2
    while credentials_of[at] == 0xFF and credentials_of[at + 1] != 0xDA:
        length = int.from_bytes(credentials_of[at + 2 : at + 4], "big") + 2
        if credentials_of[at + 1] == 0xEB:
            segments += credentials_of[at : at + length]
        at += length
    return onto[:2] + segments + onto[2:]


def collection(
    *, who: Signer | None = None, anonymous: bool = False, domain: str = "", at: datetime = NOW,
    warc: bytes = b"", change: str = "", stamp: Callable[[bytes], bytes] | None = None,
) -> bytes:  # fmt: skip
    """A WACZ; signed by a domain's certificate or by a bare key.

    ``change`` damages it after signing: "file", "list", "signature", "unlisted".
    """
    members = {
        "archive/data.warc.gz": warc or b"records",
        "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages"}\n',
    }
    created = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    listed = {
        "profile": "data-package", "wacz_version": "1.1.1", "software": "proving ground",
        "title": "A collection", "created": created,
        "resources": [
            {"name": path.rpartition("/")[2], "path": path, "bytes": len(data),
             "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
            for path, data in members.items()
        ],
    }  # fmt: skip
    data = json.dumps(listed, indent=1).encode()
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    stated: dict[str, object] = {"path": "datapackage.json", "hash": digest}
    if who or anonymous:
        key = who.key if who else ec.generate_private_key(ec.SECP384R1())
        over = b"another" if change == "signature" else digest.encode()
        made = key.sign(over, ec.ECDSA(hashes.SHA256()))
        signed: dict[str, object] = {"hash": digest, "created": created, "software": "test"}
        if who:
            signed |= {"domain": domain, "domainCert": who.whole_chain}
        else:
            size = 48
            made = b"".join(n.to_bytes(size, "big") for n in utils.decode_dss_signature(made))
            public = key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            signed["publicKey"] = base64.b64encode(public).decode()
        signed["signature"] = base64.b64encode(made).decode()
        if stamp:
            made = stamp(str(signed["signature"]).encode())
            signed["timeSignature"] = base64.b64encode(made).decode()
        stated["signedData"] = signed
    if change == "file":
        members["archive/data.warc.gz"] += b"!"
    if change == "list":
        data = data.replace(b"A collection", b"B collection")
    if change == "unlisted":
        members["archive/more.warc.gz"] = b"slipped in"
    members["datapackage.json"] = data
    members["datapackage-digest.json"] = json.dumps(stated).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return out.getvalue()


def _raw(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    numbers = utils.decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return b"".join(number.to_bytes(32, "big") for number in numbers)


def _last_signature(whole: bytes, who: Signer, signed: bytes) -> bytes:
    """The 64 bytes in a file that are this key's signature: those after CBOR's ``58 40``."""
    at = whole.find(b"\x58\x40")
    while at >= 0:
        value = whole[at + 2 : at + 66]
        numbers = (int.from_bytes(half, "big") for half in (value[:32], value[32:]))
        try:
            who.key.public_key().verify(
                utils.encode_dss_signature(*numbers), signed, ec.ECDSA(hashes.SHA256())
            )
        except Exception:  # noqa: BLE001, S110  not this one
            pass
        else:
            return value
        at = whole.find(b"\x58\x40", at + 1)
    raise AssertionError("the signature is not in the file")


def _made(
    name: str, root: Signer | None, first: int, last: int, domain: str = "",
    key: ec.EllipticCurvePrivateKey | None = None,
) -> Signer:  # fmt: skip
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Proving Ground"),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ])  # fmt: skip
    is_root = root is None
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if root is None else root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=first))
        .not_valid_after(NOW + timedelta(days=last))
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(_usage(is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if root is not None:
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(issuer, critical=False).add_extension(
            purpose, critical=True
        )
    if domain:
        names = x509.SubjectAlternativeName([x509.DNSName(domain)])
        builder = builder.add_extension(names, critical=False)
    certificate = builder.sign(root.key if root else key, hashes.SHA256())
    return Signer(key, certificate, () if root is None else (root.certificate,))


def _usage(is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_root, crl_sign=is_root,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
