"""A person's word on each field of a proposed map."""

import pytest

from amparo.base.errors import UsageError
from amparo.filing.forms.maps import Asked
from amparo.filing.forms.proposing.review import (
    Word,
    decided,
    in_order,
    known_questions,
    reviewed_map,
)
from tests.filing.forms.builders import field, form, own_map

WAITS = Asked(("x100.part1.item1.name",), item="1:1", label="Name", confirmed=False, why="words")


def test_a_yes_takes_what_is_written_and_keeps_the_place():
    made = decided(WAITS, field(), Word("yes", "applicant.name.family", format="text"))
    assert (made.questions, made.item, made.confirmed) == (("applicant.name.family",), "1:1", True)


def test_several_questions_share_a_field():
    made = decided(WAITS, field(), Word("yes", "mother.name.given + mother.name.family"))
    assert (made.questions, made.joined) == (("mother.name.given", "mother.name.family"), " ")


def test_a_box_needs_the_answer_that_ticks_it():
    box = field(kind="check")
    with pytest.raises(UsageError, match="ticks this box"):
        decided(WAITS, box, Word("yes", "applicant.sex"))
    assert decided(WAITS, box, Word("yes", "applicant.sex", tick="male")).tick == "male"


def test_a_word_is_taken_back_and_a_person_fills_it_in():
    assert not decided(WAITS, field(), Word("wait")).confirmed
    made = decided(WAITS, field(), Word("hand"))
    assert (made.questions, made.confirmed) == ((), True)
    assert made.hand


def test_the_map_says_how_far_it_is():
    proposed = own_map(form(), fields={"1:Name[0]": WAITS})
    assert reviewed_map(proposed, {}).reviewed.startswith("11 of 12 fields looked at")
    yes = {"1:Name[0]": decided(WAITS, field(), Word("yes", "applicant.name.family"))}
    assert reviewed_map(proposed, yes).reviewed.startswith("12 of 12")


def test_columns_are_read_one_after_the_other_and_lines_across():
    left, right = field(key="l", rect=(40, 90, 280, 106)), field(key="r", rect=(320, 700, 560, 716))
    assert [each.key for each in in_order([right, left])] == ["l", "r"]
    wide = field(key="w", rect=(40, 400, 560, 416))
    assert [each.key for each in in_order([wide, right, left])] == ["r", "w", "l"]


def test_a_reviewer_is_offered_shared_questions_and_the_form_s_own():
    offered = known_questions("I-765")
    assert "applicant.name.family" in offered
    assert "i765.reason" in offered
    assert not any(each.startswith("n400.") for each in offered)
