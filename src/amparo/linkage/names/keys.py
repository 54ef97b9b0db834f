"""What to look a name up by: two spellings of one name share at least one key."""

from __future__ import annotations

from functools import lru_cache

from amparo.base.transliteration import name_family, name_keys
from amparo.linkage.names.comparisons.short_forms import forms_of
from amparo.linkage.names.parsing import Kind, Name, Part, parse

__all__ = ["keys", "keys_by_part"]

_KEYED = frozenset({Kind.NAME, Kind.FATHER, Kind.MOTHER, Kind.KUNYA, Kind.GENERIC, Kind.NUMBER})
_LEAST = 2


def keys(name: str | Name, *, forms: bool = True) -> frozenset[str]:
    """Keys of the parts: ``MHMT`` by sound, ``=mohammad`` by its letters, ``+…`` of the whole.

    Sounds are classes of consonants (``base.transliteration``); a name in a script without such
    classes is keyed through its Latin letters. ``forms`` adds the keys of other forms of the same
    given name, Misha's to Mikhail's: in an index of names, one side that has them is enough.
    """
    found = parse(name) if isinstance(name, str) else name
    every = frozenset().union(*keys_by_part(found, forms=forms))
    return every | {f"+{key}" for whole in found.joined for key in name_keys(whole)}


def keys_by_part(name: Name, *, forms: bool = True) -> tuple[frozenset[str], ...]:
    """The keys of each part that has any."""
    return tuple(filter(None, (_keys_of(part, forms=forms) for part in name.said)))


@lru_cache(maxsize=1 << 16)
def _keys_of(part: Part, *, forms: bool) -> frozenset[str]:
    if part.kind not in _KEYED:
        return frozenset()
    if part.kind is Kind.NUMBER:
        return frozenset({f"={part.word}"})
    words = {part.word, part.latin}
    if forms:
        words |= name_family(part.word) | forms_of(part)
    sounds = {key for word in words for key in name_keys(word) if len(key) >= _LEAST}
    return frozenset(sounds | {f"={part.latin or part.word}"})
