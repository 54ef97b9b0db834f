"""``amparo estimate`` as a person runs it: the contract of its JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Amparo

ROWS = ("1,0,0,212", "0,1,0,148", "0,0,1,96", "1,1,0,61", "1,0,1,40", "0,1,1,33", "1,1,1,17")
LISTS = "\n".join(["police,church,press,n", *ROWS, ""])
FIELDS = {
    "method", "documented", "estimate", "lower", "upper", "refused", "reasons", "diagnostics"
}  # fmt: skip


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    file = tmp_path / "lists.csv"
    file.write_text(LISTS, "utf-8")
    return file


@pytest.mark.parametrize("method", ["average", "chao", "loglinear", "dga", "lcmcr", "sparse"])
def test_json_has_the_promised_fields(amparo: Amparo, lists: Path, method: str) -> None:
    ran = amparo("estimate", lists, "--method", method, "--json", "--no-sensitivity")
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert set(answer) >= FIELDS
    assert (answer["method"], answer["documented"], answer["refused"]) == (method, 607, False)
    assert 607 < answer["lower"] <= answer["estimate"] <= answer["upper"]


def test_a_reader_gets_words_methods_and_assumptions(amparo: Amparo, lists: Path) -> None:
    said = amparo("estimate", lists, "--group", "people detained").stdout
    assert said.startswith("607 people detained are documented on 3 lists: police (330)")
    for part in ("90 % interval", "The methods side by side:", "It assumes:", "It breaks with:"):
        assert part in said


def test_lists_among_other_columns(amparo: Amparo, tmp_path: Path) -> None:
    rows = [f"P{at},{line}" for at, line in enumerate(ROWS)]
    file = tmp_path / "named.csv"
    file.write_text("\n".join(["who,police,church,press,n", *rows, ""]), "utf-8")
    chosen = [part for name in ("police", "church", "press") for part in ("--list", name)]
    ran = amparo("estimate", file, *chosen, "--method", "chao", "--json", "--no-sensitivity")
    assert json.loads(ran.stdout)["documented"] == 607, ran.stderr
    wrong = amparo("estimate", file, "--list", "army", "--list", "press")
    assert wrong.returncode == 2
    assert "There is no column 'army'" in wrong.stderr


def test_picture_and_record(amparo: Amparo, lists: Path, tmp_path: Path) -> None:
    picture, record = tmp_path / "estimate.svg", tmp_path / "estimate.json"
    made = amparo("estimate", lists, "--figure", picture, "--record", record, "--no-sensitivity")
    assert made.returncode == 0, made.stderr
    assert picture.read_text("utf-8").startswith("<svg ")
    again = amparo("estimate", "--again", record)
    assert "The same again, bit for bit" in again.stdout, again.stderr
    record.write_text(record.read_text("utf-8").replace('"documented": 607', '"documented": 606'))
    broken = amparo("estimate", "--again", record)
    assert broken.returncode == 3
    assert "got 607, expected 606" in broken.stderr


def test_what_cannot_be_estimated_is_refused_in_words(amparo: Amparo, tmp_path: Path) -> None:
    file = tmp_path / "three.csv"
    file.write_text("a,b,c,n\n1,0,0,1\n0,1,0,1\n1,1,0,1\n", "utf-8")
    answer = json.loads(amparo("estimate", file, "--json").stdout)
    assert (answer["refused"], answer["estimate"]) == (True, None)
    assert "Only 3 people are documented" in answer["reasons"][0]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a,n\n1,5\n", "There is 1 list."),
        ("a,b,n\n1,0,-2\n", "the count is -2"),
        ("a,b,n\n1,0,2.5\n", "'2.5' is not a whole number"),
        ("", "is empty"),
    ],
)
def test_bad_lists_are_named_by_their_line(
    amparo: Amparo, tmp_path: Path, text: str, complaint: str
) -> None:
    file = tmp_path / "lists.csv"
    file.write_text(text, "utf-8")
    ran = amparo("estimate", file, "--json")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert complaint in ran.stderr


def test_files_and_methods_that_are_not_there(amparo: Amparo, lists: Path, tmp_path: Path) -> None:
    assert "cannot be read" in amparo("estimate", tmp_path / "none.csv").stderr
    assert "Methods: average" in amparo("estimate", lists, "--method", "guess").stderr
    assert "Name the file" in amparo("estimate").stderr


def test_strata_and_replicates(amparo: Amparo, tmp_path: Path) -> None:
    lines = LISTS.splitlines()
    body = [
        f"{line[:5]},{region},{line[6:]}" for region in ("north", "south") for line in lines[1:]
    ]
    strata = tmp_path / "strata.csv"
    strata.write_text("\n".join(["police,church,press,region,n", *body]), "utf-8")
    found = json.loads(amparo("estimate", strata, "--strata", "region", "--json").stdout)
    assert list(found["strata"]) == ["north", "south"]
    assert found["documented"] == 1214
    replicates = [tmp_path / f"r{i}.csv" for i in range(3)]
    for i, file in enumerate(replicates):
        file.write_text(LISTS.replace("212", str(212 + 5 * i)), "utf-8")
    combined = json.loads(amparo("estimate", *replicates, "--json").stdout)
    assert combined["replicates"] == 3
    assert "unreliable" in combined["reasons"][0]
