"""What a provider's answer is worth: who signed it, for whom, when, and about whom."""

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from amparo.accounts import oidc
from amparo.base.errors import UsageError, VerificationError

ISSUER, CLIENT, NOW = "https://login.example.org/office", "amparo", 1_800_000_000
ASKED = oidc.Asked("state", "nonce", "verifier")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLAIMS = {
    "iss": ISSUER,
    "aud": CLIENT,
    "sub": "0042",
    "nonce": "nonce",
    "iat": NOW - 5,
    "exp": NOW + 300,
    "email": "rosa@example.org",
}


def keys(*pairs: tuple[str, Any]) -> bytes:
    found = []
    for name, key in pairs or (("one", KEY),):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        found.append({**public, "kid": name, "use": "sig"})
    return json.dumps({"keys": found}).encode()


def answer(claims: dict[str, Any], key: Any = KEY, algorithm: str = "RS256") -> bytes:
    token = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "one"})
    return json.dumps({"id_token": token, "access_token": "x"}).encode()


def told(document: bytes, known: bytes | None = None) -> oidc.Told:
    return oidc.told(
        document, known or keys(), issuer=ISSUER, client_id=CLIENT, asked=ASKED, now=NOW
    )


def test_a_right_answer_says_who() -> None:
    assert told(answer(CLAIMS)) == oidc.Told(ISSUER, "0042", "rosa@example.org")


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"iss": "https://elsewhere.example"}, "issuer"),
        ({"aud": "another"}, "audience"),
        ({"aud": ["another", "third"]}, "audience"),
        ({"aud": [CLIENT, "another"]}, "authorized party"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "authorized party"),
        ({"azp": "another"}, "authorized party"),
        ({"nonce": "of another time"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": NOW - 61}, "expiry"),
        ({"exp": None}, "expiry"),
        ({"exp": "soon"}, "expiry"),
        ({"iat": NOW + 600}, "time of issue"),
        ({"sub": ""}, "subject"),
        ({"sub": 42}, "subject"),
        ({"sub": "x" * 256}, "subject"),
    ],
)
def test_a_wrong_claim_is_named(changed: dict[str, Any], what: str) -> None:
    claims = {k: v for k, v in {**CLAIMS, **changed}.items() if v is not None}
    if isinstance(claims.get("sub"), int) or claims.get("exp") == "soon":
        token = _by_hand(claims)
    else:
        token = answer(claims)
    with pytest.raises(VerificationError, match=what):
        told(token)


def _by_hand(claims: dict[str, Any]) -> bytes:
    """A signed token whose claims the library would not write."""
    payload = json.dumps(claims).encode()
    token = jwt.PyJWS().encode(payload, KEY, algorithm="RS256", headers={"kid": "one"})
    return json.dumps({"id_token": token}).encode()


def test_another_key_is_refused() -> None:
    with pytest.raises(VerificationError, match="signature"):
        told(answer(CLAIMS, OTHER))


def test_no_signature_is_refused() -> None:
    token = jwt.encode(CLAIMS, None, algorithm="none", headers={"kid": "one"})
    with pytest.raises(VerificationError):
        told(json.dumps({"id_token": token}).encode())


def test_a_public_key_is_no_shared_secret() -> None:
    secret = json.loads(keys())["keys"][0]["n"].encode()
    token = jwt.encode(CLAIMS, secret, algorithm="HS256", headers={"kid": "one"})
    with pytest.raises(VerificationError):
        told(json.dumps({"id_token": token}).encode())


def test_a_shared_secret_among_the_keys_is_passed_over() -> None:
    shared = json.dumps({"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "one"}]}).encode()
    token = jwt.encode(CLAIMS, b"secret", algorithm="HS256", headers={"kid": "one"})
    with pytest.raises(VerificationError, match="key"):
        told(json.dumps({"id_token": token}).encode(), shared)


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b'{"id_token": 1}', b'{"id_token": "x"}'])
def test_what_is_no_answer_is_refused(document: bytes) -> None:
    with pytest.raises(VerificationError):
        told(document)


def test_elliptic_curves_are_known() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
    known = json.dumps({"keys": [{**public, "kid": "one"}]}).encode()
    assert told(answer(CLAIMS, key, "ES256"), known).subject == "0042"


@pytest.mark.parametrize("issuer", ["http://login.example.org", "login", "https://a.example?x=1"])
def test_an_issuer_is_called_by_https(issuer: str) -> None:
    with pytest.raises(UsageError):
        oidc.discovery_of(issuer)


def test_a_provider_calls_itself_as_it_is_called() -> None:
    document = json.dumps({"issuer": "https://elsewhere.example"}).encode()
    with pytest.raises(VerificationError, match="elsewhere"):
        oidc.discovered(ISSUER, document)


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    asked = oidc.Asked("", "", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert asked.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
