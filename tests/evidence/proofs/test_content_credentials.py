"""Content credentials: what holds, what fails, and whom the given authorities vouch for."""

from __future__ import annotations

import io

import pytest

from amparo.evidence.proofs import content_credentials
from amparo.evidence.proofs.findings import Finding
from tests.evidence.proofs.authorities import (
    authority,
    picture,
    signer,
    transplanted,
    with_credentials,
    with_expired_credentials,
)

ROOT = authority()


def found(data: bytes, anchors: str = "") -> Finding:
    finding = content_credentials.find(io.BytesIO(data), "image/jpeg", anchors)
    assert finding is not None
    return finding


def said(finding: Finding) -> str:
    return " ".join(check.sentence for check in finding.checks)


def test_a_signer_whom_a_trusted_authority_vouches_for() -> None:
    finding = found(with_credentials(signer(ROOT), picture()), ROOT.pem)
    assert (finding.answer("file"), finding.answer("signer")) == ("holds", "holds")
    assert "“Camera 7, Proving Ground” signed" in said(finding)
    facts = dict(finding.facts)
    assert facts["made with"] == "proving ground 1"
    assert facts["kind of source"] == "digitalCapture"
    assert [(claim.source, claim.time) for claim in finding.claims] == [
        ("c2pa", "2021-03-01T10:00:00Z")
    ]


@pytest.mark.parametrize("anchors", ["", authority("Someone else").pem])
def test_a_signer_whom_nobody_vouches_for_is_unknown(anchors: str) -> None:
    finding = found(with_credentials(signer(ROOT), picture()), anchors)
    assert (finding.answer("file"), finding.answer("signer")) == ("holds", "unknown")
    assert "no authority trusted here vouches for that" in said(finding)


def test_a_changed_file_does_not_fit_its_credentials() -> None:
    data = bytearray(with_credentials(signer(ROOT), picture()))
    data[data.rindex(b"\xff\xda") + 20] ^= 1
    assert found(bytes(data), ROOT.pem).answer("file") == "fails"


def test_another_files_credentials_do_not_fit() -> None:
    moved = transplanted(with_credentials(signer(ROOT), picture()), picture("blue"))
    finding = found(moved, ROOT.pem)
    assert finding.answer("file") == "fails"
    assert "another file's" in said(finding)


def test_an_expired_certificate_is_told() -> None:
    finding = found(with_expired_credentials(ROOT), ROOT.pem)
    assert finding.answer("signer") == "fails"
    assert finding.answer("file") == "holds"


def test_credentials_kept_outside_are_not_fetched() -> None:
    data = with_credentials(signer(ROOT), picture(), remote="https://example.org/m.c2pa")
    finding = found(data)
    assert finding.answer("file") == "unknown"
    assert said(finding) == "Its credentials are kept at example.org; they were not fetched."


@pytest.mark.parametrize("data", [picture(), b"\xff\xd8\xff\xe0torn", b""])
def test_without_credentials_there_is_nothing_to_say(data: bytes) -> None:
    assert content_credentials.find(io.BytesIO(data), "image/jpeg", "") is None


def test_only_kinds_that_can_carry_them_are_looked_at() -> None:
    kinds = ("image/jpeg", "video/mp4", "application/pdf", "text/plain", "application/zip")
    assert [content_credentials.takes(each) for each in kinds] == [True, True, True, False, False]
