"""The page on official forms lists every map, every check and every status."""

from __future__ import annotations

from typing import get_args

import pytest

from amparo.filing.forms.filling import Status
from amparo.filing.forms.findings import CHECKS
from amparo.filing.forms.maps import known, load
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "forms.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(known().values()))
def test_every_map_is_listed_with_its_confidence(name):
    made = load(name)
    confidence = "looked at" if "looked at" in made.reviewed else "derived"
    row = f"| {made.form} | {made.edition} | {len(made.fields)} | {confidence} | {made.title} |"
    assert row in PAGE


def test_every_check_and_status_is_told():
    assert all(f"| `{check}` |" in PAGE for check in CHECKS)
    assert all(f"`{status}`" in PAGE for status in get_args(Status))
