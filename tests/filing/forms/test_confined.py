"""Forms in a worker: hostile files cost a sentence, and only what holds is handed over."""

import json

import pytest

from amparo.base.errors import UnreadableFile, UsageError
from amparo.extract.sandbox import Sandbox
from amparo.filing.forms.confined import InRoom
from amparo.filing.forms.maps import write_map
from tests.filing.forms.builders import form, own_map


@pytest.fixture(scope="module")
def room():
    with Sandbox() as sandbox:
        yield InRoom(sandbox)


def test_a_form_is_inspected(room):
    facts, proposed = room.read(form(), proposing=True)
    assert (facts["form"], facts["edition"]) == ("X-100", "01/20/25")
    assert facts["editions"][0]["by"] == "barcode"
    assert "There is no field map for X-100 yet." in facts["problems"]
    assert "confirmed: false" in proposed


def test_a_form_is_filled_and_handed_over(room):
    own = write_map(own_map(form()))
    made = room.fill(form(), json.dumps({"applicant.name.family": "Rivera"}), own_map=own)
    assert made.data.startswith(b"%PDF-")
    entry = next(each for each in made.facts["fields"] if each["field"] == "1:Name[0]")
    assert (entry["drawn"], entry["verified"], entry["overflow"]) == ("Rivera", True, None)


def test_a_form_that_does_not_hold_is_not_handed_over(room):
    own = write_map(own_map(form()))
    made = room.fill(form(), json.dumps({"applicant.birth.date": "2023-02-29"}), own_map=own)
    assert made.data is None
    assert made.facts["verified"] is False


def test_what_is_no_form_is_refused(room):
    with pytest.raises(UnreadableFile, match="not a PDF"):
        room.fill(b"GIF89a", "{}")


def test_answers_that_are_none_are_refused(room):
    with pytest.raises(UsageError, match="JSON"):
        room.fill(form(), "{")


def test_a_map_of_other_fields_is_not_used(room):
    other = write_map(own_map(form(codes=())))
    facts, _ = room.read(form(), own_map=other)
    assert facts["map"] is None
    assert any("other fields" in each for each in facts["problems"])
