"""Records made comparable: names in Latin letters, dates as intervals, one column a meaning.

Every different value is worked on once, however often it stands in a column. What comes out is one
table of texts (and coordinates) whose columns ``comparisons.toml`` and ``blocking.toml`` speak of;
``unique_id`` counts the rows of all sheets from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from amparo.base.folding import fold_words
from amparo.linkage.names.latin import latin_of
from amparo.linkage.records.births import Births
from amparo.linkage.records.sheets import Sheet, is_missing

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TITLES", "prepare"]

_APART = re.compile(r"[\s,;/·.\-‐‑–—_]+")
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sheikh", "haji", "sr", "sra", "don"})
_DOUBLE = re.compile(r"(.)\1+")
_TWO_FOR_ONE = (
    *(("ch", "s"), ("sh", "s"), ("zh", "s"), ("cz", "s"), ("kh", "h"), ("gh", "g")),
    *(("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("x", "ks")),
)
_CLASSES = str.maketrans("bpfvdtgkqcjszlrmnh", "BBFFTTKKKKSSSLRMNH", "aeiouwy'0123456789")
_FIRST = str.maketrans("aeiouwybpfvdtgkqcjszlrmnh", "AAAAAWABBFFTTKKKKSSSLRMNH")
_SEXES = {
    **dict.fromkeys(("m", "male", "man", "boy", "hombre", "masculino", "homme", "masculin"), "m"),
    **dict.fromkeys(("f", "female", "woman", "girl", "mujer", "femenino", "femme"), "f"),
    **dict.fromkeys(("feminin", "ж", "жен", "женский", "жіноча", "انثي", "нинка"), "f"),
    **dict.fromkeys(("м", "муж", "мужской", "чоловіча", "ذكر"), "m"),
}
_TEXTS = ("street", "street2", "locality", "region", "country", "occupation", "nationality")
_CODES = ("house", "postcode", "idno")
_NAMES = ("father", "mother")


def prepare(sheets: Sequence[Sheet], roles: Sequence[Mapping[str, str]]) -> pa.Table:
    """The records of all sheets as one table; ``roles`` gives each sheet's column by role."""
    import pyarrow as pa

    tables, begin = [], 0
    for number, (sheet, meant) in enumerate(zip(sheets, roles, strict=True)):
        columns = _columns(sheet, meant)
        count = len(sheet)
        columns["unique_id"] = pa.array(range(begin, begin + count), pa.int64())
        columns["sheet"] = pa.array([number] * count, pa.int64())
        begin += count
        tables.append(pa.table(columns))
    return pa.concat_tables(tables, promote_options="default").combine_chunks()


def _columns(sheet: Sheet, meant: Mapping[str, str]) -> dict[str, pa.Array]:
    given = {role: sheet.table.column(column) for role, column in meant.items()}
    made = _names(given)
    for role in _NAMES:
        if role in given:
            made[role] = _mapped(given[role], _latin)
    for role in (*_TEXTS, *_CODES, "phone", "email", "sex"):
        if role in given:
            made[role] = _mapped(given[role], _MEANINGS.get(role, _latin))
    if "latitude" in given and "longitude" in given:
        made |= {role: _degrees(given[role]) for role in ("latitude", "longitude")}
    made |= _births(given)
    if "event" in given:
        dates = Births.of_dates(_distinct(given["event"])[0])
        made |= _split(given["event"], dates, "event")
    return made


def _names(given: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.Array]:
    """``given``, ``family``, all ``names`` between spaces, and keys of their sounds."""
    import pyarrow as pa
    import pyarrow.compute as pc

    made: dict[str, pa.Array] = {}
    if "given" in given or "family" in given:
        parts = {
            role: _mapped(given[role], _latin)
            for role in ("given", "given2", "family", "family2", "name")
            if role in given
        }
        made = {role: parts[role] for role in ("given", "family") if role in given}
        every = ("", *parts.values(), "", " ")
        made["names"] = pc.binary_join_element_wise(*every, null_handling="replace")
    elif "name" in given:
        whole = _mapped(given["name"], _ordered)
        made["given"] = _mapped(whole, lambda text: text.split()[0])
        made["family"] = _mapped(whole, _last_of_several)
        made["names"] = _mapped(whole, lambda text: f" {text} ")
    for role in ("given", "family"):
        if role in made:
            made[f"{role}_key"] = _mapped(made[role], _sound)
    return {
        role: pa.array(column) if isinstance(column, list) else column
        for role, column in made.items()
    }


def _births(given: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.Array]:
    import pyarrow.compute as pc

    if "birth" in given:
        return _split(given["birth"], Births.of_dates(_distinct(given["birth"])[0]), "birth")
    parts = [given[role] for role in ("birth_year", "birth_month", "birth_day") if role in given]
    if "birth_year" not in given:
        return {}
    joined = pc.binary_join_element_wise(*parts, "|", null_handling="replace")
    return _split(joined, Births.of_parts(_distinct(joined)[0]), "birth")


def _split(column: pa.ChunkedArray, births: Births, prefix: str) -> dict[str, pa.Array]:
    """The date's parts: ``birth``, ``birth_y``, ``birth_m``, ``birth_d``, ``_from``, ``_to``."""
    import pyarrow as pa

    _, places = _distinct(column)
    made = {}
    for part in ("text", "year", "month", "day", "first", "last"):
        values = pa.array(getattr(births, part), pa.string())
        made[_PART[part].format(prefix)] = values.take(places)
    return made


_PART = {
    "text": "{}",
    "year": "{}_y",
    "month": "{}_m",
    "day": "{}_d",
    "first": "{}_from",
    "last": "{}_to",
}


def _distinct(column: pa.ChunkedArray) -> tuple[list[str | None], pa.Array]:
    """The different values of a column, and for each row the place of its value."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # of no chunk at all
        column = pa.array(column.to_pylist(), pa.string())
    coded = column.dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices


def _mapped(column: pa.ChunkedArray | pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    import pyarrow as pa

    values, places = _distinct(column)
    changed = [None if is_missing(text) else change(text or "") or None for text in values]
    return pa.array(changed, pa.string()).take(places)


def _latin(text: str) -> str | None:
    """Words in small Latin letters, titles left out unless they are all there is."""
    if text.isascii():
        words = fold_words(text).split()
    else:
        words = [latin for word in _APART.split(text) if (latin := latin_of(word))]
    return " ".join(word for word in words if word not in TITLES) or " ".join(words)


def _ordered(text: str) -> str | None:
    """A whole name in one line; “Family, Given” is turned."""
    family, comma, rest = text.partition(",")
    if comma and rest.strip():
        text = f"{rest} {family}"
    return _latin(text)


def _last_of_several(text: str) -> str | None:
    words = text.split()
    return words[-1] if len(words) > 1 else None


def _sound(text: str) -> str | None:
    """The consonants of the first word by their classes, with its first sound; coarse and quick."""
    word = text.split(" ", 1)[0]
    for two, one in _TWO_FOR_ONE:
        word = word.replace(two, one)
    first, rest = word[:1].translate(_FIRST), word[1:].translate(_CLASSES)
    return _DOUBLE.sub(r"\1", first + rest) or None


def _code(text: str) -> str | None:
    return "".join(char for char in fold_words(text) if char.isalnum())


def _phone(text: str) -> str | None:
    digits = "".join(char for char in fold_words(text) if char.isdigit())
    return digits[-9:] if len(digits) >= 5 else None


def _sex(text: str) -> str | None:
    folded = "".join(fold_words(text).split())
    return _SEXES.get(folded, folded[:1])


_MEANINGS: Mapping[str, Callable[[str], str | None]] = {
    **dict.fromkeys(_CODES, _code),
    "phone": _phone,
    "email": lambda text: text.strip().casefold(),
    "sex": _sex,
}


def _degrees(column: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa

    def number(text: str | None) -> float | None:
        try:
            value = float((text or "").replace(",", "."))
        except ValueError:
            return None
        return value if -180 <= value <= 180 else None

    values, places = _distinct(column)
    return pa.array([number(text) for text in values], pa.float64()).take(places)
