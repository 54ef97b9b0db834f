from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from amparo.base.ids import new_id, read_id, read_ids, uuid7


def test_the_example_of_rfc_9562_appendix_a6() -> None:
    milliseconds, rand_a, rand_b = 0x017F22E279B0, 0xCC3, 0x18C4DC0C0C07398F
    expected = uuid.UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    assert uuid7(milliseconds * 4096 + rand_a, rand_b) == expected


def test_ids_of_one_process_ascend_and_differ() -> None:
    ids = [new_id() for _ in range(2000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


@given(st.integers(0, 2**60 - 1), st.integers(0, 2**62 - 1))
def test_every_id_is_a_version_7_uuid(tick: int, random: int) -> None:
    made = uuid7(tick, random)
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


@given(st.integers(0, 2**60 - 2), st.integers(0, 2**62 - 1), st.integers(0, 2**62 - 1))
def test_a_later_tick_sorts_later_whatever_is_random(tick: int, a: int, b: int) -> None:
    assert uuid7(tick, a) < uuid7(tick + 1, b)


def test_ids_are_read_out_of_what_an_address_gives() -> None:
    made = new_id()
    assert read_id(str(made).upper()) == made
    assert read_id("1 OR 1=1") is None
    assert read_ids(["", str(made), "x"]) == [made]
