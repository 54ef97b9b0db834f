"""A time stamping authority of our own on the loopback: openssl behind a throwaway certificate."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.57264.2
digests = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
"""


@dataclass
class LocalAuthority:
    """Its address, its root certificate (PEM), and every request that it received."""

    address: str
    root: bytes
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def local_authority(
    folder: Path, *, several_certificates: bool = False
) -> Iterator[LocalAuthority]:
    """Serve time stamps while the block runs."""
    root = _make_certificates(folder, through_another=several_certificates)
    chain = f"certs = {folder}/chain.pem\n" if several_certificates else ""
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder) + chain)
    (folder / "serial").write_text("1000\n")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(folder))
    authority = LocalAuthority(f"http://127.0.0.1:{server.server_port}/", root)
    server.authority = authority  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def post(address: str, request: bytes) -> bytes:
    """A transport for tests: one POST, as RFC 3161 section 3.4 says."""
    headers = {"Content-Type": "application/timestamp-query"}
    with urlopen(Request(address, request, headers), timeout=60) as answer:
        return bytes(answer.read())


def _handler(folder: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.authority.requests.append(query)  # type: ignore[attr-defined]
            answer = _reply(folder, query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _reply(folder: Path, query: bytes) -> bytes:
    (folder / "query.tsq").write_bytes(query)
    subprocess.run(
        ["openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-section", "here"]
        + ["-queryfile", folder / "query.tsq", "-out", folder / "reply.tsr"],
        check=False,
        capture_output=True,
    )
    return (folder / "reply.tsr").read_bytes()


def _make_certificates(folder: Path, *, through_another: bool) -> bytes:
    """Write the authority's key and certificate, and the chain to enclose; return the root."""
    root_key, root = _certificate("Throwaway Root", None, None)
    issuer_key, issuer = root_key, root
    if through_another:
        issuer_key, issuer = _certificate("Throwaway Intermediate", root_key, root)
    key, leaf = _certificate("Throwaway Time Stamps", issuer_key, issuer, stamps=True)
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "tsa.pem").write_bytes(leaf.public_bytes(pem))
    (folder / "chain.pem").write_bytes(issuer.public_bytes(pem) + root.public_bytes(pem))
    (folder / "tsa.key").write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    return root.public_bytes(pem)


def _certificate(
    name: str,
    issuer_key: ec.EllipticCurvePrivateKey | None,
    issuer: x509.Certificate | None,
    *,
    stamps: bool = False,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signing_key = issuer_key or key
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=not stamps, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()),
            critical=False,
        )
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return key, builder.sign(signing_key, hashes.SHA256())
