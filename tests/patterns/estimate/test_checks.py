"""What a table cannot bear is refused with the reason, and never answered with a number."""

from __future__ import annotations

import pytest

from amparo.patterns.estimate.checks import check
from amparo.patterns.estimate.histories import Table, from_rows
from amparo.patterns.estimate.methods import METHODS, Settings, estimate
from tests.patterns.estimate.tables import invented

QUICK = Settings(bootstraps=20)


def of(*cells: tuple[str, int], lists: str = "abc") -> Table:
    """``("101", 5)``: five people on lists a and c."""
    return from_rows(list(lists), [([int(c) for c in marks], n) for marks, n in cells])


INSIDE = of(("100", 90), ("110", 40), ("011", 0), ("001", 60), ("101", 20), ("111", 8))
REFUSED = {
    "three people": (of(("100", 1), ("010", 1), ("110", 1)), "too-few-people"),
    "no overlap": (of(("100", 50), ("010", 40), ("001", 30)), "no-overlap"),
    "one meeting": (of(("100", 50), ("010", 40), ("001", 30), ("110", 1)), "too-little-overlap"),
    "one list with people": (of(("100", 50)), "one-list"),
    "a list inside another": (INSIDE, "list-inside-another"),
    "the same list twice": (of(("110", 60), ("111", 20), ("001", 40)), "list-inside-another"),
    "a list that holds all": (of(("100", 50), ("110", 20), ("101", 30)), "list-holds-all"),
    "two islands": (of(("1100", 30), ("1000", 40), ("0100", 30), ("0010", 20), ("0011", 9),
                       ("0001", 25), lists="abcd"), None),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name, (_, code) in REFUSED.items() if code])
@pytest.mark.parametrize("method", METHODS)
def test_refused_by_every_method(name: str, method: str) -> None:
    table, code = REFUSED[name]
    answer = estimate(table, method, QUICK)
    assert answer.refused
    assert (answer.estimate, answer.lower, answer.upper) == (None, None, None)
    assert answer.reasons[0].endswith(".")
    assert answer.diagnostics["findings"][0]["code"] == code


def test_two_islands_are_answered_with_the_warning() -> None:
    table, _ = REFUSED["two islands"]
    assert "lists-apart" in {finding.code for finding in check(table)}


def test_two_lists_carry_a_plain_warning() -> None:
    table = Table(("police", "press"), {1: 80, 2: 60, 3: 20})
    answer = estimate(table)
    assert not answer.refused
    assert "two lists only" in answer.reasons[0]
    for method in ("loglinear", "dga", "lcmcr", "sparse"):
        assert estimate(table, method).refused


def test_a_small_list_inside_another_warns_only() -> None:
    table = of(("100", 90), ("010", 70), ("110", 30), ("101", 3))
    found = check(table)
    assert [f.weight for f in found if f.code == "list-inside-another"] == ["warn"]


def test_an_empty_list_is_left_out() -> None:
    full = invented()
    table = Table((*full.lists, "nobody"), full.counts)
    answer = estimate(table, "loglinear")
    assert answer.estimate == estimate(full, "loglinear").estimate
    assert "Nobody stands on nobody" in " ".join(answer.reasons)


def test_twenty_lists_are_answered() -> None:
    lists, rows = [f"l{i}" for i in range(20)], []
    for i in range(20):
        rows.append(([int(j == i) for j in range(20)], 30))
        rows += [([int(j in (i, k)) for j in range(20)], 2) for k in range(i + 1, 20)]
    answer = estimate(from_rows(lists, rows), "loglinear")
    assert not answer.refused
    assert "smaller lists" in answer.diagnostics["numbers"][8]
