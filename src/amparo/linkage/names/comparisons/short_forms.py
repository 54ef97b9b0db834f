"""Short and pet forms: Misha for Mikhail, Pepe for José.

English ones from the package ``nicknames`` (Northern and Crews, Apache 2.0), others from
``nicknames.toml``.
"""

from __future__ import annotations

from functools import cache, lru_cache

from nicknames import NickNamer

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Part
from amparo.linkage.names.vocabulary import vocabulary

__all__ = ["forms_of", "short_form"]

_SHORT = 0.82


def short_form(one: Part, other: Part) -> Agreement | None:
    """Agree where a list knows one as a short form of the other."""
    if not _groups(one).isdisjoint(_groups(other)) or other.latin in _english(one.latin):
        return Agreement(_SHORT, f"“{one.text}” and “{other.text}” may be one name, one shorter.")
    return None


def forms_of(part: Part) -> frozenset[str]:
    """The folded forms of every name that the part may be short for, or be the full form of."""
    members = vocabulary().members
    ours = frozenset(word for group in _groups(part) for word in members[group])
    return ours | _english(part.latin)


def _groups(part: Part) -> frozenset[int]:
    short = vocabulary().short
    return short.get(part.word, frozenset()) | short.get(part.latin, frozenset())


@lru_cache(maxsize=1 << 16)
def _english(word: str) -> frozenset[str]:
    namer = _namer()
    return frozenset(namer.nicknames_of(word) | namer.canonicals_of(word))


@cache
def _namer() -> NickNamer:
    return NickNamer()
