"""Pairs found on numbers are those that the rules' own SQL finds, each once."""

from __future__ import annotations

import pytest

from amparo.linkage.records import Linking, Model, from_rows
from amparo.linkage.records.vectors import linker
from tests.linkage.records.people import HEAD, rows


def split() -> Linking:
    whole = rows()
    return Linking([from_rows("a", HEAD, whole[:300]), from_rows("b", HEAD, whole[300:])])


def found(linking: Linking, model: Model, part_of: int = 1) -> list[tuple[int, int]]:
    table = linking._candidates.found_by(model.rules, part_of)
    columns = (table.column(f"join_key_{side}").to_pylist() for side in "lr")
    return sorted(zip(*columns, strict=True))


@pytest.fixture(scope="module", params=["one table", "two tables"])
def learned(request: pytest.FixtureRequest) -> tuple[Linking, Model]:
    one = request.param == "one table"
    linking = Linking([from_rows("people", HEAD, rows())]) if one else split()
    return linking, linking.learn()


def test_what_is_found_is_what_the_rules_say(learned: tuple[Linking, Model]) -> None:
    linking, model = learned
    own = linker(linking._frame, model.settings())
    blocked = own.inference.compute_blocked_pairs_for_predict().physical_name
    sql = f"select join_key_l, join_key_r from {blocked} order by 1, 2"
    assert found(linking, model) == linking._api.duckdb_con.execute(sql).fetchall()


def test_a_drawn_part_is_the_same_each_time(learned: tuple[Linking, Model]) -> None:
    linking, model = learned
    part, whole = found(linking, model, part_of=3), found(linking, model)
    assert part == found(linking, model, part_of=3)
    assert set(part) < set(whole)
    lesser = {first for first, _ in part}
    assert part == [pair for pair in whole if pair[0] in lesser]
