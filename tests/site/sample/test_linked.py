"""The linked list of the sample: the story's own numbers, and an estimate that can be explained."""

from __future__ import annotations

import csv
import io

import pytest

from amparo.patterns import clusters, imputation
from amparo.patterns.estimate import Settings, estimate, from_rows
from amparo.patterns.tables import Records
from amparo.site.sample import linked, pages, plan


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(linked.table().decode("utf-8-sig"))))


def test_the_numbers_are_those_of_fanals_report() -> None:
    """34 names in the book, 22 of them in the complaints; Fanal's table has 24."""
    book, complaints, fanal = (
        {row["No."] for row in rows() if row[name] == "1"} for name in linked.LISTS
    )
    assert (len(book), len(book & complaints), len(fanal)) == (34, 22, 24)
    told = {row[3].split(" / ")[0] for row in pages.text("incidents")["rows"]}
    assert told == {row["Person"] for row in rows() if row["No."] in fanal}


def test_everybody_stands_on_a_list_and_no_name_twice() -> None:
    assert all("1" in [row[name] for name in linked.LISTS] for row in rows())
    assert len({row["Person"] for row in rows()}) == len(rows())


def test_it_bears_an_estimate_without_a_warning() -> None:
    marks = [([int(row[name]) for name in linked.LISTS], 1) for row in rows()]
    answer = estimate(from_rows(linked.LISTS, marks), settings=Settings(beside=False))
    assert not answer.reasons
    assert answer.estimate is not None
    assert 61 == answer.documented < answer.estimate < 100


def records(data: bytes) -> Records:
    head, *lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    return Records.of(head, lines)


def test_its_silent_cells_can_be_filled_in_without_a_warning() -> None:
    """A newcomer sees what silence does: who took them is said by some sources only."""
    told = records(linked.table())
    made = imputation.impute(told, ["Taken by", "Age"], using=["District", *linked.LISTS], times=50)
    found = {column.name: column for column in imputation.diagnose(made).columns}
    assert 0.2 < found["Taken by"].share < 0.5
    assert all(column.is_settled for column in found.values())
    counts = imputation.counts(made, rows="Taken by", unit="row")
    assert sum(cell.value for cell in counts.cells) == pytest.approx(61)


def test_every_district_of_the_list_has_its_people() -> None:
    places = clusters.places_of(
        records(linked.districts()), "District", "Longitude", "Latitude", "Population"
    )
    found = clusters.clusters_per_people(
        records(linked.table()), places, place="District", shuffles=99
    )
    assert not found.without
    assert found.cases == 59
    first = found.clusters[0]
    assert [places.names[at] for at in first.places] == ["Linden quarter"]
    assert first.p < 0.05


def test_it_lies_among_the_files_of_the_sample() -> None:
    assert {linked.PATH, linked.DISTRICTS} <= {file.path for file in plan().files}
