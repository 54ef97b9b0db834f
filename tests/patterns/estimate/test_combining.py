"""Strata, replicates, draws of links: several tables into one answer."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.estimate import strata
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.linked import Link, estimate_over_draws, tables
from amparo.patterns.estimate.methods import Settings, estimate
from amparo.patterns.estimate.replicates import Combined, rubin, verdata_rule
from tests.patterns.estimate.tables import invented

ALONE = Settings(beside=False)


def test_strata_add_up_and_what_is_refused_counts_as_documented() -> None:
    small = Table(("A", "B", "C"), {1: 2, 2: 1, 3: 1})
    found = strata.estimate_strata({"north": invented(), "south": small}, settings=ALONE)
    north = found.each["north"]
    assert found.left_out == ("south",)
    assert north.estimate is not None
    assert found.estimate == pytest.approx(north.estimate + 4)
    assert found.documented == north.documented + 4


def test_strata_are_read_by_their_column(tmp_path: Path) -> None:
    file = tmp_path / "lists.csv"
    file.write_text("a,region,b,n\n1,Norte,0,5\n0,Norte,1,3\n1,Сур,1,2\n1,,1,1\n", "utf-8")
    found = strata.from_csv(file, "region")
    assert found["Norte"] == Table(("a", "b"), {1: 5, 2: 3})
    assert found["Сур"] == Table(("a", "b"), {3: 2})
    assert found["unknown"].documented == 1
    with pytest.raises(UsageError, match="no column 'year'"):
        strata.from_csv(file, "year")


def test_verdatas_rule_by_hand() -> None:
    rng = np.random.default_rng(1)
    draws = [np.round(1000 + np.exp(rng.normal(7 + shift, 0.1, 500))) for shift in (0, 0.05, -0.05)]
    found = verdata_rule(draws, [1000, 1000, 1000])
    logs = [np.log(d - 1000) for d in draws]
    within = np.mean([np.var(each, ddof=1) for each in logs])
    between = np.var([each.mean() for each in logs], ddof=1)
    assert found.estimate == 1000 + round(np.mean([(d - 1000).mean() for d in draws]))
    assert found.missing_share == pytest.approx(4 / 3 * between / (within + 4 / 3 * between))
    spread = math.sqrt(within + 4 / 3 * between)
    reach = math.log((found.upper - 1000) / (found.lower - 1000)) / (2 * spread)
    assert 2.0 < reach < 2.6


@pytest.mark.parametrize(("number", "says"), [(2, "useless"), (5, "unreliable"), (10, "")])
def test_few_replicates_say_so(number: int, says: str) -> None:
    answers = [estimate(invented(1000 + 5 * i), settings=ALONE) for i in range(number)]
    found = rubin(answers)
    assert says in " ".join(found.reasons)
    assert bool(found.reasons) == bool(says)
    assert found.lower < 1000 < found.upper


def test_one_replicate_is_refused() -> None:
    with pytest.raises(UsageError, match="no variance"):
        rubin([estimate(invented(), settings=ALONE)])
    with pytest.raises(UsageError, match="no variance"):
        verdata_rule([np.array([2000.0])], [1000])


def test_a_draw_below_the_documented_is_refused() -> None:
    with pytest.raises(UsageError, match="smaller than"):
        verdata_rule([np.array([900.0]), np.array([2000.0])], [1000, 1000])


def test_links_are_drawn_by_their_probability() -> None:
    links = [Link(0, 1, 1.0), Link(2, 3, 0.0), Link(4, 5, 0.5)]
    found = list(tables(("a", "b"), [0, 1, 0, 1, 0, 1], links, draws=400, seed=3))
    assert {table.documented for table in found} == {4, 5}
    assert all(table.counts[3] >= 1 for table in found)
    assert sum(table.counts[3] == 2 for table in found) == pytest.approx(200, abs=40)
    assert found == list(tables(("a", "b"), [0, 1, 0, 1, 0, 1], links, draws=400, seed=3))


def test_uncertain_links_widen_the_estimate() -> None:
    rng = np.random.default_rng(4)
    on = rng.random((900, 3)) < 0.4
    records = [(int(person), int(source)) for person, source in np.argwhere(on)]
    sources = [source for _, source in records]
    pairs = [(i, i + 1) for i in range(len(records) - 1) if records[i][0] == records[i + 1][0]]

    def combined(probability: float) -> Combined:
        links = [Link(a, b, probability) for a, b in pairs]
        return estimate_over_draws(("a", "b", "c"), sources, links, method="loglinear", draws=10)

    sure, unsure = combined(1.0), combined(0.9)
    assert sure.missing_share == 0.0
    assert sure.lower < 900 < sure.upper
    assert unsure.estimate > sure.estimate
    assert unsure.missing_share > 0.0


@pytest.mark.parametrize("link", [Link(0, 1, 1.2), Link(0, 9, 0.5)])
def test_a_link_that_cannot_be_is_refused(link: Link) -> None:
    with pytest.raises(UsageError):
        list(tables(("a", "b"), [0, 1], [link], draws=1, seed=1))
