"""Each worker of a crew claims a core by its place."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence

import pytest

from amparo.base import cores
from amparo.base.web import crew


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="Linux keeps processes at cores")
@pytest.mark.skipif(cores.cores() == 1, reason="this computer has one core")
def test_workers_of_a_crew_take_different_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    told: multiprocessing.SimpleQueue[set[int]] = multiprocessing.get_context("fork").SimpleQueue()

    def work(_crew: str, _dead: Sequence[int | None]) -> None:
        with cores.on_own_core():
            told.put(os.sched_getaffinity(0))

    monkeypatch.setattr(crew, "work_until_stopped", work)
    places = cores.cores()
    for place in range(places):
        crew._start("crew", [], place, places).join()
    seen = [told.get() for _ in range(places)]
    assert sorted(core for own in seen for core in own) == sorted(os.sched_getaffinity(0))
