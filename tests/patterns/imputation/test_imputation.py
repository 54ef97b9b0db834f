"""Filling in: never over a document's value, marked, the same again, and honest about the truth."""

from __future__ import annotations

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.imputation import MARK, Imputed, counts, diagnose, fitting, impute
from amparo.patterns.tables import Records
from tests.patterns.imputation.invented import HEADS, NAMES, acts

RECORDS, TRUTH = acts()


@pytest.fixture(scope="module")
def made() -> Imputed:
    return impute(RECORDS, ["perpetrator", "age"], times=20)


def test_no_value_of_a_document_is_changed(made: Imputed) -> None:
    for one in made.replicates():
        for name in ("perpetrator", "age"):
            before, after = RECORDS.column(name), one.column(name)
            stated = before.codes >= 0
            assert (before.codes[stated] == after.codes[stated]).all()
            assert (after.codes >= 0).all()
    assert RECORDS.column("perpetrator").codes.min() == -1


def test_every_cell_that_was_filled_in_says_so(made: Imputed) -> None:
    one = made.replicate(3)
    marks = one.column(f"perpetrator ({MARK})")
    empty = RECORDS.column("perpetrator").codes < 0
    assert [marks.word(row) for row in range(len(one))] == [MARK if e else None for e in empty]
    assert made.rows("perpetrator") == [int(row) + 1 for row in np.flatnonzero(empty)]


def test_the_same_seed_gives_the_same_replicates_and_another_does_not(made: Imputed) -> None:
    again, other = (impute(RECORDS, ["perpetrator", "age"], times=20, seed=s) for s in (1, 2))
    first = made.columns["perpetrator"].codes
    assert (again.columns["perpetrator"].codes == first).all()
    assert (other.columns["perpetrator"].codes != first).any()


def test_counts_hold_the_truth_where_leaving_out_bends_it() -> None:
    """Of 20 tables with three counts each, 95 % intervals should hold nearly all truths; sharing
    the silent out like the stated misses most."""
    held, bent = [], []
    for seed in range(20):
        records, truth = acts(400, seed)
        told = counts(impute(records, ["perpetrator"], times=20), rows="perpetrator", unit="row")
        by = {cell.row: cell for cell in told.cells}
        stated = sum(cell.stated for cell in told.cells)
        for name, true in zip(NAMES, truth, strict=True):
            held.append(by[name].lower <= true <= by[name].upper)
            shared = by[name].stated / stated * len(records)
            bent.append(by[name].lower <= shared <= by[name].upper)
    assert sum(held) >= 54
    assert sum(bent) < 30


def test_a_count_lies_between_what_is_stated_and_all(made: Imputed) -> None:
    told = counts(made, rows="perpetrator", columns="sex", unit="row")
    assert all(
        c.stated <= c.lower <= c.value <= c.upper <= told.total
        for c in told.cells
        if c.row in NAMES
    )
    assert sum(cell.value for cell in told.cells) == pytest.approx(len(RECORDS))
    assert all(0 <= cell.missing <= 1 for cell in told.cells)


def test_a_silence_that_everything_tells_leaves_no_doubt() -> None:
    """Where the province alone decides, what is filled in is certain."""
    rows = [("Norte", "Guard"), ("Sur", "Army")] * 40 + [("Norte", ""), ("Sur", "")] * 10
    made = impute(Records.of(["province", "who"], rows), ["who"], times=10)
    told = {cell.row: cell for cell in counts(made, rows="who", unit="row").cells}
    assert (told["Guard"].lower, told["Guard"].value, told["Guard"].upper) == (50, 50, 50)
    assert told["Guard"].missing == 0


def test_what_is_filled_in_follows_its_province_and_the_diagnosis_says_so(made: Imputed) -> None:
    found = {column.name: column for column in diagnose(made).columns}
    who = found["perpetrator"]
    beside = {each.word: each for each in who.beside}
    assert beside["الحرس"].filled > beside["الحرس"].stated + 0.1
    assert sum(each.filled for each in who.beside) == pytest.approx(1)
    assert who.distance > 0.1
    assert found["age"].means == pytest.approx((33.7, 34.7), abs=2.5)
    assert who.is_settled
    assert np.array(who.trace).shape == (20, 10)


def test_silence_that_depends_on_another_column_is_named(made: Imputed) -> None:
    told = diagnose(made)
    assert ("perpetrator", "province") in {(each.column, each.by) for each in told.used}
    without = diagnose(impute(RECORDS, ["perpetrator"], using=["sex"], times=10))
    assert ("perpetrator", "province") in {(each.column, each.by) for each in without.unused}


def test_too_few_replicates_for_so_much_silence_are_named() -> None:
    told = diagnose(impute(RECORDS, ["perpetrator"], times=10))
    assert told.too_few
    assert told.replicates_wanted == int(np.ceil(100 * told.columns[0].share))


def test_one_silent_column_takes_one_round() -> None:
    made = impute(RECORDS, ["perpetrator"], times=2)
    assert made.iterations == 1
    assert diagnose(made).columns[0].r_hat is None


def unknown() -> Records:
    rows = [("Norte", "Guard"), ("Sur", "Army")] * 30
    return Records.of(["province", "who"], [*rows, ("Norte", ""), ("Sur", "Desconocido")])


def test_who_is_said_to_be_unknown_stays_so_and_is_nobodys_donor() -> None:
    made = impute(unknown(), ["who"], times=10)
    assert made.rows("who") == [61]
    assert {one.column("who").word(60) for one in made.replicates()} <= {"Guard", "Army"}
    assert made.replicate(1).column("who").word(61) == "Desconocido"


def test_the_unknown_are_filled_in_where_that_is_asked_for() -> None:
    made = impute(unknown(), ["who"], times=10, also_unknown=True)
    assert made.rows("who") == [61, 62]
    assert made.replicate(1).column(f"who ({MARK})").word(61) == MARK
    told = {cell.row: cell for cell in counts(made, rows="who", unit="row").cells}
    assert told["Army"].value > 30
    assert "Desconocido" not in told


def test_parts_of_dates_help() -> None:
    rows = [(f"20{15 + n % 4}-03-05", ("Guard", "Army")[n % 4 > 1]) for n in range(80)]
    records = Records.of(["date", "who"], [*rows, ("2015-07", ""), ("2018", "")])
    made = impute(records, ["who"], using=["date:year"], times=10)
    assert {
        (one.column("who").word(80), one.column("who").word(81)) for one in made.replicates()
    } == {("Guard", "Army")}


@pytest.mark.parametrize(
    ("columns", "times", "says"),
    [
        (["perpetrator"], 1, "no variance"),
        (["perpetrator"], 5_000, "more than"),
        (["sex"], 10, "nothing to fill in"),
        (["judge"], 10, "no column"),
    ],
)
def test_what_cannot_be_filled_in_is_refused(columns: list[str], times: int, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        impute(RECORDS, columns, times=times)


def test_names_and_columns_that_hardly_speak_are_refused() -> None:
    names = Records.of(["name"], [(f"N{n}",) for n in range(40)] + [("",)])
    with pytest.raises(UsageError, match="40 different values"):
        impute(names, ["name"])
    mute = Records.of(["who"], [("Guard",)] * 5 + [("",)] * 50)
    with pytest.raises(UsageError, match="Only 5 cells"):
        impute(mute, ["who"])


def test_a_count_without_what_was_filled_in_is_refused(made: Imputed) -> None:
    with pytest.raises(UsageError, match="Neither side"):
        counts(made, rows="province", unit="row")


def test_columns_that_can_help_have_few_words() -> None:
    assert fitting(RECORDS, ["perpetrator"]) == [HEADS[0], HEADS[1]]
