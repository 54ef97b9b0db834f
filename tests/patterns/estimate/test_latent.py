"""Latent classes: the published posterior, chains that agree, and modes that are not hidden."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.estimate.chains import modes
from amparo.patterns.estimate.chains.starts import anywhere
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.kernels import latent as latent_kernel
from amparo.patterns.estimate.methods import estimate
from amparo.patterns.estimate.models import latent
from tests.patterns.estimate.tables import invented, read


def test_kosovo_is_within_two_percent_of_lcmcr(shared_data: Path) -> None:
    found = latent.fit(read(shared_data, "Kosovo"))
    assert found.quantile(0.5) == pytest.approx(10_427, rel=0.02)
    assert not found.multimodal
    assert found.r_hat < 1.03
    assert found.effective > 400


def test_the_same_seed_gives_the_same_bits() -> None:
    plan = latent.Plan(chains=2, draws=50, burn=50)
    first, second = (latent.fit(invented(), plan) for _ in range(2))
    assert first.draws.tobytes() == second.draws.tobytes()
    other = latent.fit(invented(), latent.Plan(chains=2, draws=50, burn=50, seed=2))
    assert first.draws.tobytes() != other.draws.tobytes()


def test_truth_lies_in_the_posterior_of_independent_lists() -> None:
    found = latent.fit(invented(2000), latent.Plan(chains=4, draws=300, burn=300))
    assert found.quantile(0.01) < 2000 < found.quantile(0.99)


def test_colombias_stratum_has_modes_and_says_so(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R's chains settle at 1,413 or near 2,100; the published draws have the mean 2,066."""
    monkeypatch.setattr(latent, "WEIGHED", 2)
    monkeypatch.setattr(latent, "RUNS", 1)
    table = read(shared_data, "verdata/R1_HOMBRE_1999")
    found = latent.fit(table, latent.Plan(chains=10, draws=150, burn=250, furthest=60, seed=2))
    assert found.multimodal
    assert found.r_hat > 1.1
    best = found.modes[0]
    assert best.weight > 0.9
    assert 1_600 < best.median < 2_600
    assert any(mode.median < 1_500 for mode in found.modes)


def test_modes_are_said_beside_the_number(shared_data: Path) -> None:
    answer = estimate(read(shared_data, "sparsemse_Ned_5"), "lcmcr")
    assert answer.diagnostics["multimodal"]
    assert "settled in" in answer.reasons[0]


def test_two_lists_are_refused() -> None:
    with pytest.raises(UsageError, match="three lists"):
        latent.fit(Table(("a", "b", "c"), {1: 20, 2: 20, 3: 10}))


def test_the_gradient_is_the_densitys() -> None:
    cells = modes.Cells.of(invented())
    classes, rng = 4, np.random.default_rng(3)
    state = anywhere(rng, cells, classes, 3)
    work = np.empty((4 + 2 * cells.lists, classes))
    gradient, unused = np.empty_like(state), np.empty_like(state)
    fixed = (0.7, 0.9, cells.counts, cells.starts, cells.members, cells.lists)
    latent_kernel.density(state, *fixed, gradient, work)
    for i in range(len(state)):
        step = np.zeros_like(state)
        step[i] = 1e-6
        up, down = (
            latent_kernel.density(state + s, *fixed, unused, work)[0] for s in (step, -step)
        )
        assert gradient[i] == pytest.approx((up - down) / 2e-6, rel=1e-4, abs=1e-4)


def test_evidence_of_one_class_is_exact_enough() -> None:
    """With one class the evidence is an integral over three chances, done here on a grid."""
    table = invented(300)
    cells = modes.Cells.of(table)
    rng = np.random.default_rng(5)
    state = anywhere(rng, cells, 1, 1)
    found = np.mean([modes.evidence(rng, cells, 1, (0.25, 0.25), state) for _ in range(3)])
    assert found == pytest.approx(_by_grid(table), abs=1.0)


def _by_grid(table: Table) -> float:
    side = (np.arange(90) + 0.5) / 90
    chances = np.stack(np.meshgrid(side, side, side, indexing="ij"))
    logs = np.zeros((90, 90, 90))
    for history, count in table.counts.items():
        for i in range(3):
            logs += count * np.log(chances[i] if history >> i & 1 else 1 - chances[i])
    logs -= table.documented * np.log1p(-np.prod(1 - chances, axis=0))
    return float(logs.max() + np.log(np.exp(logs - logs.max()).mean()))
