from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.dates import from_person
from amparo.base.errors import UnclearDate


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("March 2021", "2021-03"),
        ("5 March 2021", "2021-03-05"),
        ("March 5, 2021", "2021-03-05"),
        ("5th of March 2021", "2021-03-05"),
        ("5.3.2021", "2021-03-05"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("03/03/2021", "2021-03-03"),
        ("2021/3/5", "2021-03-05"),
        ("03/2021", "2021-03"),
        ("c. 1999", "1999~"),
        ("maybe 1999", "1999?"),
        ("about 1999?", "1999%"),
        ("Fall 2020", "2020-23"),
        ("the 1990s", "199X"),
        ("años 1990", "199X"),
        ("1990-х", "199X"),
        ("from 5 to 9 May 2020", "2020-05-05/2020-05-09"),
        ("5–7 May 2020", "2020-05-05/2020-05-07"),
        ("May–July 2020", "2020-05/2020-07"),
        ("2019-2020", "2019/2020"),
        ("since 2019", "2019/.."),
        ("until March 2020", "../2020-03"),
        ("before 2015", "../2014"),
        ("before January 2020", "../2019-12"),
        ("after 28 February 2020", "2020-02-29/.."),
        ("c. 2015–2017", "2015~/2017~"),
        ("from about May 2020 to July 2020", "2020-05~/2020-07"),
        ("5 de marzo de 2021", "2021-03-05"),
        ("desde mayo hasta julio de 2020", "2020-05/2020-07"),
        ("1er mars 2021", "2021-03-01"),
        ("jusqu'en mai 2020", "../2020-05"),
        ("٥ مارس ٢٠٢١", "2021-03-05"),
        ("تشرين الثاني 2019", "2019-11"),
        ("بين مايو ويوليو ٢٠٢٠", "2020-05/2020-07"),
        ("у березні 2021", "2021-03"),
        ("с мая по июль 2020 года", "2020-05/2020-07"),
        ("2021-03~", "2021-03~"),
        ("2021-04-13T10:00:00Z", "2021-04-13T10:00:00Z"),
    ],
)
def test_understood(typed, text):
    assert from_person(typed).text == text


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("03/04/2021", ("2021-04-03", "2021-03-04")),
        ("3-4-2021", ("2021-04-03", "2021-03-04")),
        ("2019-21", ("2019-21", "2019/2021")),
    ],
)
def test_two_readings_are_a_question(typed, readings):
    with pytest.raises(UnclearDate, match="two ways. Do you mean") as refusal:
        from_person(typed)
    assert refusal.value.readings == readings


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "5 March",
        "March",
        "05/03/21",
        "March '21",
        "90s",
        "early 2020",
        "in 1999 or 2000",
        "May and July 2020",
        "between May 2020",
        "Nov to Feb 2020",
        "31 April 2020",
        "30.02.2021",
        "13/13/2021",
        "5 6 May 2020",
        "yesterday",
        "before the 1990s",
        "1 spring 2020",
        "May to June to July 2020",
    ],
)
def test_refused(typed):
    with pytest.raises(UnclearDate) as refusal:
        from_person(typed)
    assert refusal.value.message
    assert refusal.value.next_step


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_refusal(typed):
    try:
        made = from_person(typed)
    except UnclearDate:
        return
    assert from_person(made.text).text == made.text or made.kind == "season"


words = ["2020", "May", "5", "to", "between", "and", "-", "/", "about", "?", "since", "03/04/2021"]


@given(st.lists(st.sampled_from(words), max_size=7).map(" ".join))
def test_any_words_are_a_date_or_a_refusal(typed):
    with suppress(UnclearDate):
        from_person(typed)
