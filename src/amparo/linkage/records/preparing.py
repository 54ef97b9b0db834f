"""Records made comparable: names in Latin letters, dates as intervals, one column a meaning.

Every different value is worked on once, however often it stands in a column. What comes out is one
table of texts (and coordinates) whose columns ``comparisons.toml`` and ``blocking.toml`` speak of;
``unique_id`` counts the rows of all sheets from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from amparo.base.folding import fold_words
from amparo.linkage.records.births import Births
from amparo.linkage.records.columns import distinct, mapped
from amparo.linkage.records.naming import latin, names
from amparo.linkage.records.sheets import Sheet

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["prepare"]

_SEXES = {
    **dict.fromkeys(("m", "male", "man", "boy", "hombre", "masculino", "homme", "masculin"), "m"),
    **dict.fromkeys(("f", "female", "woman", "girl", "mujer", "femenino", "femme"), "f"),
    **dict.fromkeys(("feminin", "ж", "жен", "женский", "жіноча", "انثي", "нинка"), "f"),
    **dict.fromkeys(("м", "муж", "мужской", "чоловіча", "ذكر"), "m"),
}
_TEXTS = ("street", "street2", "locality", "region", "country", "occupation", "nationality")
_CODES = ("house", "postcode", "idno")
_PARENTS = ("father", "mother")


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
    made = names(given)
    for role in _PARENTS:
        if role in given:
            made[role] = mapped(given[role], latin)
    for role in (*_TEXTS, *_CODES, "phone", "email", "sex"):
        if role in given:
            made[role] = mapped(given[role], _MEANINGS.get(role, latin))
    if "latitude" in given and "longitude" in given:
        made |= {role: _degrees(given[role]) for role in ("latitude", "longitude")}
    made |= _births(given)
    if "event" in given:
        dates = Births.of_dates(distinct(given["event"])[0])
        made |= _split(given["event"], dates, "event")
    return made


def _births(given: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.Array]:
    import pyarrow.compute as pc

    if "birth" in given:
        return _split(given["birth"], Births.of_dates(distinct(given["birth"])[0]), "birth")
    parts = [given[role] for role in ("birth_year", "birth_month", "birth_day") if role in given]
    if "birth_year" not in given:
        return {}
    joined = pc.binary_join_element_wise(*parts, "|", null_handling="replace")
    return _split(joined, Births.of_parts(distinct(joined)[0]), "birth")


def _split(column: pa.ChunkedArray, births: Births, prefix: str) -> dict[str, pa.Array]:
    """The date's parts: ``birth``, ``birth_y``, ``birth_m``, ``birth_d``, ``_from``, ``_to``."""
    import pyarrow as pa

    _, places = distinct(column)
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

    values, places = distinct(column)
    return pa.array([number(text) for text in values], pa.float64()).take(places)
