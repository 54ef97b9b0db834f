"""A record's names made comparable: given, family, every name, and what they sound and stand for.

Names come out in small Latin letters, whatever their script. Ranks and numbers of a line (“Sir”,
“2nd”, “Bt.”) are no names: where a column holds nothing else, the whole name says more, or nothing
is said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.base.folding import fold_words
from amparo.linkage.names.comparisons.short_forms import forms_of
from amparo.linkage.names.latin import latin_of
from amparo.linkage.names.parsing import Kind, Part
from amparo.linkage.records.columns import mapped

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["latin", "names"]

_APART = re.compile(r"[\s,;/·.\-‐‑–—_]+")
_DOUBLE = re.compile(r"(.)\1+")
_TWO_FOR_ONE = (
    *(("ch", "s"), ("sh", "s"), ("zh", "s"), ("cz", "s"), ("kh", "h"), ("gh", "g")),
    *(("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("x", "ks")),
)
_CLASSES = str.maketrans("bpfvdtgkqcjszlrmnh", "BBFFTTKKKKSSSLRMNH", "aeiouwy'0123456789")
_FIRST = str.maketrans("aeiouwybpfvdtgkqcjszlrmnh", "AAAAAWABBFFTTKKKKSSSLRMNH")


def names(said: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.Array]:
    """``given``, ``family``, all ``names`` between spaces; ``said`` is a sheet's columns by role.

    With ``given_key`` and ``family_key`` for the sounds, and ``given_forms``: all names that the
    given one may stand for or be called by, between spaces.
    """
    made = _in_parts(said) if "given" in said or "family" in said else _whole(said)
    for role in ("given", "family"):
        if role in made:
            made[f"{role}_key"] = mapped(made[role], _sound)
    if "given" in made:
        made["given_forms"] = mapped(made["given"], _forms)
    return made


def _in_parts(said: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.Array]:
    """Of columns for given and family names, and one for the whole name where there is one."""
    import pyarrow.compute as pc

    parts = {
        role: mapped(said[role], latin)
        for role in ("given", "given2", "family", "family2", "name")
        if role in said
    }
    made: dict[str, pa.Array] = {
        role: mapped(parts[role], bare) for role, bare in _BARE if role in parts
    }
    if "name" in said:
        whole = mapped(mapped(said["name"], _ordered), _bare)
        if "family" in made:
            made["family"] = pc.coalesce(made["family"], mapped(whole, _last_of_several))
        if "given" in made:
            made["given"] = pc.coalesce(made["given"], _first_beside(whole, made.get("family")))
    every = ("", *parts.values(), "", " ")
    made["names"] = pc.binary_join_element_wise(*every, null_handling="replace")
    return made


def _first_beside(whole: pa.Array, family: pa.Array | None) -> pa.Array:
    """The first of a whole name, where that is not all of it that there is: the family name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    first = mapped(whole, _first_of)
    if family is None:
        return first
    both = pc.fill_null(pc.equal(first, family), False)
    return pc.if_else(both, pa.scalar(None, pa.string()), first)


def _whole(said: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.Array]:
    """Of a column for whole names alone."""
    if "name" not in said:
        return {}
    every = mapped(said["name"], _ordered)
    whole = mapped(every, _bare_of_several)
    return {
        "given": mapped(whole, _first_of),
        "family": mapped(whole, _last_of_several),
        "names": mapped(every, lambda text: f" {text} "),
    }


def latin(text: str) -> str | None:
    """Words in small Latin letters, titles left out unless they are all there is."""
    if text.isascii():
        words = fold_words(text).split()
    else:
        words = [latin for word in _APART.split(text) if (latin := latin_of(word))]
    titles = _beside("titles")
    return " ".join(word for word in words if word not in titles) or " ".join(words)


def _ordered(text: str) -> str | None:
    """A whole name in one line; “Family, Given” is turned."""
    family, comma, rest = text.partition(",")
    if comma and rest.strip():
        text = f"{rest} {family}"
    return latin(text)


def _first_of(text: str) -> str:
    return text.split(" ", 1)[0]


def _last_of_several(text: str) -> str | None:
    words = text.split()
    return words[-1] if len(words) > 1 else None


def _without_before(text: str) -> str:
    words, ranks = text.split(), _beside("before")
    while words and (words[0] in ranks or words[0][0].isdigit()):
        del words[0]
    return " ".join(words)


def _without_after(text: str) -> str:
    words, lines = text.split(), _beside("after")
    while words and (words[-1] in lines or words[-1][0].isdigit()):
        del words[-1]
    return " ".join(words)


def _bare(text: str) -> str:
    return _without_after(_without_before(text))


def _bare_of_several(text: str) -> str:
    """A whole name that keeps two words: of “Lord Nelson” nobody knows which name is left."""
    bare = _bare(text)
    return bare if " " in bare else text


_BARE: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("given", _without_before),
    ("family", _without_after),
)


@cache
def _beside(which: str) -> frozenset[str]:
    path = Path(__file__).with_name("naming.toml")
    return frozenset(tomllib.loads(path.read_text("utf-8"))[which].split())


def _forms(text: str) -> str | None:
    """Every name that the given name may stand for or be called by, between spaces."""
    one = Part.of(_first_of(text), Kind.NAME)
    words = {latin_of(word) for word in forms_of(one)} - {""}
    return f" {' '.join(sorted(words))} " if words else None


def _sound(text: str) -> str | None:
    """The consonants of the first word by their classes, with its first sound; coarse and quick."""
    word = text.split(" ", 1)[0]
    for two, one in _TWO_FOR_ONE:
        word = word.replace(two, one)
    first, rest = word[:1].translate(_FIRST), word[1:].translate(_CLASSES)
    return _DOUBLE.sub(r"\1", first + rest) or None
