"""Which pair is shown next, and which are drawn for the sample."""

from __future__ import annotations

from amparo.linkage.records.reviewing import LAYERS, layer_of, most_informative, sample


def test_the_least_certain_comes_first() -> None:
    assert most_informative([8.0, 0.2, -1.0, 3.0], "abcd", set()) == [1, 2, 3, 0]


def test_what_was_judged_before_comes_later() -> None:
    assert most_informative([0.1, 0.2, 0.5], ["x", "x", "y"], {0}) == [2, 1]


def test_the_sample_draws_of_every_layer_the_same_each_time() -> None:
    bits = [-6.0] * 30 + [-1.0] * 3 + [1.0] * 30 + [9.0] * 30
    drawn = sample(bits, 5)
    assert drawn == sample(bits, 5)
    counts = [sum(layer_of(bits[place]) == layer for place in drawn) for layer in range(4)]
    assert counts == [5, 3, 5, 5]
    assert [layer.name for layer in LAYERS][-1] == "almost surely one person"
