"""Real recordings, read by us and by exiftool: the same length, size and date."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from amparo.extract.readers import media
from tests.extract.builders import LIMITS

KINDS = ("*.mp4", "*.mov", "*.m4a", "*.wav")  # of MP3 exiftool only estimates the length


@pytest.fixture(scope="module")
def told(shared_data: Path) -> dict[Path, dict[str, object]]:
    """What exiftool says of each recording."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    folder = shared_data / "evidence"
    paths = sorted(path for kind in KINDS for path in folder.glob(kind))
    command = ["exiftool", "-j", "-n", "-api", "QuickTimeUTC", *map(str, paths)]
    rows = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return {Path(row["SourceFile"]): row for row in rows}


def test_lengths_sizes_and_dates_agree(told: dict[Path, dict[str, object]]) -> None:
    assert len(told) >= 7
    for path, row in told.items():
        with path.open("rb") as file:
            facts = media.read(file, path.name, LIMITS).metadata
        assert float(facts["media:seconds"]) == pytest.approx(row["Duration"], rel=0.05), path.name
        if "ImageWidth" in row and path.suffix in (".mp4", ".mov"):
            assert (facts["media:width"], facts["media:height"]) == (
                str(row["ImageWidth"]),
                str(row["ImageHeight"]),
            )
        created = str(row.get("CreationDate") or row.get("CreateDate") or "")
        if created and "created" in facts:
            day = created.replace(":", "-", 2)[:10]
            assert facts["created"].startswith(day), path.name
