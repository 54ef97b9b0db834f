"""A seized disk tells nothing: no file of a workspace holds a name, a title or a word in clear."""

from __future__ import annotations

import hashlib
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.conftest import Amparo

WORDS = ["Quetzalcoatlus", "Кашалотенко", "المرجانية", "perihelion-7731", "Heliotrope v. Realm"]


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """A folder whose names, texts and headers hold the words."""
    folder = tmp_path / "delivery" / "perihelion-7731"
    folder.mkdir(parents=True)
    (folder / "Quetzalcoatlus.txt").write_text(" ".join(WORDS) * 40, "utf-8")
    (folder / "المرجانية.txt").write_text("المرجانية Кашалотенко " * 40, "utf-16")
    letter = EmailMessage()
    letter["Subject"], letter["From"] = "Quetzalcoatlus", "Кашалотенко <k@perihelion-7731.example>"
    letter.set_content("About Quetzalcoatlus.")
    letter.add_attachment(b"Quetzalcoatlus " * 500, "application", "x", filename="Кашалотенко.bin")
    (folder / "letter.eml").write_bytes(letter.as_bytes())
    return folder.parent


def test_no_word_of_the_evidence_is_in_any_file(
    amparo: Amparo, delivery: Path, tmp_path: Path
) -> None:
    assert amparo("init", "--owner", "ana", "--name", "Ana Perihelion-7731").returncode == 0
    added = amparo("add", delivery, "--matter", "Heliotrope v. Realm", "--json")
    assert added.returncode == 0, added.stderr
    found = amparo("search", "Quetzalcoatlus", "--json")
    assert len(found.stdout.splitlines()) >= 3

    digests = [json.loads(line)["sha256"] for line in added.stdout.splitlines()]
    sought = {
        part.encode(encoding)
        for word in WORDS
        for part in (word, word.lower(), word.upper())
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    sought |= {digest.encode() for digest in digests}
    sought |= {bytes.fromhex(digest) for digest in digests}
    sought |= {hashlib.sha256(bytes.fromhex(digest)).hexdigest().encode() for digest in digests}
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert len(files) > len(digests)
    for path in files:
        held = path.read_bytes()
        assert not [word for word in sought if word in held], path.name
        assert not [word for word in sought if word in str(path).encode()], path
