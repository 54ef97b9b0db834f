"""Strata of an estimate where some records do not say their stratum."""

from __future__ import annotations

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.estimate import Settings, estimate
from amparo.patterns.estimate.parting import by_stratum
from amparo.patterns.imputation import impute
from amparo.patterns.imputation.estimates import estimate_strata
from amparo.patterns.tables import Records

LISTS = ("church", "press", "police")


def people(people_each: int = 400, east: int = 12) -> Records:
    """People of two regions and a few of a third, on three independent lists, a fifth of them
    without their region."""
    chance = np.random.default_rng(5)
    rows = []
    for region, number in (("North", people_each), ("South", people_each), ("East", east)):
        on = chance.random((number, 3)) < (0.5 if region == "North" else 0.35)
        rows += [
            ("" if chance.random() < 0.2 else region, *map(str, marks.astype(int)))
            for marks in on
            if marks.any()
        ]
    return Records.of(["region", *LISTS], rows)


def test_strata_over_replicates_are_combined() -> None:
    records = people()
    made = impute(records, ["region"], using=LISTS, times=10)
    found = estimate_strata(made, LISTS, by="region", method="chao")
    assert set(found.each) == {"North", "South"}
    assert set(found.refused) == {"East"}
    assert "documented" in found.refused["East"][1]
    assert found.documented == pytest.approx(len(records))
    for answer in found.each.values():
        assert answer.lower < answer.estimate < answer.upper
        assert answer.missing_share > 0
    assert found.total("lower") < found.total("estimate") < found.total("upper")


def test_a_stratum_that_some_replicates_refuse_is_refused() -> None:
    """Else the replicates that happen to give it many people would speak for all."""
    made = impute(people(100, east=33), ["region"], using=LISTS, times=20)
    tables = [by_stratum(one, LISTS, "", "region")["East"] for one in made.replicates()]
    refusals = sum(estimate(table, "chao").refused for table in tables)
    assert 2 < refusals < 20
    found = estimate_strata(made, LISTS, by="region", method="chao")
    documented, reason = found.refused["East"]
    assert documented == pytest.approx(sum(table.documented for table in tables) / 20)
    assert reason == f"{refusals} of 20 replicates bear no estimate of it."


def test_a_stratum_that_was_not_filled_in_is_refused() -> None:
    made = impute(people(), ["region"], using=LISTS, times=2)
    with pytest.raises(UsageError, match="was not filled in"):
        estimate_strata(made, LISTS, by="year", settings=Settings(beside=False))
