"""``amparo forms`` in a real process: inspected, filled, and not written when a check fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amparo.filing.forms.maps import write_map
from tests.cli.conftest import Amparo, runner
from tests.filing.forms.builders import form, own_map


@pytest.fixture
def amparo(tmp_path: Path) -> Amparo:
    return runner(tmp_path, tmp_path / "none")


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(write_map(own_map(form())))
    path = tmp_path / "blank.pdf"
    path.write_bytes(form())
    return path


def fill(amparo: Amparo, blank: Path, answers: object, *more: str):
    file = blank.with_name("answers.json")
    file.write_text(json.dumps(answers))
    words = ("--answers", file, "--map", blank.with_name("own.yaml"))
    return amparo("forms", "fill", blank, *words, "--out", blank.with_name("out.pdf"), *more)


def test_inspect_tells_form_edition_fields_questions_and_problems(amparo, blank):
    done = amparo("forms", "inspect", blank, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["form"], told["edition"]) == (0, "X-100", "01/20/25")
    assert told["editions"] == [
        {"page": 1, "form": "X-100", "edition": "01/20/25", "by": "barcode"}
    ]
    assert {"fields", "questions", "problems"} <= told.keys()


def test_a_map_is_proposed_and_written(amparo, blank):
    target = blank.with_name("proposed.yaml")
    assert amparo("forms", "inspect", blank, "--propose", target).returncode == 0
    assert "confirmed: false" in target.read_text()


def test_fill_writes_a_verified_form_and_a_line_a_field(amparo, blank):
    done = fill(amparo, blank, {"applicant.name.family": "Rivera"}, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert all({"answer", "drawn", "overflow", "verified"} <= each.keys() for each in lines)
    line = next(each for each in lines if each["field"] == "1:Name[0]")
    assert done.returncode == 0
    assert (line["answer"], line["drawn"], line["overflow"], line["verified"]) == (
        "Rivera",
        "Rivera",
        None,
        True,
    )
    assert blank.with_name("out.pdf").read_bytes().startswith(b"%PDF-")


def test_the_whole_account_is_written_to_a_file(amparo, blank):
    account = blank.with_name("account.json")
    answers = {"applicant.name.family": "Rivera", "nobody.asks": "this"}
    done = fill(amparo, blank, answers, "--json", "--account", account)
    told = json.loads(account.read_text())
    assert told["fields"] == [json.loads(line) for line in done.stdout.splitlines()]
    assert told["checks"]["text"]["compared"] >= 1
    assert told["unused"] == ["nobody.asks"]
    assert "nobody.asks" in done.stderr


def test_a_form_that_does_not_hold_is_not_written(amparo, blank):
    done = fill(amparo, blank, {"applicant.birth.date": "2023-02-29"})
    assert done.returncode == 3
    assert not blank.with_name("out.pdf").exists()
    assert "29" in done.stdout
    assert "was not written" in done.stderr


def test_nothing_is_written_over_without_a_word(amparo, blank):
    blank.with_name("out.pdf").write_bytes(b"mine")
    assert fill(amparo, blank, {}).returncode == 2
    assert blank.with_name("out.pdf").read_bytes() == b"mine"
    assert fill(amparo, blank, {}, "--force").returncode == 0


def test_what_is_no_form_is_told_in_a_sentence(amparo, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"GIF89a")
    done = amparo("forms", "inspect", tmp_path / "x.pdf")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a PDF" in done.stderr
    assert amparo("forms", "inspect", tmp_path / "none.pdf").returncode == 2


def test_a_form_proves_itself_with_a_specimen_for_every_question(amparo, blank):
    done = amparo("forms", "prove", blank, "--map", blank.with_name("own.yaml"), "--json")
    told = json.loads(done.stdout)[0]
    assert (done.returncode, told["form"], told["holds"]) == (0, "X-100", True)
    assert told["filled"] >= 8
    assert told["compared"] > 40


def test_what_has_no_map_or_is_no_form_does_not_prove(amparo, blank):
    blank.with_name("other.pdf").write_bytes(b"GIF89a")
    done = amparo("forms", "prove", blank.parent)
    assert done.returncode == 3
    assert "There is no field map for X-100" in done.stdout
    assert "not a PDF" in done.stdout
