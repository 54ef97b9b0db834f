"""The veil over every answer: who must not know an identity reads the pseudonym, at every address.

The last thing that happens to an answer, so that no page, part, table or message can forget it.
Text is rewritten; what is not text (a picture, a file, a sound) is refused unless the view has seen
to it that it shows nobody, and said so. A view of one matter names it by ``in_view``; where no
matter is named, the veils of all the person's matters lie over the answer.

What a person has typed themselves comes back to them as they typed it. Else a search for a guessed
name would tell, by the pseudonym in the box, that the guess is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape, unescape
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.web.typed import typed_earlier
from amparo.matters.sealing import Veil
from amparo.matters.web.models import Matter
from amparo.matters.web.veils import veil_of, veils_for

__all__ = ["VeilMiddleware", "in_view", "read_by", "shows_nobody"]

_TAG = re.compile(r"(<[^>]*>)")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_ADDRESSES = frozenset({"href", "src", "action", "hx-get", "hx-post", "srcset", "xlink:href"})
_PLUMBING = frozenset({"class", "id", "name", "for", "type", "method", "style", "d", "points"})
_MARKUP = ("text/html", "image/svg+xml", "application/xml", "text/xml")
_PLAIN = ("text/", "application/x-ndjson")
_JSON = ("application/json", "application/ld+json", "application/geo+json")


def in_view(request: HttpRequest, matter: Matter) -> None:
    """Say that the answer is about this matter alone."""
    request.matter_in_view = matter.pk  # type: ignore[attr-defined]


def read_by(request: HttpRequest, user: User) -> None:
    """Say who reads the answer where nobody is signed in, as a calendar that follows a feed."""
    request.reader = user  # type: ignore[attr-defined]


def shows_nobody(response: HttpResponseBase) -> HttpResponseBase:
    """Say of an answer that is not text that no sealed identity can be seen or heard in it."""
    response.shows_nobody = True  # type: ignore[attr-defined]
    return response


class VeilMiddleware:
    """Lay the veils that the person has over the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        veil = _veil_for(request)
        return _veiled(request, response, veil) if veil else response


def _veil_for(request: HttpRequest) -> Veil | None:
    user = getattr(request, "reader", request.user)
    if not user.is_authenticated:
        return None
    veils = veils_for(cast(User, user))
    here: UUID | None = getattr(request, "matter_in_view", None)
    if here is not None:
        return veils.get(here)
    return veil_of(*veils) if veils else None


def _veiled(request: HttpRequest, response: HttpResponseBase, veil: Veil) -> HttpResponseBase:
    how = _way(response, veil, _typed(request))
    if how is None:
        unseen = response.status_code in (204, 304) or 300 <= response.status_code < 400
        return response if unseen or hasattr(response, "shows_nobody") else _refusal(request)
    for name in ("Content-Disposition", "HX-Trigger"):
        if response.has_header(name) and veil.names_anyone(unquote(response[name])):
            response[name] = veil.over(unquote(response[name]))
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = _each(how, cast(Iterable[bytes], response.streaming_content))
    elif isinstance(response, HttpResponse):
        response.content = how(response.content.decode(response.charset or "utf-8"))
    if response.has_header("Content-Length"):
        del response["Content-Length"]
    return response


def _way(
    response: HttpResponseBase, veil: Veil, typed: frozenset[str]
) -> Callable[[str], str] | None:
    """How the veil is laid over text of this kind; None for what is not text."""
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    if kind.startswith(_MARKUP):
        return partial(_over_markup, veil=veil, typed=typed)
    if kind in _JSON:
        return partial(_over_json, veil=veil)
    return veil.over if kind.startswith(_PLAIN) else None


def _each(how: Callable[[str], str], chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield how(bytes(chunk).decode("utf-8")).encode()


def _refusal(request: HttpRequest) -> HttpResponse:
    told = _("This may show someone whose identity is sealed from you.")
    error = {"message": told, "next_step": _("Ask someone who manages the matter.")}
    return render(request, "errors/403.html", {"error": error}, status=403)


def _typed(request: HttpRequest) -> frozenset[str]:
    """What the person sent with this request or wrote before, as it may come back in a field."""
    sent = (values for query in (request.GET, request.POST) for _name, values in query.lists())
    now = frozenset(value.strip() for values in sent for value in values)
    return now | typed_earlier(request)


def _over_json(text: str, *, veil: Veil) -> str:
    return json.dumps(_over_value(json.loads(text), veil), ensure_ascii=False)


def _over_value(value: Any, veil: Veil) -> Any:
    if isinstance(value, str):
        return veil.over(value)
    if isinstance(value, list):
        return [_over_value(each, veil) for each in value]
    if isinstance(value, dict):
        return {veil.over(name): _over_value(each, veil) for name, each in value.items()}
    return value


def _over_markup(text: str, *, veil: Veil, typed: frozenset[str]) -> str:
    """Markup with the veil over its words; its tags stay tags."""
    pieces, echo = [], False
    for piece in _TAG.split(text):
        if piece.startswith("<"):
            echo = "data-typed" in piece or piece == "<title>"
            pieces.append(_ATTRIBUTE.sub(partial(_over_attribute, veil=veil, typed=typed), piece))
        elif echo and not veil.names_anyone(_without(unescape(piece), typed)):
            pieces.append(piece)
        else:
            plain = unescape(piece)
            covered = veil.over(plain)
            pieces.append(piece if covered == plain else escape(covered))
    return "".join(pieces)


def _without(text: str, typed: frozenset[str]) -> str:
    """``text`` without what the person typed, the longest first."""
    for each in sorted(filter(None, typed), key=len, reverse=True):
        text = text.replace(each, " ")
    return text


def _over_attribute(match: re.Match[str], *, veil: Veil, typed: frozenset[str]) -> str:
    name, value = match[1], unescape(match[2])
    if name in _PLUMBING or (name == "value" and value.strip() in typed):
        return match[0]
    if name == "value" and value.startswith("/"):
        return 'value="/"' if _tells(value, veil, typed) else match[0]
    if name in _ADDRESSES:
        return f'{name}="#"' if _tells(value, veil, typed) else match[0]
    covered = veil.over(value)
    return match[0] if covered == value else f'{name}="{escape(covered)}"'


def _tells(address: str, veil: Veil, typed: frozenset[str]) -> bool:
    """Whether an address says a name that the person did not type."""
    parts = urlsplit(address)
    said = [unquote(parts.path), unquote(parts.fragment)]
    said += [value for _name, value in parse_qsl(parts.query) if value.strip() not in typed]
    return any(veil.names_anyone(each) for each in said)
