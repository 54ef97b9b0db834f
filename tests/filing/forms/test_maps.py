"""Field maps: their shape, and that every shipped one is sound."""

from collections import Counter

import pytest

from amparo.base.errors import UsageError
from amparo.filing.forms.identity import edition_date
from amparo.filing.forms.maps import known, load, read_map, write_map

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
