"""Rules chosen by what they find for what they cost; those that are kept already come first."""

from __future__ import annotations

import numpy as np
import pytest

from amparo.linkage.records.blocking import Rule, learned, rule_of

GIVEN, FAMILY, PLACE = (rule_of([name], 10) for name in ("given name", "family name", "place"))
CODED = {
    GIVEN.keys[0]: np.array([0, 0, 1, 1, 2, 3]),
    FAMILY.keys[0]: np.array([0, 0, 1, 1, 2, 2]),
    PLACE.keys[0]: np.array([0, 1, 2, 3, 4, 4]),
}
FIRST, SECOND = np.array([0, 2, 4]), np.array([1, 3, 5])


@pytest.mark.parametrize(
    ("rules", "kept", "budget", "chosen"),
    [
        ([GIVEN, FAMILY, PLACE], [], 100, {FAMILY: 1.0}),
        ([GIVEN, PLACE], [], 100, {GIVEN: 2 / 3, PLACE: 1 / 3}),
        ([GIVEN, PLACE], [], 10, {GIVEN: 2 / 3}),
        ([GIVEN, FAMILY, PLACE], [GIVEN], 100, {GIVEN: 2 / 3, FAMILY: 1.0}),
        ([FAMILY, PLACE], [GIVEN], 10, {GIVEN: 2 / 3}),
        ([GIVEN, PLACE], [FAMILY], 100, {FAMILY: 1.0}),
    ],
)
def test_rules_are_chosen_for_what_others_miss(rules, kept, budget, chosen) -> None:
    sure = np.full(3, 0.9)
    found = learned(rules, CODED, FIRST, SECOND, sure, budget=budget, kept=kept)
    assert [rule.keys for rule in found] == [rule.keys for rule in chosen]
    assert [rule.finds for rule in found] == pytest.approx(list(chosen.values()))


def test_without_likely_matches_all_rules_stay() -> None:
    none = np.full(3, 0.1)
    assert learned([GIVEN], CODED, FIRST, SECOND, none, budget=100) == (GIVEN,)
    kept = [Rule(FAMILY.keys, 10)]
    assert learned([GIVEN], CODED, FIRST, SECOND, none, budget=100, kept=kept) == tuple(kept)
