"""Every sentence that a comparison of names says is one that can be translated."""

from __future__ import annotations

import re

import pytest

from amparo.linkage.names import compare
from amparo.site.said.names import NAME_SENTENCES

PATTERNS = [
    re.compile(".+".join(map(re.escape, re.split(r"%\(\w+\)s", sentence))))
    for sentence in NAME_SENTENCES
]
PAIRS = [
    ("Sergey Ivanovich Belov", "Sergej Petrovich Belov"),
    ("Mohammad Hussein", "محمد حسين"),
    ("Misha Petrov", "Mikhail Petrov Junior"),
    ("J. Martin", "Jean Martin"),
    ("B. Martin", "Jean Martin"),
    ("J. Martin", "J. Martin Dubois"),
    ("习近平", "習近平"),
    ("Brigade 44", "Brigade 45"),
    ("Brigade 44 North", "Brigade 44 South"),
    ("Acme Trading Ltd", "Acme Trading GmbH"),
    ("Salman bin Rashid", "Rashid bin Salman"),
    ("AnnaKovacs", "Anna Kovacs"),
    ("Abdul Rahman Saleh", "Abdulrahman Saleh"),
    ("Haddad, Omar", "Omar Haddad"),
    ("Abdiev", "Абдиев"),
    ("Lindenberg", "Lyndenburg"),
    ("Hassan Saleh", "Hussein Saleh"),
    ("", "Omar"),
    ("Omar", "Omar"),
    ("Omar", "Lina"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_reason_is_listed(one: str, other: str) -> None:
    for reason in compare(one, other).reasons:
        assert any(pattern.fullmatch(reason) for pattern in PATTERNS), reason
