"""The recovery code: 160 random bits that a person can print, read aloud and type back.

Eight groups of five characters in Crockford's base 32 (no I, L, O, U; capitals or not). The last
character of each group is a check over GF(32) on the four before it and on the group's place, so
every single wrong character, every two swapped neighbours and every two swapped groups are
noticed, and the group is named.
"""

from __future__ import annotations

__all__ = ["GROUPS", "SECRET_BYTES", "MistypedCodeError", "format_code", "parse_code"]

GROUPS = 8
SECRET_BYTES = 20

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


class MistypedCodeError(ValueError):
    """A recovery code that no program printed; the message says what to look at."""


def format_code(secret: bytes) -> str:
    """Write 20 secret bytes as ``XXXXX-XXXXX-…`` in eight groups."""
    number = int.from_bytes(secret, "big")
    words = [number >> 5 * place & 31 for place in reversed(range(4 * GROUPS))]
    groups = (words[4 * i : 4 * i + 4] for i in range(GROUPS))
    return "-".join(
        "".join(_ALPHABET[word] for word in [*group, _check(group, place)])
        for place, group in enumerate(groups)
    )


def parse_code(text: str) -> bytes:
    """Give the 20 secret bytes back; MistypedCodeError names the first group that is wrong."""
    letters = "".join(text.upper().split()).replace("-", "").translate(_READ_AS)
    for letter in letters:
        if letter not in _ALPHABET:
            raise MistypedCodeError(f"A recovery code has no {letter!r} in it.")
    if len(letters) != 5 * GROUPS:
        raise MistypedCodeError(f"A recovery code has {5 * GROUPS} characters, not {len(letters)}.")
    number = 0
    for place in range(GROUPS):
        *group, check = (_ALPHABET.index(letter) for letter in letters[5 * place : 5 * place + 5])
        if _check(group, place) != check:
            raise MistypedCodeError(f"Group {place + 1} of the recovery code is mistyped.")
        for word in group:
            number = number << 5 | word
    return number.to_bytes(SECRET_BYTES, "big")


def _check(group: list[int], place: int) -> int:
    """Evaluate the group as a polynomial at x (Horner), then add its place."""
    total = 0
    for word in group:
        total = _double(total ^ word)
    return total ^ (place + 1)


def _double(word: int) -> int:
    """Multiply by x in GF(32)."""
    word <<= 1
    return word ^ _POLYNOMIAL if word & 32 else word
