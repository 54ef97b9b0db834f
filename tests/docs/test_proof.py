"""The page about the proof names what a package and an entry really hold."""

from __future__ import annotations

import json
from pathlib import Path

from amparo.evidence.custody import ACQUIRED, CUSTODY
from amparo.evidence.packages.package import EXPORTED
from tests.docs.pages import ROOT, code_spans, section
from tests.evidence import packing

TEXT = (ROOT / "docs" / "proof.md").read_text("utf-8")


def test_every_file_of_a_package_is_told_of(tmp_path: Path) -> None:
    folder = packing.build(tmp_path / "package")
    told = set(code_spans(section(TEXT, "The package")))
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("data/"):
            assert name in told, name


def test_every_field_of_an_entry_is_told_of() -> None:
    book = packing.Ledger()
    book.add("note", None, {})
    spans = set(code_spans(section(TEXT, "The ledger")))
    assert set(json.loads(book.entries[0].canonical)) <= spans
    assert {ACQUIRED, CUSTODY, EXPORTED} <= spans
