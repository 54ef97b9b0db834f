"""What search must be told by the house around it: whose matters, and where things are shown.

Search stands beside ``matters`` and below ``evidence``, so it knows neither.
``amparo.site.finding`` tells it once, at the start; until then nobody sees anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from amparo.accounts.web.models import User
from amparo.search.editions import Veil

__all__ = ["Frame", "MatterName", "Surroundings", "around", "surround"]


@dataclass(frozen=True, slots=True)
class MatterName:
    """What a matter is called. ``knows``: nothing in it is sealed from the person who asks."""

    id: UUID
    number: str
    title: str
    knows: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The template that a matter's pages extend, and what it needs."""

    template: str
    context: dict[str, Any]
    matter: MatterName


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``matters``: those that a person may see, and no others. ``frame``: a matter's page frame,
    or ``Http404``. ``address``: where a source's page is shown, or an empty string. ``veil``: what
    hides a matter's sealed identities, None when there are none."""

    matters: Callable[[User], Sequence[MatterName]]
    frame: Callable[[HttpRequest, UUID], Frame]
    address: Callable[[str, str, int | None], str]
    veil: Callable[[UUID], Veil | None] = lambda _matter: None


def _no_frame(_request: HttpRequest, _matter: UUID) -> Frame:
    raise Http404


_known = [Surroundings(lambda _user: (), _no_frame, lambda _source, _id, _page: "")]


def surround(surroundings: Surroundings) -> None:
    """Tell search what is around it."""
    _known[:] = [surroundings]


def around() -> Surroundings:
    """What search has been told."""
    return _known[0]
