"""Editions of a matter in the index, for those who know its sealed identities and those who do not.

A passage that names nobody stands in the common edition. One that names a sealed identity stands in
the clear edition as it is, and in the veiled one with the pseudonym. Who knows searches the common
and the clear, everyone else the common and the veiled: so no word, count, snippet, facet or other
spelling can tell a name, for what is searched does not hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from amparo.search.passages import Passage

__all__ = ["CLEAR", "COMMON", "VEILED", "Veil", "editions", "is_searched"]

COMMON, CLEAR, VEILED = "", "clear", "veiled"


class Veil(Protocol):
    """What hides the sealed identities of a matter."""

    def names_anyone(self, text: str) -> bool: ...

    def over(self, text: str) -> str: ...


def editions(passage: Passage, veil: Veil | None) -> Iterator[Passage]:
    """The passage in each edition that it belongs to; ``veil`` is None where nothing is sealed."""
    texts = (passage.text, passage.title, passage.name, passage.sender, *passage.tags)
    if veil is None or not any(map(veil.names_anyone, texts)):
        yield replace(passage, edition=COMMON)
        return
    yield replace(passage, edition=CLEAR)
    yield replace(
        passage,
        edition=VEILED,
        text=veil.over(passage.text),
        title=veil.over(passage.title),
        name=veil.over(passage.name),
        sender=veil.over(passage.sender),
        tags=tuple(map(veil.over, passage.tags)),
    )


def is_searched(edition: str, *, knows: bool) -> bool:
    """Whether an edition is searched for someone who ``knows`` the matter's identities, or not.

    An edition set aside when something more was sealed (``clear 7``) counts as clear.
    """
    if edition == COMMON:
        return True
    return edition.startswith(CLEAR) if knows else edition == VEILED
