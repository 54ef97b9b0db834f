"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that its hash means something.

Keys are sorted by their UTF-16 code units, nothing is spaced, strings are escaped as little as
possible, and numbers are written as ECMAScript writes them. A value that JSON cannot carry
without loss (an integer beyond 2**53 - 1, infinity, a lone surrogate, a key that is no string)
is refused with ``ValueError`` or ``TypeError`` that names its place.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

__all__ = ["Json", "dumps", "loads", "loads_plain"]

Json: TypeAlias = (
    "bool | int | float | str | list[Json] | tuple[Json, ...] | Mapping[str, Json] | None"
)

LARGEST_EXACT_INTEGER = 2**53 - 1

_SURROGATE = re.compile("[\ud800-\udfff]")
_quoted: Callable[[str], str] = json.encoder.encode_basestring
"""Quotes a string as ECMAScript does: only what must be escaped is."""


def dumps(value: object) -> bytes:
    """Return the canonical bytes (UTF-8) of ``value``."""
    return _write(value, "$").encode("utf-8")


def loads(data: bytes | str) -> Json:
    """Return the value of JSON ``data``; refuse a repeated key, NaN and bytes that are not UTF-8.

    An integer that a double cannot hold exactly comes back as the nearest float, as in ECMAScript.
    """
    text = data if isinstance(data, str) else data.decode("utf-8")
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_object_without_repeats,
            parse_int=_integer,
            parse_constant=_refuse_constant,
        )
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error
    return value


def loads_plain(text: str) -> Json | None:
    """Return the value of canonical ``text``, or None where that takes ``loads`` and ``dumps``.

    Many times as fast as they are, for text without fractions, huge integers and rare characters:
    there the standard library's encoder writes what RFC 8785 asks, and text that it gives back
    letter for letter is canonical. None says nothing against a text.
    """
    if not text.isascii() and max(text) >= _FIRST_SURROGATE:  # later ones sort otherwise in UTF-16
        return None
    try:
        value: Json = _decode(text)
        return value if _encode(value) == text else None
    except (ValueError, RecursionError):
        return None


def _write(value: object, place: str) -> str:
    if isinstance(value, str):
        return _string(value, place)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _exact(value, place)
    if isinstance(value, float):
        return _number(value, place)
    if isinstance(value, Mapping):
        return _object(value, place)
    if isinstance(value, list | tuple):
        return _array(value, place)
    raise TypeError(f"{place}: JSON has no {type(value).__name__}")


def _object(value: Mapping[object, object], place: str) -> str:
    keys = []
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"{place}: a key must be a string, not {type(key).__name__}")
        keys.append(key)
    keys.sort(key=None if "".join(keys).isascii() else _utf16)
    members = [f"{_string(key, place)}:{_member(value[key], place, key)}" for key in keys]
    return "{" + ",".join(members) + "}"


def _member(value: object, place: str, key: str) -> str:
    """A value of an object; most are plain strings, which need no place for an error."""
    if type(value) is str and value.isascii():
        return _quoted(value)
    return _write(value, f"{place}.{key}")


def _array(value: Sequence[object], place: str) -> str:
    return "[" + ",".join([_write(item, f"{place}[{i}]") for i, item in enumerate(value)]) + "]"


def _string(value: str, place: str) -> str:
    if not value.isascii() and _SURROGATE.search(value):
        raise ValueError(f"{place}: a lone surrogate is not text")
    return _quoted(value)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _exact(value: int, place: str) -> str:
    if abs(value) > LARGEST_EXACT_INTEGER:
        raise ValueError(f"{place}: {value} is beyond 2**53 - 1; write it as a string")
    return str(int(value))


def _number(value: float, place: str) -> str:
    """Write a double as ECMAScript does (ECMA-262, Number::toString, radix 10)."""
    if not math.isfinite(value):
        raise ValueError(f"{place}: {value} is not a JSON number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    digits, point = _shortest_digits(abs(float(value)))
    count = len(digits)
    if count <= point <= 21:
        return f"{sign}{digits}{'0' * (point - count)}"
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if count > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{point - 1:+d}"


def _shortest_digits(value: float) -> tuple[str, int]:
    """Return the shortest digits d and the point n with value = 0.d * 10**n that read back."""
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    leading = len(digits) - len(digits.lstrip("0"))
    return digits.strip("0"), point - leading


def _object_without_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result: dict[str, Json] = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f"the key {key!r} stands twice in one object")
        result[key] = value
    return result


def _integer(text: str) -> int | float:
    if len(text) <= len(str(-LARGEST_EXACT_INTEGER)):
        value = int(text)
        if abs(value) <= LARGEST_EXACT_INTEGER:
            return value
    return float(text)


def _plain_integer(text: str) -> int:
    value = _integer(text)
    if not isinstance(value, int):
        raise ValueError("an integer that is not exact")
    return value


def _refuse_fraction(text: str) -> float:
    raise ValueError(f"{text} is written otherwise by ECMAScript")


def _refuse_constant(name: str) -> Json:
    raise ValueError(f"{name} is not a JSON number")


_FIRST_SURROGATE = "\ud800"
_decode = json.JSONDecoder(
    parse_int=_plain_integer, parse_float=_refuse_fraction, parse_constant=_refuse_constant
).decode
_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode
