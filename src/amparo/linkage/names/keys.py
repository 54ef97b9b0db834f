"""What to look a name up by: two spellings of one name share at least one key."""

from __future__ import annotations

from functools import lru_cache

from amparo.base.transliteration import name_family, name_keys
from amparo.linkage.names.comparisons.short_forms import forms_of
from amparo.linkage.names.parsing import Kind, Name, Part, parse

__all__ = ["keys"]

_KEYED = frozenset({Kind.NAME, Kind.FATHER, Kind.MOTHER, Kind.KUNYA, Kind.GENERIC, Kind.NUMBER})
_LEAST = 2


@lru_cache(maxsize=1 << 15)
def keys(name: str | Name) -> frozenset[str]:
    """Keys of the parts: ``MHMT`` by sound, ``=ab`` by its letters, ``+…`` of the whole.

    Sounds are classes of consonants (``base.transliteration``); a name in a script without such
    classes is keyed through its Latin letters. A kunya, title or particle alone gives no match.
    """
    found = parse(name) if isinstance(name, str) else name
    every = frozenset(key for part in found.said for key in _keys_of(part))
    together = found.joined
    return every | {f"+{key}" for key in name_keys(together)} if together else every


@lru_cache(maxsize=1 << 16)
def _keys_of(part: Part) -> frozenset[str]:
    if part.kind not in _KEYED:
        return frozenset()
    if part.kind is Kind.NUMBER:
        return frozenset({f"={part.word}"})
    words = {part.word, part.latin, *name_family(part.word), *forms_of(part)}
    sounds = {key for word in words for key in name_keys(word) if len(key) >= _LEAST}
    return frozenset(sounds or {f"={part.latin or part.word}"})
