import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.recovery import MistypedCodeError, format_code, parse_code

secrets = st.binary(min_size=20, max_size=20)
places = st.integers(0, 39)


def at(code: str, place: int) -> int:
    """Where in the printed code the place-th character stands, hyphens counted."""
    return place + place // 5


@given(secrets)
def test_a_code_is_read_as_it_was_printed(secret: bytes) -> None:
    code = format_code(secret)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}", code)
    assert parse_code(code) == secret


@given(secrets)
def test_a_code_is_read_as_people_type_it(secret: bytes) -> None:
    code = format_code(secret)
    typed = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert parse_code(f" {typed}\n") == secret


@given(secrets, places, st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_names_its_group(secret: bytes, place: int, letter: str) -> None:
    code = format_code(secret)
    wrong = code[: at(code, place)] + letter + code[at(code, place) + 1 :]
    if wrong != code:
        with pytest.raises(MistypedCodeError, match=f"^Group {place // 5 + 1} "):
            parse_code(wrong)


@given(secrets, places)
def test_swapped_neighbours_in_a_group_are_noticed(secret: bytes, place: int) -> None:
    letters = list(format_code(secret).replace("-", ""))
    if place % 5 < 4 and letters[place] != letters[place + 1]:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
        with pytest.raises(MistypedCodeError, match=f"^Group {place // 5 + 1} "):
            parse_code("".join(letters))


@given(secrets, st.permutations(range(8)))
def test_groups_in_another_order_are_noticed(secret: bytes, order: list[int]) -> None:
    groups = format_code(secret).split("-")
    if order != sorted(order):
        with pytest.raises(MistypedCodeError, match=r"^Group \d "):
            parse_code("-".join(groups[place] for place in order))


@pytest.mark.parametrize(
    ("code", "message"),
    [("", "40 characters, not 0"), ("U" * 40, "no 'U'"), ("7" * 39, "40 characters, not 39")],
)
def test_what_is_no_code_says_why(code: str, message: str) -> None:
    with pytest.raises(MistypedCodeError, match=message):
        parse_code(code)
