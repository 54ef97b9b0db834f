"""``amparo link`` as a person runs it: its JSON, its model file, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Amparo
from tests.linkage.records.people import csv


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(csv(), "utf-8")
    return file


def test_pairs_and_clusters_with_score_and_reasons(amparo: Amparo, people: Path) -> None:
    ran = amparo("link", people, "--json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    pair, cluster = told["pairs"][0], told["clusters"][0]
    assert set(pair) == {"first", "second", "score", "bits", "reasons"}
    assert set(pair["first"]) == {"file", "row", "id"}
    assert pair["reasons"]
    assert cluster["weakest"]["score"] == cluster["score"]
    assert len(cluster["records"]) >= 2
    assert all(each["score"] >= 0.5 for each in told["pairs"])
    assert told["left_out"] == [["truth"]]
    assert "comparing what the rules find" in ran.stderr


def test_a_model_is_kept_and_used_again(amparo: Amparo, people: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    first = amparo("link", people, "--model", file, "--json")
    model = json.loads(file.read_text("utf-8"))
    assert model["kind"] == "amparo linkage model"
    assert model["splink"]["link_type"] == "dedupe_only"
    second = amparo("link", people, "--model", file, "--json")
    assert second.stdout == first.stdout
    assert "learning" not in second.stderr


def test_costs_come_without_a_run(amparo: Amparo, people: Path) -> None:
    told = json.loads(amparo("link", people, "--costs", "--json").stdout)
    assert told["rules"]
    assert all(rule["pairs"] < told["possible_pairs"] for rule in told["rules"])


def test_a_reader_gets_sentences(amparo: Amparo, people: Path) -> None:
    said = amparo("link", people).stdout
    assert "makes it" in said
    assert "Not compared: truth." in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--engine", "abacus"], "Engines: duckdb, spark."),
        (["--least", "1"], "between 0 and 1"),
        (["--role", "colour=sex"], "No table has a column"),
        (["--role", "city=planet"], "There is no role 'planet'"),
    ],
)
def test_what_is_wrong_is_said(amparo: Amparo, people: Path, more: list[str], said: str) -> None:
    ran = amparo("link", people, *more)
    assert ran.returncode == 2
    assert said in ran.stderr
