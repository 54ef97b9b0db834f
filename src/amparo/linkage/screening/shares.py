"""What a source says of a share, as the least and the most percent that it can mean."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

__all__ = ["share"]

_RANGE = re.compile(r"^(\d+(?:\.\d+)?)(?:-|–|to|and)(\d+(?:\.\d+)?)$")
_LEAST = re.compile(r"^(?:>=|≥|>|morethan|over|atleast)(\d+(?:\.\d+)?)$")
_MOST = re.compile(r"^(?:<=|≤|<|lessthan|under|upto)(\d+(?:\.\d+)?)$")
_WHOLE = Decimal(100)


def share(said: str) -> tuple[str, str]:
    """``51 %`` is 51 to 51, ``25-50`` is 25 to 50, ``>50`` is 50 to 100; unknown is 0 to 100.

    More than a hundred percent, or less than none, is unknown too.
    """
    plain = "".join(said.lower().replace("%", "").split()).replace(",", ".")
    ends = _ends(plain)
    try:
        least, most = (Decimal(end) for end in ends)
        is_share = 0 <= least <= most <= _WHOLE
    except InvalidOperation:
        return "0", "100"
    return (str(least), str(most)) if is_share else ("0", "100")


def _ends(plain: str) -> tuple[str, str]:
    if found := _RANGE.match(plain):
        return found[1], found[2]
    if found := _LEAST.match(plain):
        return found[1], "100"
    if found := _MOST.match(plain):
        return "0", found[1]
    return plain, plain
