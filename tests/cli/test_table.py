"""``amparo table`` by right and by SDG indicator, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Amparo

CSV = """victim_id,date,violation,armed_conflict
V1,2021-03-05,enforced disappearance,no
V2,2021-04-01,asesinato,no
V3,2022,chupadero,no
"""


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    file = tmp_path / "acts.csv"
    file.write_text(CSV, "utf-8")
    return file


def test_by_right_with_the_articles_of_each(amparo: Amparo, acts: Path) -> None:
    ran = amparo(
        "table",
        acts,
        "--rows",
        "right",
        "--columns",
        "year",
        "--unit",
        "act",
        "--json",
        "--with-rows",
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert dict(zip(told["row_labels"], told["row_totals"], strict=True))["Life"] == 2
    assert told["total"] == 3
    articles = told["meanings"]["Life"]["articles"]
    assert {"UDHR 3", "ICCPR 6(1)"} <= {each["article"] for each in articles}
    cells = {(each["row"], each["column"]): each["rows"] for each in told["cells"]}
    assert cells["Life", "2021"] == [1, 2]
    assert cells["(not in the vocabulary)", "2022"] == [3]


def test_by_indicator_with_what_is_missing_and_words_of_ones_own(
    amparo: Amparo, acts: Path, tmp_path: Path
) -> None:
    words = tmp_path / "words.toml"
    words.write_text('by = "Ana"\n[words]\nchupadero = "secret_detention"\n', "utf-8")
    ran = amparo("table", acts, "--rows", "sdg", "--unit", "victim", "--words", words)
    assert ran.returncode == 0, ran.stderr
    assert "16.1.1" in ran.stdout.splitlines()[1]
    assert "16.1.2 is not counted: no column says whether the case was verified." in ran.stdout
    assert "Words that were read as Ana said: 1." in ran.stdout
    assert "(not in the vocabulary)" not in ran.stdout
