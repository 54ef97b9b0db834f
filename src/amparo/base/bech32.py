"""Bech32 (BIP 173), in which age writes its keys: ``age1…`` and ``AGE-SECRET-KEY-1…``.

age lifts BIP 173's limit of 90 characters (https://age-encryption.org/v1), so there is none here.
"""

from __future__ import annotations

__all__ = ["decode", "encode"]

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """Write ``data`` under a lower-case ``prefix``."""
    words = _regroup(data, 8, 5, pad=True)
    check = _polymod(_expand(prefix) + words + [0] * 6) ^ 1
    words += [(check >> 5 * (5 - i)) & 31 for i in range(6)]
    return prefix + "1" + "".join(_ALPHABET[word] for word in words)


def decode(text: str) -> tuple[str, bytes]:
    """Give the lower-case prefix and the data; ValueError when ``text`` is not whole."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixes capitals and small letters")
    prefix, separator, tail = text.lower().rpartition("1")
    if not prefix or not separator or len(tail) < 6 or set(tail) - set(_ALPHABET):
        raise ValueError("is not Bech32")
    words = [_ALPHABET.index(letter) for letter in tail]
    if _polymod(_expand(prefix) + words) != 1:
        raise ValueError("has a wrong checksum")
    return prefix, bytes(_regroup(words[:-6], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(words: list[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check


def _regroup(data: bytes | list[int], width: int, to: int, *, pad: bool) -> list[int]:
    held = bits = 0
    words = []
    for word in data:
        held = held << width | word
        bits += width
        while bits >= to:
            bits -= to
            words.append(held >> bits & ((1 << to) - 1))
        held &= (1 << bits) - 1
    if pad and bits:
        words.append(held << (to - bits) & ((1 << to) - 1))
    elif not pad and (bits >= width or held):
        raise ValueError("has loose bits at its end")
    return words
