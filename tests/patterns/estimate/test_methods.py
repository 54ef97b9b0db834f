"""The answers of all methods: their form, the published figures, the headline's parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.estimate.methods import BESIDE, METHODS, Settings, estimate
from amparo.patterns.estimate.sensitivity import variations
from tests.patterns.estimate.tables import HEPATITIS, invented, read

FIELDS = {
    "method", "documented", "estimate", "lower", "upper", "refused", "reasons", "diagnostics"
}  # fmt: skip


@pytest.mark.parametrize("method", [name for name in METHODS if name != "chapman"])
def test_every_answer_has_the_same_form(method: str) -> None:
    answer = estimate(HEPATITIS, method, Settings(bootstraps=100)).as_json()
    assert set(json.loads(json.dumps(answer))) == FIELDS
    assert answer["documented"] == 271
    assert answer["lower"] <= answer["estimate"] <= answer["upper"]


@pytest.mark.parametrize(
    ("method", "total", "low", "high"),
    [
        ("loglinear", 10_356.5, 9_002, 12_122),
        ("dga", 12_595, 9_827, 16_544),
        ("sparse", 14_341.66, 12_484, 16_623),
    ],
)
def test_kosovo_as_published(
    shared_data: Path, method: str, total: float, low: float, high: float
) -> None:
    answer = estimate(read(shared_data, "Kosovo"), method)
    assert answer.estimate == pytest.approx(total, rel=1e-5)
    assert (answer.lower, answer.upper) == pytest.approx((low, high), rel=0.015)


def test_the_headline_shows_the_spread_between_methods() -> None:
    answer = estimate(HEPATITIS, settings=Settings(bootstraps=100))
    beside = answer.diagnostics["methods"]
    assert [each["method"] for each in beside] == list(BESIDE)
    totals = [each["estimate"] for each in beside]
    assert answer.diagnostics["spread"] == [min(totals), max(totals)]
    assert set(answer.diagnostics["parts"]) == {"chao", "loglinear"}


def test_the_headline_finds_independent_lists() -> None:
    answer = estimate(invented(2000), settings=Settings(beside=False))
    assert answer.lower is not None
    assert answer.upper is not None
    assert answer.lower < 2000 < answer.upper
    assert answer.estimate == pytest.approx(2000, rel=0.1)


def test_dgas_swing_with_its_prior_is_shown(shared_data: Path) -> None:
    tried = {v.changed: v.answer for v in variations(read(shared_data, "Kosovo"), "dga")}
    swing = tried["prior weight of a cell 1"].estimate
    assert swing == pytest.approx(4_617, abs=1)
    assert len([changed for changed in tried if changed.startswith("without")]) == 4


def test_latent_classes_are_varied_too() -> None:
    changed = [v.changed for v in variations(invented(), "lcmcr")]
    assert changed == [
        "5 classes at most", "15 classes at most", "prior of alpha gamma(1, 1)", "seed 2"
    ]  # fmt: skip


def test_the_headline_is_tried_without_each_list_and_by_what_its_methods_turn() -> None:
    tried = [v.changed for v in variations(HEPATITIS, "average", Settings(bootstraps=50))]
    assert tried[:3] == ["without P", "without Q", "without E"]
    rest = " ".join(tried[3:])
    for turned in (
        "prior weight of a cell 1",
        "5 classes",
        "prior of alpha",
        "seed 2",
        "threshold",
    ):
        assert turned in rest


def test_kosovos_best_model_has_the_published_interval(shared_data: Path) -> None:
    answer = estimate(read(shared_data, "Kosovo"), "loglinear")
    assert (answer.lower, answer.upper) == pytest.approx((9_002, 12_122), rel=0.01)


def test_an_unknown_method_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="Methods: average, chao"):
        estimate(invented(), "guess")
