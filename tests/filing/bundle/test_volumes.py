"""Exhibits are shared out in order, each page exactly once, within the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.filing.bundle.exhibits import Prepared
from amparo.filing.bundle.volumes import plan_volumes
from tests.filing.bundle.builders import exhibit

MB = 1_000_000


def prepared(pages, size):
    return Prepared(exhibit(b""), lambda: None, pages, size)


def test_without_a_limit_there_is_one_volume():
    (volume,) = plan_volumes([prepared(10, 900 * MB)] * 3, 0)
    assert [part.item for part in volume] == [0, 1, 2]


def test_an_exhibit_stays_whole_while_it_can():
    volumes = plan_volumes([prepared(10, 4 * MB)] * 3, 10 * MB)
    assert [[(part.item, part.of) for part in volume] for volume in volumes] == [
        [(0, 1), (1, 1)],
        [(2, 1)],
    ]


def test_an_exhibit_larger_than_a_volume_is_parted():
    volumes = plan_volumes([prepared(100, 24 * MB)], 10 * MB)
    assert [(part.start, part.count, part.number, part.of) for (part,) in volumes] == [
        (0, 33, 1, 3),
        (33, 34, 2, 3),
        (67, 33, 3, 3),
    ]


def test_a_page_larger_than_a_volume_is_named():
    with pytest.raises(UsageError, match="A page of exhibit A is larger"):
        plan_volumes([prepared(2, 100 * MB)], 10 * MB)


@given(
    st.lists(st.tuples(st.integers(1, 200), st.integers(1, 5 * MB)), min_size=1, max_size=30),
    st.integers(8 * MB, 40 * MB),
)
def test_every_page_stands_once_and_in_order(sizes, limit):
    exhibits = [prepared(pages, size) for pages, size in sizes]
    stands = [
        (part.item, page)
        for volume in plan_volumes(exhibits, limit)
        for part in volume
        for page in range(part.start, part.start + part.count)
    ]
    assert stands == [(i, page) for i, (pages, _) in enumerate(sizes) for page in range(pages)]
