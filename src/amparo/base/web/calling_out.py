"""The one door through which anything leaves this computer on its own.

A slice that wants to call out registers a purpose: what it is, what leaves, to where. Every
purpose is off until a person with the right switches it on. Each call is written down, whether it
worked or not, before its answer is used. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from amparo.base.errors import CallFailed, CallingOutIsOff, UsageError
from amparo.base.web.jobs import enqueue
from amparo.base.web.models import CallSwitch, OutgoingCall

__all__ = ["Purpose", "addresses_of", "get", "is_on", "post", "purpose", "purposes", "register"]
__all__ += ["switch"]

TIMEOUT_SECONDS = 20
LARGEST_ANSWER = 1 << 20


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something that may call out: its name, and for the person who decides what it means."""

    name: str
    title: str | Promise
    why: str | Promise
    leaves: str | Promise
    addresses: tuple[str, ...]
    task: str = ""
    """The job that does what waited for the permission."""


_purposes: dict[str, Purpose] = {}


def register(made: Purpose) -> Purpose:
    """List a purpose; twice is once."""
    _purposes[made.name] = made
    return made


def purposes() -> Iterator[Purpose]:
    """Everything that may call out, by name."""
    return (each for _, each in sorted(_purposes.items()))


def purpose(name: str) -> Purpose:
    """The purpose called ``name``; UsageError when there is none."""
    if name not in _purposes:
        raise UsageError(f"Nothing called {name!r} may call out.")
    return _purposes[name]


def is_on(name: str) -> bool:
    """Whether a person has allowed this purpose; off when nobody ever decided."""
    return CallSwitch.objects.filter(name=name, is_on=True).exists()


def addresses_of(name: str) -> list[str]:
    """Where this purpose calls: what was set, else what it brings."""
    row = CallSwitch.objects.filter(name=name).first()
    return list(row.addresses) if row and row.addresses else list(purpose(name).addresses)


def switch(name: str, *, is_on: bool, addresses: list[str], changed_by: UUID) -> CallSwitch:
    """Write the decision down; the caller has checked the right and writes the audit.

    UsageError for an address that is neither https nor http.
    """
    known = purpose(name)
    for address in addresses:
        _check_address(address)
    row, _ = CallSwitch.objects.update_or_create(
        name=known.name,
        defaults={
            "is_on": is_on,
            "addresses": [] if addresses == [*known.addresses] else addresses,
            "changed_at": timezone.now(),
            "changed_by": changed_by,
        },
    )
    if is_on and known.task:
        enqueue(known.task)
    return row


def post(
    name: str, address: str, body: bytes, *, what: str, headers: Mapping[str, str] | None = None
) -> bytes:
    """Send ``body`` to ``address`` and give the answer; ``what`` tells the log what it was.

    Raises CallingOutIsOff when the purpose is off or the address is not one of its own, CallFailed
    when the service does not answer with 200. Call it outside a transaction, so that its line in
    the log stays whatever happens next.
    """
    if address not in addresses_of(name):
        raise _not_allowed(address)
    request = urllib.request.Request(address, body, dict(headers or {}), method="POST")  # noqa: S310
    return _call(name, request, what=what, sent=len(body))


def get(
    name: str,
    address: str,
    *,
    what: str,
    headers: Mapping[str, str] | None = None,
    largest: int = LARGEST_ANSWER,
) -> bytes:
    """Fetch ``address``, which lies at the same host and port as an address of the purpose.

    ``largest`` is how many bytes are taken at most. The same errors as ``post``.
    """
    if not any(_origin(address) == _origin(known) for known in addresses_of(name)):
        raise _not_allowed(address)
    request = urllib.request.Request(address, None, dict(headers or {}), method="GET")  # noqa: S310
    return _call(name, request, what=what, sent=0, largest=largest)


def _call(
    name: str,
    request: urllib.request.Request,
    *,
    what: str,
    sent: int,
    largest: int = LARGEST_ANSWER,
) -> bytes:
    """Send a request and write it down, whatever comes of it."""
    address = request.full_url
    if not is_on(name):
        raise _not_allowed(address)
    row = OutgoingCall(at=timezone.now(), purpose=name, address=address, what=what, sent=sent)
    try:
        answer = _send(request, largest)
        row.received = len(answer)
    except (OSError, http.client.HTTPException) as error:
        row.error = _reason(error)
        raise CallFailed(
            f"{_host(address)} did not answer: {row.error}.", next_step="It is asked again later."
        ) from error
    finally:
        row.save(force_insert=True)
    return answer


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A service that wants to send us elsewhere has not answered."""

    def redirect_request(self, *_: object) -> None:
        return None


def _send(request: urllib.request.Request, largest: int) -> bytes:
    opener = urllib.request.build_opener(_NoRedirects)
    with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
        data: bytes = answer.read(largest + 1)
    if len(data) > largest:
        raise OSError(f"it sent more than {largest} bytes")
    return data


def _not_allowed(address: str) -> CallingOutIsOff:
    return CallingOutIsOff(
        f"Calling {address} is not allowed.",
        next_step="An administrator can allow it under “What may call out”.",
    )


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"status {error.code}"
    return str(getattr(error, "reason", "") or error) or type(error).__name__


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise UsageError(
            f"{address!r} is no address to call.", next_step="Give one like https://example.org/."
        )


def _host(address: str) -> str:
    return urlsplit(address).hostname or address
