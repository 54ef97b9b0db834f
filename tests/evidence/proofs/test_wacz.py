"""Signed web archive collections: hashes, signatures, certificates and time stamps."""

from __future__ import annotations

import hashlib
import io
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from amparo.evidence.proofs import wacz, warc
from amparo.evidence.proofs.findings import Finding
from amparo.evidence.proofs.keys import Known, Trust
from tests.authority import local_authority, post
from tests.evidence.proofs.authorities import NOW, authority, collection, signer
from tests.extract.readers.test_webarchive import archive

ROOT = authority()
DOMAIN = "archive.example.org"
TRUST = Trust(certificates=(Known("Proving ground", ROOT.pem),))
DATA = Path("/work/shared/data/evidence")


def found(data: bytes, trust: Trust = TRUST) -> Finding:
    return wacz.find(io.BytesIO(data), trust)


def said(finding: Finding) -> str:
    return " ".join(check.sentence for check in finding.checks)


def test_a_domain_that_a_trusted_authority_vouches_for() -> None:
    finding = found(collection(who=signer(ROOT, DOMAIN, domain=DOMAIN), domain=DOMAIN))
    assert (finding.answer("file"), finding.answer("signer")) == ("holds", "holds")
    assert {claim.source for claim in finding.claims} == {"wacz", "wacz signature"}


def test_a_domain_that_nobody_vouches_for_is_unknown() -> None:
    finding = found(collection(who=signer(ROOT, domain=DOMAIN), domain=DOMAIN), Trust())
    assert (finding.answer("file"), finding.answer("signer")) == ("holds", "unknown")


def test_a_bare_key_proves_nobody() -> None:
    finding = found(collection(anonymous=True))
    assert (finding.answer("file"), finding.answer("signer")) == ("holds", "unknown")
    assert "whose it is, is not known" in said(finding)


def test_an_unsigned_collection_says_so() -> None:
    finding = found(collection())
    assert (finding.answer("file"), finding.answer("signer")) == ("holds", "unknown")
    assert "It is not signed" in said(finding)


@pytest.mark.parametrize("change", ["file", "list", "signature"])
def test_what_was_changed_fails(change: str) -> None:
    who = signer(ROOT, DOMAIN, domain=DOMAIN)
    assert found(collection(who=who, domain=DOMAIN, change=change)).answer("file") == "fails"


def test_a_file_that_nobody_listed_is_named() -> None:
    finding = found(collection(anonymous=True, change="unlisted"))
    assert finding.answer("file") == "unknown"
    assert "Not listed, so not vouched for: “archive/more.warc.gz”." in said(finding)


def test_records_inside_are_held_against_their_own_digests() -> None:
    good = archive(gzip=False)
    assert "All 3 records that state a digest have it." in said(found(collection(warc=good)))
    changed = found(collection(warc=good.replace(b"<p>One</p>", b"<p>Two</p>")))
    assert changed.answer("file") == "fails"


def test_an_expired_certificate_fails() -> None:
    who = signer(ROOT, DOMAIN, first=-90, last=-30, domain=DOMAIN)
    finding = found(collection(who=who, domain=DOMAIN))
    assert finding.answer("signer") == "fails"
    then = found(collection(who=who, domain=DOMAIN, at=NOW - timedelta(days=60)))
    assert then.answer("signer") == "holds"


def test_another_domains_certificate_fails() -> None:
    who = signer(ROOT, domain="other.example.org")
    assert found(collection(who=who, domain=DOMAIN)).answer("signer") == "fails"


def test_a_time_stamp_is_followed_to_its_authority(tmp_path: Path) -> None:
    who = signer(ROOT, DOMAIN, domain=DOMAIN)
    with local_authority(tmp_path) as clock:
        data = collection(who=who, domain=DOMAIN, stamp=lambda over: stamp_of(clock.address, over))
        trusted = Trust(certificates=(*TRUST.certificates, Known("Clock", clock.root.decode())))
        assert found(data, trusted).answer("time") == "holds"
        assert found(data).answer("time") == "unknown"
        other = collection(
            who=who, domain=DOMAIN, stamp=lambda _: stamp_of(clock.address, b"another")
        )
    assert found(other, trusted).answer("time") == "fails"


def stamp_of(address: str, over: bytes) -> bytes:
    query = subprocess.run(
        ["openssl", "ts", "-query", "-sha256", "-cert", "-digest"]
        + [hashlib.sha256(over).hexdigest()],
        check=True,
        capture_output=True,
    )
    return post(address, query.stdout)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04torn", b"no zip"])
def test_a_damaged_collection_fails_calmly(data: bytes) -> None:
    assert found(data).answer("file") == "fails"


@pytest.mark.shared_data
@pytest.mark.skipif(not DATA.is_dir(), reason="the shared inputs are not here")
def test_the_real_collections() -> None:
    answers = {
        name: (finding.answer("file"), finding.answer("signer"))
        for name in ("valid_example_1", "invalid_example_1", "invalid_signed_example_1")
        for finding in [found((DATA / f"py-wacz__{name}.wacz").read_bytes(), Trust())]
    }
    assert answers == {
        "valid_example_1": ("holds", "unknown"),
        "invalid_example_1": ("fails", "unknown"),
        "invalid_signed_example_1": ("holds", "unknown"),
    }


def test_records_are_held_against_their_own_digests() -> None:
    whole = archive(gzip=False)
    assert warc.find(io.BytesIO(whole)).answer("file") == "holds"  # type: ignore[union-attr]
    changed = warc.find(io.BytesIO(whole.replace(b"<p>One</p>", b"<p>Two</p>")))
    assert changed is not None
    assert changed.answer("file") == "fails"
    assert "http://example.org/" in said(changed)
    assert warc.find(io.BytesIO(b"")) is None
