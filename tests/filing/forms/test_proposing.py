"""Proposing a map from tooltips and print; a person says yes to each field."""

import pytest

from amparo.filing.forms.blank.tooltips import brief, take_apart
from amparo.filing.forms.maps import read_map, write_map
from amparo.filing.forms.proposing.proposal import propose
from amparo.filing.forms.reading import read_form
from tests.filing.forms.builders import box_field, form, own_map, text_field


def proposed(data, **how):
    return propose(read_form(data), **how)


def test_nothing_of_a_proposal_is_confirmed():
    made = proposed(form())
    assert made.fields
    assert not any(asked.confirmed for asked in made.fields.values())


def test_a_proposal_is_written_and_read_again_as_a_map():
    made = proposed(form())
    assert read_map(write_map(made), "again") == made
    assert made.fields["1:Name[0]"].why


def test_print_wins_over_a_stored_value():
    made = proposed(form())
    assert (made.fields["1:Sex[0]"].tick, made.fields["1:Sex[0]"].label) == ("male", "Male")
    assert made.fields["1:Sex[0]"].questions == made.fields["1:Sex[1]"].questions


def test_print_wins_over_a_wrong_tooltip():
    data = form([box_field("A[0]", (48, 610, 58, 620), "1", "5. Sex. Select Female.")])
    assert proposed(data).fields["1:A[0]"].tick == "male"


def test_words_on_the_left_count_when_every_box_says_so():
    boxes = [
        box_field("U[0]", (84, 610, 94, 620), "1", "5. Select Male."),
        box_field("U[1]", (152, 610, 162, 620), "2", "5. Select Female."),
    ]
    made = proposed(form(boxes))
    assert [made.fields[f"1:U[{n}]"].tick for n in (0, 1)] == ["male", "female"]
    assert {made.fields[f"1:U[{n}]"].side for n in (0, 1)} == {"left"}


def test_dates_and_signatures_are_told_from_text():
    tips = [
        ("A", "Date of Signature. Enter as 2-digit Month, 2-digit Day and 4-digit Year."),
        ("B", "This form can not be signed electronically."),
        ("C", "1. Enter Date of Birth. Enter as 2-digit Month, 2-digit Day and 4-digit Year."),
        ("D", "For USCIS use only. Action."),
        ("E", "Alternate and/or safe mailing address. 9. Enter City."),
    ]
    made = proposed(
        form(
            [
                text_field(n, (40, 700 - 30 * i, 140, 716 - 30 * i), t)
                for i, (n, t) in enumerate(tips)
            ]
        )
    )
    found = {key[2:]: asked.hand or asked.format for key, asked in made.fields.items()}
    assert found == {
        "A": "date of signature",
        "B": "signature",
        "C": "date",
        "D": "agency use only",
        "E": "safe address",
    }


def test_a_field_of_the_same_place_name_and_item_keeps_its_question():
    data = form()
    anchor = own_map(data)
    made = proposed(data, anchors=(anchor,))
    assert made.fields["1:Short[0]"].questions != ("applicant.home.street",)  # item has no part
    assert made.fields["1:Name[0]"].questions == ("applicant.name.family",)


def test_a_field_that_kept_its_name_and_changed_its_item_does_not():
    data = form([text_field("form1[0].Name[0]", (40, 745, 240, 761), "Part 1. 2. Enter City")])
    made = proposed(data, anchors=(own_map(form()),))
    assert made.fields["1:Name[0]"].questions != ("applicant.name.family",)


@pytest.mark.parametrize(
    ("tooltip", "place", "prompt"),
    [
        ("Part 2. About You. 7. B. Enter Apartment Number.", "2:7.b", "Enter Apartment Number."),
        ("Part. A. 1. About You. 12. Enter Date.", "A.I:12", "Enter Date."),
        ("Part 2. Children. 13. Child 2. In the U. S.? Select Yes.", "2:13", "Select Yes."),
        (
            'Part 2. 14. Do you? Select No. NOTE: If you answered "No" to Item Number 14., skip.',
            "2:14",
            "Select No.",
        ),
        ("Part 2. Spouses. Spouse 1. 20. A. Enter Given Name.", "2:20.a", "Enter Given Name."),
        ("Part 4. Family. Person 3. 34. Enter Relationship.", "4:34", "Enter Relationship."),
        ("Supplement. A. 5. Additional Child 1. Enter Name.", "Supplement A:5", "Enter Name."),
        ("undefined", "", "undefined"),
    ],
)
def test_tooltips_are_taken_apart(tooltip, place, prompt):
    said = take_apart(tooltip)
    assert (said.place, said.prompt) == (place, prompt)


def test_what_is_asked_is_told_briefly_without_its_numbering():
    words = "Part 2. About You. Other Names Used. " + "Provide all other names. " * 9
    assert brief(f"{words}2. A. Enter Family Name (Last Name).").endswith(
        "Provide all other names. Enter Family Name (Last Name)."
    )
    assert len(brief(words + "2. A. Enter Family Name.")) < 200
    assert brief("12. Have you ever?") == "Have you ever?"
    assert brief("") == ""
