"""Taking what someone gives to show who they are, and saying on the form why it is not enough."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest

from amparo.accounts.web.actions import check_code, check_passkey, check_password
from amparo.accounts.web.forms import ProofForm, SecondForm
from amparo.accounts.web.models import User
from amparo.accounts.web.passkeys import Asked
from amparo.base.errors import TooManyAttempts, WrongPassphrase

__all__ = ["address_of", "asked_of", "prove", "prove_second", "remember_asked"]

ASKED = "passkey asked"


def address_of(request: HttpRequest) -> str:
    """Where the request came from, for the audit and the throttle."""
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


def remember_asked(request: HttpRequest, asked: Asked) -> None:
    """Keep what a browser was asked, for its one answer."""
    request.session[ASKED] = {"host": asked.host, "state": dict(asked.state)}


def asked_of(request: HttpRequest) -> Asked:
    """What the browser was asked last, once; WrongPassphrase when it was asked nothing."""
    kept = request.session.pop(ASKED, None)
    if not kept:
        raise WrongPassphrase("The passkey was not asked for.", next_step="Try again.")
    return Asked(kept["host"], kept["state"])


def prove(request: HttpRequest, form: ProofForm, action: str) -> bool:
    """Whether what the person gave shows who they are; else the form says why not."""
    user, given = cast(User, request.user), form.cleaned_data
    try:
        if given.get("passkey"):
            _passkey(request, given["passkey"], user, action)
        elif given.get("code"):
            check_code(user, given["code"], address=address_of(request), action=action)
        else:
            address = address_of(request)
            check_password(user.username, given["password"], address=address, action=action)
    except (TooManyAttempts, WrongPassphrase) as error:
        form.add_error(None, str(error))
        return False
    return True


def prove_second(request: HttpRequest, form: SecondForm, user: User) -> bool:
    """The same with a second factor only, of someone who is about to sign in."""
    given: dict[str, Any] = form.cleaned_data
    try:
        if given.get("passkey"):
            _passkey(request, given["passkey"], user, "sign in by second factor")
        else:
            check_code(
                user,
                given.get("code", ""),
                address=address_of(request),
                action="sign in by second factor",
            )
    except (TooManyAttempts, WrongPassphrase) as error:
        form.add_error(None, str(error))
        return False
    return True


def _passkey(request: HttpRequest, response: str, user: User, action: str) -> None:
    check_passkey(
        asked_of(request), response, user=user, address=address_of(request), action=action
    )
