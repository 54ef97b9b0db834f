"""Places: countries and large cities by their names in six languages (Unicode CLDR, through Babel),
and what stands after words such as "the village of".

CLDR is no gazetteer: it has the countries and about four hundred cities. Forms with endings
("в Україні", "de Ucrania") are found by their stems, and said to be unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version

from babel import Locale

from amparo.extract.suggestions.people import NAME_WORD
from amparo.extract.suggestions.values import Certainty, Suggestion

__all__ = ["find"]

_LANGUAGES = ("en", "es", "fr", "ar", "uk", "ru")
_WORDS = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_LONGEST = 5
_SHORTEST_STEM = 4
_NOT_PLACES = frozenset(
    ["eastern", "western", "unknown city", "reunion", "chad", "georgia", "jersey"]
)
_CUES = (
    "city of", "town of", "village of", "district of", "province of", "ciudad de", "pueblo de",
    "municipio de", "provincia de", "departamento de", "aldea de", "ville de", "village de",
    "province de", "commune de", "місто", "міста", "місті", "село", "села", "селі", "селище",
    "район", "області", "город", "города", "городе", "посёлок", "деревня", "деревне",
)  # fmt: skip
_ARABIC_CUES = ("مدينة", "قرية", "بلدة", "محافظة", "ولاية", "حي", "مخيم", "سجن")
_CUE = re.compile(
    rf"(?<!\w)(?i:{'|'.join(map(re.escape, _CUES))})[ \u00a0]+"
    rf"(?P<name>{NAME_WORD}(?:[ -]{NAME_WORD}){{0,2}})"
)
_ARABIC_CUE = re.compile(
    rf"(?<!\w)[وبلف]?(?:ال)?(?:{'|'.join(_ARABIC_CUES)})\s+(?P<name>[\u0621-\u064a]{{3,}})"
)


def find(text: str) -> Iterator[Suggestion]:
    """Give the places in a text, in the order of the text."""
    taken: list[tuple[int, int]] = []
    found = [*_listed(text), *_after_cues(text)]
    for start, end, value, certainty, why, tool in found:
        if any(start < other_end and end > other for other, other_end in taken):
            continue
        taken.append((start, end))
        yield Suggestion("place", value, start, end, certainty, why, tool, _version(tool))


_Found = tuple[int, int, str, Certainty, str, str]


def _listed(text: str) -> Iterator[_Found]:
    names, stems = _gazetteer()
    words = list(_WORDS.finditer(text))
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + length - 1].end()
            written = text[start:end]
            if "\n" in written or not _may_be_name(written):
                continue
            plain = written.casefold()
            exact = names.get(plain) or names.get(_without_article(plain))
            if exact:
                yield start, end, exact, "likely", "It is the name of a place in CLDR.", "Babel"
                step = length
                break
            stem = _stem(plain) if length == 1 else ""
            if stem and stem in stems:
                why = "It is like the name of a place in CLDR, with another ending."
                yield start, end, stems[stem], "unsure", why, "Babel"
                break
        at += step


def _may_be_name(written: str) -> bool:
    first = written[0]
    return first.isupper() or "\u0600" <= first <= "\u06ff"


def _without_article(plain: str) -> str:
    """Arabic writes "and", "in", "to" as one letter of the word."""
    return plain[1:] if plain[:1] in "وبلف" and len(plain) > 4 else plain


def _stem(plain: str) -> str:
    """A Cyrillic word without its ending; "" for others and for short ones."""
    if not "\u0400" <= plain[:1] <= "\u04ff":
        return ""
    bare = re.sub(r"(?:ою|ею|єю|ам|ом|ем|ів|ой|ей|ії|ию|ия|ии|ій|[аеиіїйоуыьєюя])$", "", plain)
    return bare if len(bare) >= _SHORTEST_STEM else ""


def _after_cues(text: str) -> Iterator[_Found]:
    why = "A word for a place stands before it."
    for pattern in (_CUE, _ARABIC_CUE):
        for found in pattern.finditer(text):
            start, end = found.span("name")
            yield start, end, found["name"], "unsure", why, "amparo places"


@cache
def _gazetteer() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Folded name to the name as written in its language, and Cyrillic stems to the same."""
    names: dict[str, str] = {}
    for code in _LANGUAGES:
        locale = Locale(code)
        countries = [str(name) for key, name in locale.territories.items() if len(key) == 2]
        cities = [str(zone["city"]) for zone in locale.time_zones.values() if "city" in zone]
        if code == "en":  # English names are those of the zones themselves, where none is given
            cities += [
                str(key).rpartition("/")[2].replace("_", " ") for key in Locale("uk").time_zones
            ]
        for name in (*countries, *cities):
            plain = name.casefold()
            if len(name) > 3 and plain not in _NOT_PLACES and not any(map(str.isdigit, name)):
                names.setdefault(plain, name)
    stems = {stem: name for plain, name in names.items() if (stem := _stem(plain))}
    return names, stems


def _version(tool: str) -> str:
    return version("amparo" if tool.startswith("amparo") else tool)
