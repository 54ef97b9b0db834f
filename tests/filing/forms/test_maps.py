"""Field maps: their shape, and that every shipped one is sound."""

from collections import Counter

import pytest

from amparo.base.errors import UsageError
from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.blank.identity import edition_date
from amparo.filing.forms.maps import known, load, read_map, write_map
from amparo.filing.forms.told import questions

HEAD = """
form: X-100
edition: 01/20/25
title: A form
pages: 1
fingerprint: "0"
checked: "2026-11-22"
reviewed: by this test
"""
SHIPPED = sorted(known().values())


def test_a_map_is_written_and_read_again():
    made = load("i-765_2025-08-21.yaml")
    assert read_map(write_map(made), "again") == made


def test_a_question_is_told_in_the_words_of_the_page_where_the_tooltip_has_others():
    box = Field("1:A", 1, "A", "radio", (0, 0, 9, 9), tooltip="37) Child support?")
    entry = "ask: x100.polygamist, tick: 'yes', says: Have you been a polygamist?"
    made = read_map(f"{HEAD}fields: {{'1:A': {{{entry}}}}}", "own.yaml")
    assert [each["says"] for each in questions([box], made)] == ["Have you been a polygamist?"]
    assert read_map(write_map(made), "again") == made


def test_cancellation_tells_each_question_apart_and_none_by_a_tooltip_of_another():
    made = load("eoir-42b_2025-02.yaml")
    told = Counter({(a.questions, a.says) for a in made.fields.values() if a.tick and a.says})
    assert len({says for _, says in told}) >= len(told) - 1  # two departures are asked alike
    assert not [q for a in made.fields.values() for q in a.questions if ".page" in q]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("fields: {'1:A': {ask: Applicant Name}}", "is not a question's name"),
        ("fields: {'1:A': {ask: a.b, as: roman}}", "there is no format"),
        ("fields: {'1:A': {tick: x}}", "neither asks"),
        ("fields: {'1:A': {ask: a, asks: b}}", "unknown keys: asks"),
        ("fields: {'1:A': {ask: a}}\nadditional: {name: P, slots: [{text: '1:B'}]}", "no field"),
        ("fields: []", "no table of fields"),
        ("fields: [", "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(fields, says):
    with pytest.raises(UsageError, match=says):
        read_map(HEAD + fields, "own.yaml")


def test_all_forms_of_the_promise_are_mapped():
    promised = (
        "I-589 G-28 I-765 I-130 I-131 I-485 I-821 I-864 I-730 I-360 N-400 I-90 I-290B EOIR-28"
        " EOIR-42B"
    )
    assert set(promised.split()) <= {form for form, _ in known()}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_map_is_sound(name):
    made = load(name)
    assert name == f"{made.form.lower()}_{edition_date(made.edition)}.yaml"
    assert made.reviewed
    assert made.checked
    for key, asked in made.fields.items():
        assert key.partition(":")[0].isdigit()
        assert int(key.partition(":")[0]) <= made.pages
        assert asked.confirmed
        assert bool(asked.questions) != bool(asked.hand) or asked.hand == "safe address"


@pytest.mark.parametrize("name", SHIPPED)
def test_no_answer_ticks_two_boxes_of_one_question(name):
    ticks = Counter(
        (asked.questions, asked.tick) for asked in load(name).fields.values() if asked.tick
    )
    assert [pair for pair, count in ticks.items() if count > 1] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_question_of_boxes_is_no_question_of_text(name):
    made = load(name)
    boxes = {q for a in made.fields.values() if a.tick for q in a.questions}
    texts = {q for a in made.fields.values() if not a.tick for q in a.questions}
    assert not boxes & texts


def test_fields_that_kept_their_name_and_changed_their_meaning_are_mapped_by_edition():
    old, new = load("g-28_2016-05-05.yaml"), load("g-28_2018-09-17.yaml")
    mail = "1:#subform[0].Line6_EMail[0]"
    assert old.fields[mail].questions == ("attorney.email",)
    assert new.fields[mail].questions == ("attorney.phone.mobile",)
    assert old.fields["1:#subform[0].Line4_Checkbox[0]"].tick == "applicant"
    assert new.fields["2:#subform[1].Line4_Checkbox[0]"].tick == "requestor"


@pytest.mark.parametrize("name", SHIPPED)
def test_signatures_and_their_dates_are_left_to_people(name):
    for key, asked in load(name).fields.items():
        if "signature" in key.lower() and not asked.tick:
            assert asked.hand, key


@pytest.mark.parametrize("name", SHIPPED)
def test_a_telephone_number_is_never_written_by_its_area_code_alone(name):
    fields = load(name).fields.values()
    begun = {asked.questions for asked in fields if asked.format == "area_code"}
    assert begun <= {asked.questions for asked in fields if asked.format == "local_number"}


@pytest.mark.parametrize("name", SHIPPED)
def test_numbers_and_codes_of_an_agency_s_cells_are_written_as_the_cells_take_them(name):
    cells = {"AlienNumber[": "a_number", "DaytimePhoneNumber1[": "phone", "MobileNumber1[": "phone"}
    for key, asked in load(name).fields.items():
        for part, wanted in cells.items():
            if part in key and asked.questions:
                assert asked.format == wanted, key
