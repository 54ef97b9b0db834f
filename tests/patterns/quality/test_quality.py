"""Heaping, silence, agreement and coverage, beside what was published."""

from __future__ import annotations

import math

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.quality import (
    ages,
    agreement,
    alpha,
    cohen,
    coverage,
    days,
    fleiss,
    missing,
    myers,
    whipple,
)
from amparo.patterns.tables import Records

# Males by single year of age, of the sheet SINGAGE in the US Census Bureau's PAS (E. Arriaga 1994).
SINGAGE = [
    *(80626, 95823, 104315, 115813, 100796, 105086, 97266, 116328, 75984, 89982, 95525, 56973),
    *(78767, 65672, 53438, 85014, 47600, 64363, 42195, 42262, 73221, 30080, 34391, 29072, 20531),
    *(66171, 24029, 44227, 24128, 23599, 82088, 16454, 22628, 17108, 12531, 57325, 17220, 28425),
    *(16206, 17532, 65976, 11593, 15828, 13541, 8133, 44696, 11165, 18543, 12614, 12041, 55798),
    *(9324, 10772, 10453, 6773, 28358, 9916, 13348, 8039, 7583, 42470, 5288, 5317, 6582, 3361),
    *(17949, 3650, 5873, 3279, 3336, 27368, 1965, 2495, 2319, 1335, 12022, 1401, 1668, 1360, 1185),
    *(9167, 424, 568, 462, 282, 6206, 343, 409, 333, 291, 4137, 133, 169, 157, 89, 2068, 68, 81),
    *(66, 57),
]


def test_whipple_and_myers_of_singage() -> None:
    """PAS gives 2.34 (a hundredth of Whipple's) and 47.46 (twice Myers'), as R's DemoTools says."""
    counts = dict(enumerate(SINGAGE))
    assert whipple(counts) / 100 == pytest.approx(2.34, abs=0.005)
    assert 2 * myers(counts) == pytest.approx(47.46, abs=0.005)


def test_the_ends_of_the_indices() -> None:
    assert whipple(dict.fromkeys(range(100), 7)) == 100
    assert whipple(dict.fromkeys(range(0, 100, 5), 7)) == 500
    assert myers(dict.fromkeys(range(0, 100, 10), 7)) == pytest.approx(90)


def of_column(name: str, words: list[str]) -> Records:
    return Records.of([name], [(word,) for word in words])


def test_ages_say_which_rows_end_in_which_digit() -> None:
    told = [str(age) for age in range(20, 70)] * 4 + ["about 30", ""]
    found = ages(of_column("age", told), "age")
    assert (found.stated, found.unread) == (200, 1)
    assert found.whipple == 100
    assert not found.is_heaped
    assert found.rows[0][:2] == (1, 11)
    assert found.unread_rows == (201,)


def test_too_few_ages_have_no_index() -> None:
    assert ages(of_column("age", ["30", "40"]), "age").whipple is None
    with pytest.raises(UsageError, match="no ages"):
        ages(of_column("age", ["old", "young"]), "age")


def test_a_heap_on_the_first_of_the_month() -> None:
    told = [f"2021-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    told += [f"2021-{month:02}-01" for month in range(1, 13)] * 5
    found = days(of_column("date", [*told, "2021-03", "2021", "1999/2004", "then", ""]), "date")
    assert [heap.day for heap in found.heaps] == [1]
    assert found.p_days is not None
    assert found.p_days < 0.001
    assert found.exactness == {
        "day": len(told), "month": 1, "year": 1,
        "less exact": 1, "not readable": 1, "not stated": 1,
    }  # fmt: skip


def test_an_even_spread_has_no_heap() -> None:
    told = [f"2021-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    found = days(of_column("date", told), "date")
    assert found.heaps == ()


TABLE = Records.of(
    ["place", "unit", "age"],
    [("North" if n < 60 else "South", "Guard" if n < 60 else "", str(n)) for n in range(100)],
)


def test_silence_that_depends_on_the_place_is_named() -> None:
    found = missing(TABLE, by="place")
    assert [len(column.empty) for column in found.columns] == [0, 40, 0]
    assert found.patterns[0].columns == ("unit",)
    (uneven,) = found.uneven
    assert (uneven.column, uneven.p < 0.001) == ("unit", True)
    assert uneven.shares == (("North", 0, 60), ("South", 40, 40))


def test_unknown_is_said_and_empty_is_not() -> None:
    (column,) = missing(of_column("who", ["Unknown", "desconocido", "", "مجهول", "Ana"])).columns
    assert (column.unknown, column.empty) == ((1, 2, 4), (3,))


GAP = math.nan
# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: four observers.
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorffs_own_example(level: str, value: float) -> None:
    assert alpha(OBSERVERS, level) == pytest.approx(value, abs=0.0006)  # type: ignore[arg-type]


def test_fleiss_kappa_of_fourteen_raters() -> None:
    """The worked example of the English Wikipedia on Fleiss' kappa: 0.210."""
    told = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    units = np.array([np.repeat(range(5), row) for row in told], dtype=float)
    assert fleiss(units) == pytest.approx(0.210, abs=0.0005)


def test_cohens_kappa_of_two() -> None:
    """The worked example of the English Wikipedia on Cohen's kappa: 20, 5, 10, 15 give 0.4."""
    pairs = [(0, 0)] * 20 + [(0, 1)] * 5 + [(1, 0)] * 10 + [(1, 1)] * 15
    assert cohen(np.array(pairs, dtype=float)) == pytest.approx(0.4)


def test_agreement_names_the_rows_on_which_coders_differ() -> None:
    rows = [("torture", "torture")] * 12 + [("torture", "ill-treatment"), ("killing", "")]
    found = agreement(Records.of(["ana", "ben"], rows), ["ana", "ben"])
    assert (found.units, found.disagreed) == (13, (13,))
    assert found.pairs == (("ill-treatment", "torture", 1, (13,)),)
    assert found.verdict == "not reliable"


@pytest.mark.parametrize("coders", [["ana"], ["ana", "ana"], ["ana", "ben"]])
def test_agreement_of_too_few_is_refused(coders: list[str]) -> None:
    with pytest.raises(UsageError):
        agreement(Records.of(["ana", "ben"], [("a", "a")] * 5), coders)


def test_words_have_no_order() -> None:
    with pytest.raises(UsageError, match="no number"):
        agreement(Records.of(["a", "b"], [("x", "y")] * 20), ["a", "b"], level="ordinal")


def test_what_one_source_alone_tells_is_named() -> None:
    rows = [("North", "Registry"), ("North", "Press"), ("South", "Registry")]
    found = coverage(Records.of(["place", "source"], rows), source="source", by="place")
    assert found.alone == ("South",)
    assert found.silent == (("Press", "South"),)
    assert (found.leans_on, found.lean) == ("Registry", pytest.approx(2 / 3))
