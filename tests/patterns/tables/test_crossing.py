"""Cross-tables: the unit decides, unknown stays, totals are counted, numbers open their rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.patterns.tables import Records, cross, read, rows_of, suppress
from amparo.patterns.tables.crossing import NOT_STATED
from amparo.patterns.tables.suppression import outsiders

ACTS = """act_id,victim,event_id,date,perpetrator,act
1,V1,E1,2021-03-05,Guard,arrest
2,V1,E1,2021-03-06,Guard,torture
3,V2,E1,2021-03,Guard,arrest
4,V2,E2,2022,Police,arrest
5,,E2,,Police,arrest
6,V3,E3,2021-12/2022-01,,killing
"""


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    path = tmp_path / "acts.csv"
    path.write_text(ACTS, "utf-8")
    return path


def test_acts_and_victims_are_not_the_same_number(acts: Path) -> None:
    records = read(acts)
    of_acts = cross(records, rows="perpetrator", unit="act")
    of_victims = cross(records, rows="perpetrator", unit="victim")
    of_events = cross(records, rows="perpetrator", unit="event")
    assert of_acts.row_labels == ("Guard", "Police", NOT_STATED)
    assert of_acts.row_totals == (3, 2, 1)
    assert of_victims.row_totals == (2, 1, 1)
    assert of_victims.total == 3
    assert of_events.row_totals == (1, 1, 1)


def test_totals_count_each_victim_once_and_say_so(acts: Path) -> None:
    records = read(acts)
    table = cross(records, rows="perpetrator", columns="act", unit="victim")
    assert table.total == 3
    assert any("totals count each once" in note for note in table.notes)
    assert any("1 rows name no victim" in note for note in table.notes)


def test_a_year_is_not_made_up(acts: Path) -> None:
    records = read(acts)
    table = cross(records, rows="year", columns="perpetrator", unit="act")
    assert table.row_labels == ("2021", "2022", "several years", NOT_STATED)
    assert table.count("2021", "Guard") == 3
    assert table.count(NOT_STATED, "Police") == 1
    assert table.count("several years", NOT_STATED) == 1


def test_a_month_known_by_year_only_is_several_months(acts: Path) -> None:
    records = read(acts)
    table = cross(records, rows="month", unit="row")
    assert table.row_labels == ("2021-03", "several months", NOT_STATED)


def test_every_number_opens_its_rows(acts: Path) -> None:
    records = read(acts)
    table = cross(records, rows="perpetrator", columns="act", unit="act")
    assert rows_of(records, table, "Guard", "arrest") == [1, 3]
    assert rows_of(records, table, NOT_STATED, "killing") == [6]
    assert records.row(6)["victim"] == "V3"


def test_what_cannot_be_counted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("year,what\n2021,arrest\n", "utf-8")
    records = read(path)
    with pytest.raises(UsageError, match="cannot count victims"):
        cross(records, rows="year", unit="victim")
    with pytest.raises(UsageError, match="no column 'region'"):
        cross(records, rows="region")
    with pytest.raises(UsageError, match="not a unit"):
        cross(records, rows="year", unit="people")
    with pytest.raises(UsageError, match="no date to take it from"):
        cross(records, rows="month")


_cells = st.sampled_from(["a", "b", "c", "Ж", "", "x'; DROP TABLE records; --", '"'])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(_cells, _cells, st.sampled_from(["1", "2", "3", ""])), max_size=30))
def test_it_agrees_with_counting_by_hand(rows: list[tuple[str, str, str]]) -> None:
    records = Records.of(["r", "c", "victim"], rows)
    of_rows = cross(records, rows="r", columns="c", unit="row")
    of_victims = cross(records, rows="r", columns="c", unit="victim")
    wanted = Counter((r or NOT_STATED, c or NOT_STATED) for r, c, _ in rows)
    people = {(r or NOT_STATED, c or NOT_STATED, v) for r, c, v in rows if v}
    for row in of_rows.row_labels:
        for column in of_rows.column_labels:
            assert of_rows.count(row, column) == wanted[row, column]
            distinct = len({v for r, c, v in people if (r, c) == (row, column)})
            assert of_victims.count(row, column) == distinct
    assert of_rows.total == len(rows)
    assert of_victims.total == len({v for _, _, v in people})


_counts = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=5)


@settings(max_examples=30, deadline=None)
@given(_counts)
def test_no_withheld_cell_can_be_subtracted_out(counts: list[list[int]]) -> None:
    rows = [
        (f"r{i}", f"c{j}")
        for i, line in enumerate(counts)
        for j, n in enumerate(line)
        for _ in range(n)
    ]
    records = Records.of(["r", "c"], rows)
    whole = cross(records, rows="r", columns="c", unit="row")
    table = suppress(whole)
    for (i, j), (low, high) in outsiders(table).items():
        totals = i == len(whole.row_labels) or j == len(whole.column_labels)
        if not totals and 0 < (whole.counts[i][j] or 0) < 5:
            assert high >= 4 - 1e-6, "an outsider knows that it is less"
            assert high - low >= 2 - 1e-6, "an outsider knows it nearly"
    shown = [count for line in table.counts for count in line if count is not None]
    assert not [count for count in shown if 0 < count < 5]
