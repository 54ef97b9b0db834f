"""Every sentence that an estimate says on its page can be said in the page's language."""

from __future__ import annotations

import pytest

from amparo.patterns.estimate.checks import check
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.methods import METHODS
from amparo.patterns.estimate.sensitivity import questions
from amparo.patterns.estimate.words import words_for
from amparo.site.said.saying import _known, _unknown
from tests.patterns.estimate.tables import HEPATITIS

TABLES = (
    Table(("a", "b", "c"), {1: 1, 2: 1, 3: 1}),
    Table(("a", "b", "c"), {1: 50, 2: 40, 4: 30}),
    Table(("a", "b", "c"), {1: 50, 2: 40, 4: 30, 3: 1}),
    Table(("a", "b", "c"), {1: 50, 2: 40, 4: 30, 3: 2}),
    Table(("a", "b", "c"), {1: 50}),
    Table(("a", "b", "c"), {1: 90, 3: 40, 4: 60, 5: 20, 7: 8}),
    Table(("a", "b", "c"), {1: 50, 3: 20, 5: 30}),
    Table(("a", "b", "c", "d"), {1: 30, 2: 9, 4: 8, 3: 2, 8: 5, 6: 1}, repeated=2),
    Table(("a", "b", "c"), {1: 20, 2: 22, 3: 7}),
    Table(("a", "b", "c"), {1: 40, 2: 30, 3: 9, 7: 3, 5: 1}),
)


def sentences() -> list[str]:
    found = [line for name in METHODS for line in words_for(name).assumes]
    found += [line for name in METHODS for line in words_for(name).breaks]
    found += [finding.says for table in TABLES for finding in check(table)]
    return found + [question.changed for question in questions(HEPATITIS, "average")]


@pytest.mark.parametrize("text", sorted(set(sentences())))
def test_it_is_listed(text: str) -> None:
    rest = text
    while rest:
        known = _known(rest)
        assert known, _unknown(rest)[0]
        rest = rest[known[1] :].lstrip()
