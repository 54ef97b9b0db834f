"""The demo keeps away from real work. That it builds is ``tests/site/sample/test_building.py``."""

from __future__ import annotations

from pathlib import Path

from tests.begun import begin
from tests.cli.conftest import Amparo


def test_the_sample_is_not_mixed_into_real_work(amparo: Amparo, tmp_path: Path) -> None:
    begin(tmp_path)
    (tmp_path / "note.txt").write_text("A true thing.")
    added = amparo("add", tmp_path / "note.txt", "--matter", "B. v. State", "--no-ocr")
    assert added.returncode == 0, added.stderr
    refused = amparo("demo", "--exit-after-build")
    assert refused.returncode == 2
    assert "real matters" in refused.stderr
    assert "--home" in refused.stderr


def test_a_demo_that_is_another_workspace_asks_for_its_passphrase(
    amparo: Amparo, passphrase_file: Path, tmp_path: Path
) -> None:
    begin(tmp_path)
    passphrase_file.write_text("something else\n")
    assert amparo("demo", "--exit-after-build").returncode == 4
