"""Tables by right and by SDG indicator: an act under each right, nothing guessed or claimed."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.rights import Own
from amparo.patterns.tables import Records, cross, meanings_of, rows_of, suppress

LIFE, LIBERTY = "Life", "Liberty and security of person"
TORTURE = "Freedom from torture and ill-treatment"
HEADS = (
    "victim_id",
    "date",
    "violation",
    "armed_conflict",
    "verified",
    "victim_group",
    "because_of_work",
)
ROWS = [
    ("V1", "2021-03-05", "enforced disappearance", "no", "yes", "journalist", "yes"),
    ("V1", "2021-03-06", "torture", "no", "yes", "journalist", "yes"),
    ("V2", "2021-04-01", "murder", "no", "yes", "none", "no"),
    ("V3", "2022", "murder", "yes", "yes", "none", "no"),
    ("V4", "2022", "killing", "yes", "", "none", "no"),
    ("V5", "2022", "chupadero", "no", "no", "none", "no"),
    ("V6", "2020", "", "no", "yes", "none", "no"),
    ("V7", "2020", "rape", "no", "yes", "none", "no"),
]


def acts(*leave_out: str) -> Records:
    kept = [place for place, head in enumerate(HEADS) if head not in leave_out]
    return Records.of([HEADS[k] for k in kept], [[row[k] for k in kept] for row in ROWS])


def test_an_act_stands_under_each_right_and_once_in_all() -> None:
    table = cross(acts(), rows="right", columns="year", unit="act")
    assert dict(zip(table.row_labels, table.row_totals, strict=True)) == {
        LIFE: 4,
        "Not to be disappeared": 1,
        "To be a person before the law": 1,
        TORTURE: 3,
        LIBERTY: 1,
        "(not in the vocabulary)": 1,
        "(not stated)": 1,
    }
    assert (table.total, sum(map(sum, table.counts))) == (8, 12)
    assert table.column_totals == (2, 3, 3)
    assert any("the cells add up to 12 and the total is 8" in note for note in table.notes)
    assert any("1 (“chupadero”)" in note for note in table.notes)


def test_every_number_opens_its_rows() -> None:
    records = acts()
    for rows, columns in (
        ("right", "year"),
        ("year", "violation:right"),
        ("right", "sdg"),
        ("sdg", ""),
    ):
        table = cross(records, rows=rows, columns=columns, unit="row")
        for row, line in zip(table.row_labels, table.counts, strict=True):
            for column, count in zip(table.column_labels, line, strict=True):
                assert len(rows_of(records, table, row, column if columns else "")) == count
            assert (
                len(rows_of(records, table, row)) == table.row_totals[table.row_labels.index(row)]
            )


def test_victims_are_counted_once_under_each_right() -> None:
    table = cross(acts(), rows="right", unit="victim")
    assert table.count(TORTURE, "victims") == 2  # V1, by two acts, and V7
    assert table.total == 7


def test_own_words_come_first_and_say_whose_they_are() -> None:
    own = Own({"chupadero": ("secret_detention",), "rape": ()}, by="Ana")
    table = cross(acts().meaning(own), rows="right", unit="act")
    assert table.count(LIBERTY, "acts") == 2
    assert table.count("(no right of the vocabulary)", "acts") == 1
    assert "(not in the vocabulary)" not in table.row_labels
    assert "Words that were read as Ana said: 2." in table.read_as


def test_indicators_count_what_they_count() -> None:
    records = acts()
    table = cross(records, rows="sdg", unit="victim")
    assert dict(zip(table.row_labels, (line[0] for line in table.counts), strict=True)) == {
        "16.1.1": 1,
        "16.1.2": 1,
        "16.10.1": 1,
        "(no indicator)": 1,
        "(not enough is said)": 1,
        "(not in the vocabulary)": 1,
        "(not stated)": 1,
    }
    assert rows_of(records, table, "16.10.1") == [1, 2]
    notes = " ".join(table.notes)
    assert "Rows that do not say what 16.1.2 needs, and are not in it: 1." in notes
    assert "share of people asked: 16.1.3, 16.2.3, 16.3.1, 5.2.1, 5.2.2." in notes
    assert meanings_of(table)["16.1.2"]["metadata"] == "2018-12-03"


@pytest.mark.parametrize(
    ("missing", "code", "says"),
    [
        ("armed_conflict", "16.1.1", "whether it was part of an armed conflict"),
        ("verified", "16.1.2", "whether the case was verified"),
        ("victim_group", "16.10.1", "a journalist, a trade unionist or a human rights defender"),
        ("because_of_work", "16.10.1", "because of that work or during it"),
    ],
)
def test_what_a_table_does_not_say_is_named_and_not_counted(
    missing: str, code: str, says: str
) -> None:
    table = cross(acts(missing), rows="sdg", unit="victim")
    assert code not in table.row_labels
    assert any(note.startswith(f"{code} is not counted") and says in note for note in table.notes)


def test_a_fact_can_be_said_of_every_row_or_of_another_column() -> None:
    whole = acts("armed_conflict").meaning(Own(facts={"conflict": False}))
    assert cross(whole, rows="sdg", unit="victim").count("16.1.1", "victims") == 2
    other = acts("armed_conflict").meaning(Own(facts={"conflict": "verified"}))
    assert "16.1.2" in cross(other, rows="sdg", unit="victim").row_labels


def test_a_count_of_acts_is_not_an_indicators_number() -> None:
    notes = cross(acts(), rows="sdg", unit="act").notes
    assert "An indicator counts victims; this table counts acts, which is not its number." in notes


def test_a_column_of_that_name_is_the_tables_own() -> None:
    records = Records.of(("right", "act"), [("land", "x"), ("water", "x"), ("land", "y")])
    table = cross(records, rows="right", unit="row")
    assert (table.row_labels, table.read_as) == (("land", "water"), ())


def test_without_a_column_of_acts_it_is_asked_for() -> None:
    records = Records.of(("what", "date"), [("torture", "2021")])
    with pytest.raises(UsageError, match="of which type each act is"):
        cross(records, rows="right", unit="row")
    assert cross(records, rows="what:right", unit="row").row_labels == (TORTURE,)
    with pytest.raises(UsageError, match="no column 'who'"):
        cross(records, rows="who:right", unit="row")


def test_an_empty_column_and_an_empty_table_are_answered() -> None:
    nothing = Records.of(("violation",), [("",), ("",)])
    assert cross(nothing, rows="right", unit="row").row_labels == ("(not stated)",)
    assert cross(Records.of(("violation",), []), rows="sdg", unit="row").total == 0


def test_in_public_no_note_tells_how_few_rows_were_not_known() -> None:
    table = suppress(cross(acts(), rows="right", unit="row"))
    assert not any("chupadero" in note for note in table.notes)
    assert all(count is None for line in table.counts for count in line)
