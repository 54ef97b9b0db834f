"""Precision and recall from a sample in layers."""

from __future__ import annotations

from amparo.linkage.records.quality import Judged, quality


def test_a_layer_judged_whole_leaves_nothing_open() -> None:
    found = quality([Judged(10, 10, 1, False), Judged(20, 20, 18, True)])
    assert found.precision is not None
    assert found.recall is not None
    assert (found.precision.lower, found.precision.upper) == (0.9, 0.9)
    assert found.recall.middle == 18 / 19


def test_a_small_sample_says_little() -> None:
    few = quality([Judged(1000, 10, 0, False), Judged(1000, 10, 10, True)]).recall
    many = quality([Judged(1000, 200, 0, False), Judged(1000, 200, 200, True)]).recall
    assert few is not None
    assert many is not None
    assert few.lower < many.lower
    assert few.upper <= 1


def test_what_is_not_judged_is_not_said() -> None:
    found = quality([Judged(10, 0, 0, False), Judged(20, 5, 5, True)])
    assert found.recall is None
    assert found.precision is not None
    assert "no judged pair yet" in found.reason
    assert quality([Judged(5, 0, 0, True)]).reason == "No pair of the sample is judged yet."


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    import numpy as np

    rng = np.random.default_rng(3)
    held = 0
    for _ in range(200):
        shares = (0.03, 0.9)
        drawn = [int(rng.binomial(50, share)) for share in shares]
        layers = [Judged(2000, 50, drawn[0], False), Judged(3000, 50, drawn[1], True)]
        found = quality(layers).precision
        held += bool(found and found.lower <= 0.9 <= found.upper)
    assert 180 <= held <= 200
