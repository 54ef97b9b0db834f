"""Answers as people give them."""

import json

import pytest

from amparo.base.errors import UsageError
from amparo.filing.forms.answers import read_answers


def read(value):
    return read_answers(json.dumps(value))


def test_nested_and_flat_are_the_same():
    nested = read({"applicant": {"name": {"family": "Rivera"}}})
    assert nested == read({"applicant.name.family": "Rivera"})


def test_members_of_a_list_count_from_one():
    found = read({"children": [{"name": {"given": "Ana"}}, {"name": {"given": "Luz"}}]})
    assert found["children.2.name.given"].text == "Luz"


def test_a_value_keeps_its_pinpoint():
    found = read({"applicant.sex": {"value": "female", "source": {"page": 2}}})["applicant.sex"]
    assert (found.text, found.source) == ("female", {"page": 2})


def test_truths_numbers_and_several_choices():
    found = read({"a": True, "b": False, "c": 3, "d": ["race", "religion"], "e": None, "f": ""})
    assert found["a"].text == "yes"
    assert found["b"].text == "no"
    assert found["c"].text == "3"
    assert found["d"].values == ("race", "religion")
    assert not {"e", "f"} & found.keys()


def test_contradictory_answers_are_refused():
    with pytest.raises(UsageError, match="answered twice"):
        read({"applicant": {"sex": "male"}, "applicant.sex": "female"})


def test_the_same_answer_twice_is_one():
    assert len(read({"applicant": {"sex": "male"}, "applicant.sex": "male"})) == 1


def test_control_signs_go_and_marks_stay():
    found = read({"a": "x\x00y\r\nz e\u0301 م\u200cن"})["a"].text
    assert found == "xy\nz é م\u200cن"


@pytest.mark.parametrize("data", ["", "[1]", '"x"', "{", "[" * 100_000])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(UsageError):
        read_answers(data)


def test_a_book_is_refused():
    with pytest.raises(UsageError, match="characters"):
        read({"a": "x" * 200_001})
