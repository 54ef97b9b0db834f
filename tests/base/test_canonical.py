from __future__ import annotations

import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.canonical import dumps, loads, loads_plain

# RFC 8785, appendix B: the bits of a double and its text.
RFC_8785_NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}

text = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.floats(allow_nan=False, allow_infinity=False)
integers = st.integers(-(2**53) + 1, 2**53 - 1)
values = st.recursive(
    st.none() | st.booleans() | integers | numbers | text,
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
    max_leaves=20,
)


@pytest.mark.parametrize(("bits", "expected"), RFC_8785_NUMBERS.items())
def test_numbers_are_written_as_in_the_rfc(bits: str, expected: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert dumps(number) == expected.encode()


def test_the_example_of_rfc_8785_section_3_2_3() -> None:
    source = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert dumps(source) == expected.encode()


def test_keys_are_sorted_by_utf_16_code_units() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    written = dumps(dict.fromkeys(keys, 0)).decode()
    assert list(json.loads(written)) == expected


@given(numbers)
def test_a_number_reads_back_as_itself(number: float) -> None:
    assert float(dumps(number)) == number


@given(values)
def test_what_is_written_reads_back_and_is_written_the_same(value: object) -> None:
    written = dumps(value)
    assert loads(written) == value
    assert dumps(loads(written)) == written
    assert json.loads(written, parse_int=float) == value


@given(st.dictionaries(text, integers, min_size=2))
def test_the_order_of_keys_does_not_matter(mapping: dict[str, int]) -> None:
    assert dumps(dict(reversed(mapping.items()))) == dumps(mapping)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a": [1, math.nan]}, r"\$\.a\[1\]"),
        (math.inf, r"\$"),
        ({"n": 2**53}, r"\$\.n"),
        (["\ud800"], r"\$\[0\]"),
    ],
)
def test_a_value_that_json_would_damage_is_refused_by_place(value: object, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        dumps(value)


@pytest.mark.parametrize("value", [{1: "a"}, b"bytes", {"s": {1, 2}}, object()])
def test_a_value_that_json_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        dumps(value)


@pytest.mark.parametrize(
    "data", [b'{"a":1,"a":2}', b"NaN", b"-Infinity", b'"\xff"', b"{", b"", b"[" * 99999]
)
def test_reading_refuses_what_is_not_strict_json(data: bytes) -> None:
    with pytest.raises(ValueError):
        loads(data)


def test_an_integer_of_many_digits_becomes_the_nearest_double() -> None:
    assert loads("1" + "0" * 5000 + "e-4990") == 1e10
    assert loads("9007199254740993") == 9007199254740992.0


plain = st.recursive(
    st.none() | st.booleans() | integers | st.text('aä\u0645\u4e2d"\\\n\x1f\x7f/'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abä\u0645\u4e2d"), inner),
    max_leaves=20,
)


@given(plain)
def test_plain_text_is_read_at_once(value: object) -> None:
    assert loads_plain(dumps(value).decode()) == value


@given(values, st.sampled_from([(",", ":"), (", ", ": ")]), st.booleans(), st.booleans())
def test_what_is_read_at_once_is_canonical(
    value: object, separators: tuple[str, str], escaped: bool, ordered: bool
) -> None:
    text = json.dumps(value, separators=separators, ensure_ascii=escaped, sort_keys=ordered)
    if (read := loads_plain(text)) is not None:
        assert dumps(read) == text.encode()
        assert loads(text) == read


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"b":1,"a":2}',
        '{"a": 1}',
        "[1e+16]",
        "[1.0]",
        "[-0]",
        "[9007199254740993]",
        "[NaN]",
        "[Infinity]",
        r'["\ud800"]',
        '["\ud800"]',
        r'["\u00e4"]',
        r'["\/"]',
        '{"\ue000":1,"\U0001f600":2}',
        "[1] ",
        "",
        "[" * 100_000,
        "[1",
    ],
)
def test_nothing_else_is_read_at_once(text: str) -> None:
    assert loads_plain(text) is None
