"""Rows with some text in them, however it is capitalised, for the filters above lists."""

from __future__ import annotations

from functools import reduce
from itertools import product
from operator import or_

from django.db.models import Q

__all__ = ["containing"]


def containing(text: str, *fields: str) -> Q:
    """What has ``text`` in any of ``fields``.

    SQLite knows the capitals of ASCII alone, and so does a PostgreSQL whose locale is C; other
    scripts are asked for as they are commonly capitalised: not at all, the first letter, each word,
    throughout.
    """
    spellings = [text]
    if not text.isascii():
        said = (text, text.lower(), text.capitalize(), text.title(), text.upper())
        spellings = list(dict.fromkeys(said))
    found = (Q(**{f"{name}__icontains": each}) for name, each in product(fields, spellings))
    return reduce(or_, found)
