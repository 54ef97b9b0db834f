"""The page about kinds of files names what the program really reads and suggests."""

from __future__ import annotations

from importlib import resources

import pytest
import yaml

from amparo.extract.web.models.suggested import Suggestion
from amparo.extract.web.queries.sheets import MOST_SORTED, SHOWN
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "kinds-of-files.md").read_text("utf-8")
WORDS = " ".join(PAGE.split())
IDENTITY = resources.files("amparo.extract.suggestions").joinpath("identity.yaml")


@pytest.mark.parametrize("name", [row["name"] for row in yaml.safe_load(IDENTITY.read_text())])
def test_every_identity_number_is_named(name: str) -> None:
    assert f"{name}," in WORDS


@pytest.mark.parametrize("label", [str(label) for label in Suggestion.Kind.labels])
def test_every_kind_of_suggestion_is_told(label: str) -> None:
    assert f"| {label} |" in PAGE


@pytest.mark.parametrize(
    "maker", ["WhatsApp", "Telegram", "Signal", "Text messages", "Facebook, Instagram", "X"]
)
def test_every_archive_is_told(maker: str) -> None:
    assert f"| {maker} |" in PAGE


def test_the_figures_are_those_of_the_program() -> None:
    assert f"up to {MOST_SORTED:,} rows" in WORDS
    assert SHOWN == 100
    assert "a hundred rows at a time" in WORDS
