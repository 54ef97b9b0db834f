"""Codes that are typed: those of the standard, each once, and recovery codes however typed."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from amparo.accounts import factors

RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Appendix B, SHA-1, the last six of the eight digits."""
    assert factors.code_at(RFC_SECRET, seconds // factors.STEP_SECONDS) == code


@pytest.mark.parametrize(("late", "is_taken"), [(-45, True), (0, True), (30, True), (60, False)])
def test_clocks_may_differ_by_a_step(late: int, is_taken: bool) -> None:
    code = factors.code_at(RFC_SECRET, 1_000)
    now = 1_000 * factors.STEP_SECONDS + 15 + late
    assert (factors.matching_step(RFC_SECRET, code, now=now, after=0) is not None) is is_taken


def test_a_code_is_taken_once() -> None:
    code, now = factors.code_at(RFC_SECRET, 1_000), 1_000 * factors.STEP_SECONDS
    assert factors.matching_step(RFC_SECRET, code, now=now, after=999) == 1_000
    assert factors.matching_step(RFC_SECRET, code, now=now, after=1_000) is None


@pytest.mark.parametrize("typed", ["287 082", " 287082 ", "287-082"])
def test_how_it_is_spaced_does_not_matter(typed: str) -> None:
    assert factors.matching_step(RFC_SECRET, typed, now=59, after=0) == 1


@pytest.mark.parametrize("typed", ["", "28708", "٢٨٧٠٨٢", "287082 287082", "x" * 500])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert factors.matching_step(RFC_SECRET, typed, now=59, after=0) is None


def test_an_app_reads_the_address() -> None:
    uri = urlsplit(factors.key_uri(RFC_SECRET, person="rosa o", place="Amparo"))
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Amparo%3Arosa%20o")
    assert parse_qs(uri.query)["secret"] == ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"]


def test_recovery_codes_are_all_different_and_hard_to_guess() -> None:
    codes = factors.new_recovery_codes()
    assert len(set(codes)) == factors.RECOVERY_CODES
    assert {len(factors.plain_recovery_code(code)) for code in codes} == {16}


def test_a_recovery_code_is_the_same_however_it_is_typed() -> None:
    assert factors.plain_recovery_code("abcd-2io7 x") == factors.plain_recovery_code("ABCD2107X")
