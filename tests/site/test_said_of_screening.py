"""Every sentence of a screening is one that can be translated."""

from __future__ import annotations

import io
import re

import pytest

from amparo.base.errors import UnreadableFile
from amparo.linkage.screening import Alias, Asked, Entry, Identifier, Index, owned_by, read, screen
from amparo.linkage.screening.entries import Stake
from amparo.linkage.screening.facts import facts_of
from amparo.site.said.screening import SCREENING_SENTENCES
from tests.linkage.screening.lists import FTM, OFAC_CSV, PLAIN

PATTERNS = [
    re.compile(".+".join(map(re.escape, re.split(r"%\(\w+\)s", sentence))))
    for sentence in SCREENING_SENTENCES
]


def is_listed(sentence: str) -> bool:
    return any(pattern.fullmatch(sentence) for pattern in PATTERNS)


@pytest.mark.parametrize("born", ["", "1971", "03/04/71"])
@pytest.mark.parametrize("countries", [(), ("SY",), ("Ruritania",)])
@pytest.mark.parametrize("identifiers", [(), ("N1",)])
def test_every_fact_is_listed(
    born: str, countries: tuple[str, ...], identifiers: tuple[str, ...]
) -> None:
    entries = [
        Entry("1", "X"),
        Entry("2", "X", "vessel", born=("1971",), countries=("Syria",)),
        Entry("3", "X", "aircraft", born=("1950",), countries=("Iran",)),
        Entry("4", "X", "person", identifiers=(Identifier("", "N-1"),)),
        Entry("5", "X", "person", identifiers=(Identifier("", "N2"),)),
    ]
    for entry in entries:
        told = facts_of(
            entry, born=born, countries=countries, identifiers=identifiers, is_body=True
        )
        assert not [fact.said for fact in told if not is_listed(fact.said)]


def test_what_is_said_of_owners_and_entries_is_listed() -> None:
    said = [
        Stake("X", "A", "60", "60"),
        Stake("A", "B", "50", "50"),
        Stake("P", "B"),
        Stake("N", "B", "70", "70"),
        Stake("X", "B", "5", "5", "2019"),
    ]
    for each in owned_by(said, {"X"}, {"P"}).values():
        assert not [reason for reason in each.reasons if not is_listed(reason)]
    index = Index([Entry("1", "X Y", aliases=(Alias("Falcon", True),), is_listed=False)])
    assert all(map(is_listed, screen(Asked("Falcon"), index).hits[0].reasons[-2:]))


@pytest.mark.parametrize("text", [FTM, OFAC_CSV, PLAIN])
def test_remarks_of_lists_are_listed(text: str) -> None:
    assert all(map(is_listed, read(io.BytesIO(text.encode()), "list").remarks))


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE a []><a/>", "<a", "<a/>", "<sdnList/>", "{}", "place\nHoms\n", "a\x00b"]
)
def test_refusals_are_listed(text: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(io.BytesIO(text.encode()), "list")
    assert is_listed(refused.value.message)
    assert not refused.value.next_step or is_listed(refused.value.next_step)
