"""What a name is looked up by."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.linkage.names import compare, keys


def test_keys_tell_sounds_letters_and_the_whole() -> None:
    found = keys("Omar Haddad")
    assert {"=omar", "=haddad", "HTT"} & found
    assert any(key.startswith("+") for key in found)


def test_one_side_with_other_forms_is_enough() -> None:
    assert keys("Misha") & keys("Mikhail", forms=False)
    assert not keys("Misha", forms=False) & keys("Mikhail", forms=False)


@given(st.text(max_size=60))
def test_a_name_shares_its_keys_with_itself(name: str) -> None:
    assert keys(name, forms=False) <= keys(name)


@pytest.mark.shared_data
def test_names_that_are_alike_are_found(shared_data: Path) -> None:
    """Of nomenklatura's cases that we call one name, nearly all share a key."""
    import csv

    with (shared_data / "names" / "nomenklatura_name_bench_cases.csv").open("r", -1, "utf-8") as f:
        rows = [row for row in csv.DictReader(f) if compare(row["name1"], row["name2"])]
    found = sum(bool(keys(row["name1"]) & keys(row["name2"])) for row in rows)
    assert found / len(rows) >= 0.975
