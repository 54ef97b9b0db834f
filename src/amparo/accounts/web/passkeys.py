"""Passkeys (WebAuthn level 2), by the library ``fido2``: what a browser is asked, and its answers.

A passkey belongs to the name of this server, so that no other site can use it; a bare number as
``127.0.0.1`` has no name, and there are no passkeys there. The only file that knows the library.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fido2.rpid import verify_rp_id
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

__all__ = ["Asked", "Made", "ask", "ask_new", "can_be_used_at", "check", "credential_in", "make"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser was asked: the server's name, and the library's memory of the question."""

    host: str
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey: its public part, the name of the credential, and its counter."""

    public: bytes
    credential: str
    counter: int


def can_be_used_at(host: str) -> bool:
    """Whether a server at ``host`` (without port) can have passkeys: it needs a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False


def ask_new(
    host: str, *, person: str, name: str, title: str, known: Iterable[bytes]
) -> tuple[dict[str, Any], Asked]:
    """What to ask a browser for a new passkey of ``person`` (an id), and what to remember."""
    user = PublicKeyCredentialUserEntity(id=person.encode(), name=name, display_name=title)
    options, state = _server(host).register_begin(
        user,
        [AttestedCredentialData(each) for each in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _plain(options.public_key), Asked(host, state)


def make(asked: Asked, response: str) -> Made:
    """The passkey that a browser made; ValueError when the answer is not to what was asked."""
    answer = _object(response)
    try:
        given = RegistrationResponse.from_dict(answer)
        seen = _server(asked.host).register_complete(asked.state, given)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("the answer has not the form of a registration") from error
    if seen.credential_data is None:
        raise ValueError("the answer brings no credential")
    public = bytes(seen.credential_data)
    return Made(public, websafe_encode(seen.credential_data.credential_id), seen.counter)


def ask(
    host: str, known: Iterable[bytes] | None, *, alone: bool = False
) -> tuple[dict[str, Any], Asked]:
    """What to ask a browser to use a passkey, and what to remember.

    ``known`` are the public parts of those that will do, None for any; ``alone`` when there is no
    password beside it, so that the passkey must have been opened by its owner.
    """
    credentials = None if known is None else [AttestedCredentialData(each) for each in known]
    verification = UserVerificationRequirement.REQUIRED if alone else None
    options, state = _server(host).authenticate_begin(credentials, verification)
    return _plain(options.public_key), Asked(host, state)


def credential_in(response: str) -> str:
    """The name of the credential that an answer says it is from; ValueError when it says none."""
    name = _object(response).get("id")
    if not isinstance(name, str):
        raise ValueError("the answer names no credential")
    return name


def check(asked: Asked, response: str, public: bytes) -> int:
    """The passkey's counter when the answer is right; ValueError when it is not."""
    answer, known = _object(response), [AttestedCredentialData(public)]
    try:
        given = AuthenticationResponse.from_dict(answer)
        _server(asked.host).authenticate_complete(asked.state, known, given)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("the answer has not the form of an assertion") from error
    return given.response.authenticator_data.counter


def _server(host: str) -> Fido2Server:
    def is_ours(origin: str) -> bool:
        """The very host, not one below it: a neighbour's page may not ask in our name."""
        return urlsplit(origin).hostname == host and verify_rp_id(host, origin)

    return Fido2Server(PublicKeyCredentialRpEntity(name="Amparo", id=host), verify_origin=is_ours)


def _plain(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(options), default=dict))
    return plain


def _object(response: str) -> dict[str, Any]:
    """The answer as an object; every way in which it can be wrong is a ValueError."""
    try:
        answer = json.loads(response)
    except ValueError as error:
        raise ValueError("the answer is not JSON") from error
    if not isinstance(answer, dict):
        raise ValueError("the answer is no object")
    return answer
