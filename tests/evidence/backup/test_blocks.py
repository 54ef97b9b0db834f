from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import VerificationError
from amparo.evidence.backup.blocks import ROWS_ABOUT, blocks, decoder, encoder, rows_in

ROW = {
    "plain": "Ṣāliḥ\n\u2028 صالح",
    "json": {"a": [1, None, "b"]},
    "uuid": UUID(int=7),
    "decimal": Decimal("1.10"),
    "bytes": b"\x00\xff",
    "datetime": datetime(2026, 11, 22, 1, 2, 3, 45, UTC),
    "date": date(2026, 11, 22),
    "time": time(1, 2),
    "duration": timedelta(seconds=1.5),
}


def through(row: list[object], kinds: list[str]) -> list[object]:
    (block,) = blocks([encoder(kinds)(row)])
    (back,) = rows_in(block[0], what="block")
    return decoder(kinds)(back)


def test_every_kind_of_value_comes_back() -> None:
    assert through(list(ROW.values()), list(ROW)) == list(ROW.values())
    assert through([None] * len(ROW), list(ROW)) == [None] * len(ROW)


@given(st.lists(st.text(), min_size=1))
def test_every_text_comes_back(row: list[str]) -> None:
    assert through(list(row), ["plain"] * len(row)) == row


def test_a_row_more_changes_one_block() -> None:
    rows = [[number, "x"] for number in range(20 * ROWS_ABOUT)]
    before = [block for block, _ in blocks(rows)]
    rows.insert(random.Random(3).randrange(len(rows)), [-1, "new"])
    after = [block for block, _ in blocks(rows)]
    assert len(before) > 8
    assert len(set(after) - set(before)) <= 2
    assert sum(number for _, number in blocks(rows)) == len(rows)


@pytest.mark.parametrize("damage", [b"", b"x", b"\x78\x9c"])
def test_what_is_no_block_is_named(damage: bytes) -> None:
    with pytest.raises(VerificationError, match="Block 3 of people"):
        rows_in(damage, what="Block 3 of people")
