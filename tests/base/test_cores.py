"""A core of its own for each worker, where there are as many workers as cores."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from amparo.base import cores

if not hasattr(os, "sched_setaffinity"):
    pytest.skip("this system does not keep a process at a core", allow_module_level=True)


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = os.sched_getaffinity(0)
    monkeypatch.setattr(cores, "_own", set())
    yield
    assert os.sched_getaffinity(0) == before, "a test must leave all cores to the others"


def at_work() -> set[int]:
    with cores.on_own_core():
        return os.sched_getaffinity(0)


@pytest.mark.parametrize(
    ("place", "places", "own"),
    [(0, 2, {3}), (1, 2, {5}), (2, 3, {3}), (0, 1, set())],
)
def test_workers_share_the_cores_that_there_are(
    monkeypatch: pytest.MonkeyPatch, place: int, places: int, own: set[int]
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {5, 3})
    cores.claim_core(place, places)
    assert cores._own == own
    monkeypatch.undo()


def test_one_core_is_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    cores.claim_core(1, 2)
    assert cores._own == set()
    monkeypatch.undo()


def test_who_claimed_none_works_everywhere() -> None:
    assert at_work() == os.sched_getaffinity(0)


@pytest.mark.skipif(cores.cores() == 1, reason="this computer has one core")
def test_a_worker_stays_at_its_core_while_it_reads_and_no_longer() -> None:
    usable = sorted(os.sched_getaffinity(0))
    cores.claim_core(len(usable) - 1, len(usable))
    assert at_work() == {usable[-1]}
    with pytest.raises(KeyError), cores.on_own_core():
        raise KeyError
    assert os.sched_getaffinity(0) == set(usable)
