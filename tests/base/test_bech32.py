import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base import bech32

# The file key holder of the age specification's own examples.
IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"


def test_reads_and_writes_the_example_of_age() -> None:
    prefix, secret = bech32.decode(IDENTITY)
    assert (prefix, secret) == ("age-secret-key-", b"\x42" * 32)
    assert bech32.encode(prefix, secret).upper() == IDENTITY


@given(st.binary(max_size=64))
def test_what_is_written_is_read(data: bytes) -> None:
    assert bech32.decode(bech32.encode("age", data)) == ("age", data)


@given(st.binary(min_size=32, max_size=32), st.data())
def test_one_wrong_letter_is_noticed(data: bytes, draw: st.DataObject) -> None:
    text = bech32.encode("age", data)
    at = draw.draw(st.integers(0, len(text) - 1))
    letter = draw.draw(st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l1"))
    wrong = text[:at] + letter + text[at + 1 :]
    if wrong != text:
        with pytest.raises(ValueError):
            bech32.decode(wrong)


@pytest.mark.parametrize("text", ["", "age1", "1qqqqqq", "Age1qqqqqq", "ageqqqqqq", "age1bbbbbb"])
def test_what_is_not_bech32_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        bech32.decode(text)
