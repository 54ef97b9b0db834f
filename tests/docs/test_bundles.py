"""What docs/bundles.md says of the index, the check and the profiles is what the code does."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from amparo.filing.bundle.check import RULES
from amparo.filing.bundle.index import COLUMNS
from amparo.filing.bundle.manifest import NAMESPACE
from amparo.filing.bundle.profiles import Profile, names
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "bundles.md").read_text("utf-8")


def table(heading: str) -> dict[str, str]:
    """The first two columns of the table under a heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", part, re.MULTILINE)
    return {key.replace("`", ""): words for key, words in rows[1:] if "---" not in key}


def test_the_columns_of_the_index_are_told() -> None:
    assert tuple(table("The index")) == COLUMNS


def test_every_rule_is_told_in_its_own_words() -> None:
    assert table("What is checked") == RULES


def test_every_key_of_a_profile_is_told() -> None:
    told = {name for keys in table("Profiles") for name in keys.split(", ")}
    assert told == {field.name for field in fields(Profile)}


@pytest.mark.parametrize("name", names())
def test_every_profile_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_manifest_is_where_it_says() -> None:
    assert f"`{NAMESPACE}`" in PAGE
