"""A whole question, answered in steps that can be shown and stopped."""

from __future__ import annotations

import pytest

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.methods import BESIDE, Settings
from amparo.patterns.estimate.record import again, table_of
from amparo.patterns.estimate.whole import Whole, answer_whole
from tests.patterns.estimate.tables import HEPATITIS, invented

QUICK = Settings(bootstraps=20)


class Stopped(Exception):
    """Somebody stopped the work."""


def steps_of(table: Table, **strata: Table) -> tuple[Whole, list[tuple[int, int, str]]]:
    told: list[tuple[int, int, str]] = []
    made = answer_whole(
        table, QUICK, strata=strata, on_step=lambda done, of, what: told.append((done, of, what))
    )
    return made, told


def test_each_step_is_told_before_it_begins() -> None:
    made, told = steps_of(HEPATITIS, north=invented(), south=Table(("A", "B", "C"), {1: 3}))
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert {of for _, of, _ in told} == {len(told)}
    assert [what for _, _, what in told][: len(BESIDE)] == list(BESIDE)
    assert len(made.moved_as_json()) == len(told) - len(BESIDE) - 1
    strata = made.strata_as_json()
    assert strata is not None
    assert strata["left_out"] == ["south"]
    assert strata["each"]["north"]["estimate"] > 500


def test_its_record_gives_the_answer_again() -> None:
    made, _ = steps_of(HEPATITIS)
    assert table_of(made.record) == HEPATITIS
    assert again(made.record) == made.answer
    assert made.strata_as_json() is None


def test_a_refusal_takes_no_steps() -> None:
    made, told = steps_of(Table(("a", "b"), {1: 30, 2: 30}))
    assert made.answer.refused
    assert (made.moved, told) == ((), [])


def test_a_step_may_stop_it() -> None:
    def stop(done: int, _of: int, _what: str) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        answer_whole(HEPATITIS, QUICK, on_step=stop)
