"""What a person typed on an earlier page and now reads again: a saved search, a saved view.

It comes back to them as they typed it. A veil over it would tell, by the pseudonym in its place,
that a guessed name is right (``matters/web/veiling.py``).
"""

from __future__ import annotations

from django.http import HttpRequest

__all__ = ["typed_before", "typed_earlier"]


def typed_before(request: HttpRequest, *texts: str) -> None:
    """Say that the person who reads the answer wrote these texts."""
    request.typed_earlier = typed_earlier(request) | set(texts)  # type: ignore[attr-defined]


def typed_earlier(request: HttpRequest) -> frozenset[str]:
    """The texts that were said to be theirs."""
    return frozenset(getattr(request, "typed_earlier", frozenset()))
