"""The page on official forms lists every map, every check and every status."""

from __future__ import annotations

from typing import get_args

from tools import forms_table

from amparo.filing.forms.filling.planning import Status
from amparo.filing.forms.maps import known
from amparo.filing.forms.verification.findings import CHECKS
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "forms.md").read_text("utf-8")


def test_every_map_is_listed_with_its_confidence_and_source():
    assert forms_table.page_with(forms_table.table()) == PAGE, "run tools/forms_table.py"
    assert PAGE.count("\n| ") > len(known())


def test_every_check_and_status_is_told():
    assert all(f"| `{check}` |" in PAGE for check in CHECKS)
    assert all(f"`{status}`" in PAGE for status in get_args(Status))
