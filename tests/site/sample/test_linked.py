"""The linked list of the sample: the story's own numbers, and an estimate that can be explained."""

from __future__ import annotations

import csv
import io

import pytest

from amparo.linkage.records import Linking
from amparo.linkage.records import from_rows as sheet_from
from amparo.patterns import clusters, imputation
from amparo.patterns.estimate import Settings, estimate, from_rows
from amparo.patterns.tables import Records, cross
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


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_three_sources_are_linked_in_spite_of_their_scripts() -> None:
    told = pages.text("incidents")
    incidents = [told["head"], *[[str(cell) for cell in row] for row in told["rows"]]]
    tables = [lines(linked.source("book")), lines(linked.source("complaints")), incidents]
    sheets = [sheet_from(path, *_parted(t)) for path, t in zip(linked.SOURCES, tables, strict=True)]
    chosen = [
        {head: roles.get(head, "none") for head in sheet.headings}
        for sheet, roles in zip(sheets, linked.SOURCES.values(), strict=True)
    ]
    linking = Linking(sheets, chosen)
    assert [len(sheet) for sheet in sheets] == [34, 45, 24]
    found = linking.run(linking.learn()).clusters
    who = _who()
    assert all(len({who[record] for record in group.records}) == 1 for group in found)
    pairs = sum(len(group.records) * (len(group.records) - 1) // 2 for group in found)
    assert pairs >= 50  # of 53


def _parted(table: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    return table[0], table[1:]


def _who() -> list[str]:
    """Whom each record of the three sources, in their order, is of."""
    people = pages.text("linked")["rows"]
    fanal = [row[3].split(" / ")[0] for row in pages.text("incidents")["rows"]]
    return [row[1] for at in (7, 8) for row in people if row[at]] + fanal


def test_the_acts_are_counted_by_right_and_say_what_is_not_known() -> None:
    told = records(linked.acts())
    table = cross(told, rows="right", unit="row")
    assert table.count("Not to be disappeared", "rows") == 19
    assert table.count("(not in the vocabulary)", "rows") == 6
    indicators = cross(told, rows="sdg", unit="row")
    assert "16.10.1" in indicators.row_labels
    people = {row["Person"] for row in rows()} | {"Amal Talmarin"}
    assert {told.row(n)["Person"] for n in range(1, len(told) + 1)} <= people


def test_it_lies_among_the_files_of_the_sample() -> None:
    paths = {file.path for file in plan().files}
    assert {linked.PATH, linked.DISTRICTS, linked.ACTS, *linked.SOURCES} <= paths
