"""``amparo search`` in a real process, on files that ``amparo add`` took in."""

from __future__ import annotations

import json

import pytest

from tests.begun import PASSPHRASE, begin
from tests.cli.conftest import Amparo, runner
from tests.extract.pdf.samples import letter


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Amparo:
    """A workspace whose matter has a letter and two notes in it, for all who only search it."""
    place = tmp_path_factory.mktemp("filled")
    root = place / "received"
    root.mkdir()
    (root / "letter.pdf").write_bytes(letter("The petition for habeas corpus of Mohammad"))
    (root / "note.txt").write_text("اعتقل محمد عند الحاجز", "utf-8")
    (root / "заметка.txt").write_text("Мохаммад ждал решения суда", "utf-8")
    begin(place)
    (place / "passphrase").write_text(PASSPHRASE)
    amparo = runner(place, place / "passphrase")
    added = amparo("add", root, "--matter", "A. v. State", "--json")
    assert added.returncode == 0, added.stderr
    return amparo


def test_a_line_of_json_for_each_passage(filled: Amparo) -> None:
    done = filled("search", "habeas corpus", "--json")
    assert done.returncode == 0, done.stderr
    (line,) = [json.loads(each) for each in done.stdout.splitlines()]
    assert set(line) == {"matter", "item", "path", "page", "snippet", "score"}
    assert (line["matter"], line["path"], line["page"]) == ("A. v. State", "letter.pdf", 1)
    assert "habeas corpus" in line["snippet"]


def test_names_are_found_in_every_script(filled: Amparo) -> None:
    lines = filled("search", "Mohammad", "--matter", "A. v. State", "--json").stdout.splitlines()
    paths = [json.loads(line)["path"] for line in lines]
    assert paths[0] == "letter.pdf"
    assert set(paths) == {"letter.pdf", "note.txt", "заметка.txt"}


def test_words_for_people(filled: Amparo) -> None:
    done = filled("search", "habeas (nonsense:")
    assert done.returncode == 0
    assert "letter.pdf, page 1 (A. v. State)" in done.stdout
    assert "not a field" in done.stderr
    nothing = filled("search", "unheard")
    assert nothing.returncode == 0
    assert nothing.stdout == ""
    assert "Nothing was found" in nothing.stderr
