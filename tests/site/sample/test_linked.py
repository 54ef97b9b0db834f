"""The linked list of the sample: the story's own numbers, and an estimate that can be explained."""

from __future__ import annotations

import csv
import io

from amparo.patterns.estimate import Settings, estimate, from_rows
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


def test_it_lies_among_the_files_of_the_sample() -> None:
    assert linked.PATH in {file.path for file in plan().files}
