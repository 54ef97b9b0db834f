"""Signing in with an OpenID Connect provider: what it is asked, and what its answer is worth.

The authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636). A person is
who the provider's *subject* says, together with the issuer: both stay for good, while an e-mail
address or a name is whatever the provider says today (Core 1.0, section 5.7). Nothing else that the
provider tells is believed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt

from amparo.base.errors import UsageError, VerificationError

__all__ = ["Asked", "Discovered", "Told", "address_to", "ask", "discovered", "discovery_of", "told"]

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
CLOCK_SECONDS = 60
LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a provider publishes of itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    asks_at: str
    token_at: str
    keys_at: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent along with the person, to know the answer by: each is random, for one use."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier (RFC 7636, S256)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Told:
    """Who the provider says it is: issuer and subject. ``shown_as`` is for the person to read."""

    issuer: str
    subject: str
    shown_as: str


def discovery_of(issuer: str) -> str:
    """The address at which an issuer publishes itself; UsageError for one that is no address."""
    parts = urlsplit(issuer)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.query or parts.fragment:
        raise UsageError(
            f"{issuer!r} is no issuer.", next_step="Copy it from the provider’s pages."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise UsageError("An issuer is called by https only.")
    return issuer.rstrip("/") + "/.well-known/openid-configuration"


def discovered(issuer: str, document: bytes) -> Discovered:
    """Read what ``issuer`` published; VerificationError when it calls itself otherwise."""
    said = _object(document)
    if said.get("issuer") != issuer:
        raise VerificationError("The issuer", got=said.get("issuer"), expected=issuer)
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    found = [said.get(name) for name in names]
    for name, address in zip(names, found, strict=True):
        if not isinstance(address, str) or urlsplit(address).scheme not in ("https", "http"):
            raise VerificationError(f"The provider's {name}", got=address, expected="an address")
    return Discovered(issuer, *map(str, found))


def ask() -> Asked:
    """Something new to ask with."""
    return Asked(*(secrets.token_urlsafe(32) for _ in range(3)))


def address_to(asks_at: str, asked: Asked, *, client_id: str, back: str) -> str:
    """Where the person is sent to show the provider who they are."""
    query = {
        "response_type": "code",
        "scope": "openid email",
        "client_id": client_id,
        "redirect_uri": back,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": asked.challenge,
        "code_challenge_method": "S256",
    }
    return f"{asks_at}{'&' if urlsplit(asks_at).query else '?'}{urlencode(query)}"


def told(
    answer: bytes, keys: bytes, *, issuer: str, client_id: str, asked: Asked, now: float
) -> Told:
    """Who the provider's answer at the token endpoint says it is.

    ``keys`` is the provider's key set (RFC 7517). VerificationError, "got X, expected Y", when the
    signature, issuer, audience, nonce, time or subject is not right (Core 1.0, section 3.1.3.7).
    """
    token = _object(answer).get("id_token")
    if not isinstance(token, str):
        raise VerificationError("The provider's answer", got="no id_token", expected="one")
    claims = _signed(token, _object(keys))
    _check(claims, issuer=issuer, client_id=client_id, nonce=asked.nonce, now=now)
    shown_as = next((claims[name] for name in ("email", "name") if claims.get(name)), "")
    return Told(issuer, claims["sub"], str(shown_as)[:200])


def _signed(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of a token that one of the provider's own keys signed."""
    try:
        name = jwt.get_unverified_header(token).get("kid")
        ours = [key for key in keys.get("keys", ()) if name is None or key.get("kid") == name]
        ours = [key for key in ours if key.get("kty") != "oct" and key.get("use", "sig") == "sig"]
        if len(ours) != 1:
            found = f"{len(ours)} keys named {name}"
            raise VerificationError("The token's key", got=found, expected="one of the provider's")
        options: Any = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
        options |= {"verify_aud": False, "verify_iss": False, "verify_sub": False}
        claims: dict[str, Any] = jwt.decode(
            token, jwt.PyJWK(ours[0]), algorithms=list(ALGORITHMS), options=options
        )
    except (jwt.PyJWTError, TypeError, AttributeError) as error:
        raise VerificationError(
            "The token", got=error, expected="a signature that holds"
        ) from error
    return claims


def _check(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: float
) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    expires, issued, subject = claims.get("exp"), claims.get("iat"), claims.get("sub")
    party = claims.get("azp", client_id if len(audiences) == 1 else None)
    for what, holds, got, expected in (
        ("issuer", claims.get("iss") == issuer, claims.get("iss"), issuer),
        ("audience", client_id in audiences, audience, client_id),
        ("authorized party", party == client_id, party, client_id),
        ("nonce", _same(claims.get("nonce"), nonce), "another", "the one that was sent"),
        ("expiry", _number(expires) > now - CLOCK_SECONDS, expires, f"after {now:.0f}"),
        ("time of issue", 0 < _number(issued) < now + CLOCK_SECONDS, issued, f"before {now:.0f}"),
        ("subject", _is_subject(subject), subject, "1 to 255 characters"),
    ):
        if not holds:
            raise VerificationError(f"The token's {what}", got=got, expected=expected)


def _is_subject(subject: object) -> bool:
    return isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT


def _number(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else 0.0  # type: ignore[arg-type]


def _same(one: object, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(one.encode(), other.encode())


def _object(document: bytes) -> dict[str, Any]:
    try:
        value = json.loads(document)
    except ValueError as error:
        raise VerificationError("The provider's answer", got="no JSON", expected="JSON") from error
    if not isinstance(value, dict):
        raise VerificationError("The provider's answer", got="no object", expected="an object")
    return value
