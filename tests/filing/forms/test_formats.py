"""How a field wants an answer written."""

import pytest

from amparo.filing.forms.answers.formats import NotAsAsked, WrongAnswer, guess, write


@pytest.mark.parametrize(
    ("kind", "given", "length", "shown"),
    [
        ("date", "1988-02-29", None, "02/29/1988"),
        ("date", "March 5, 2021", None, "03/05/2021"),
        ("date_or_ds", "D/S", None, "D/S"),
        ("date_or_ds", "duration of status", None, "D/S"),
        ("date_or_ds", "2027-05-01", None, "05/01/2027"),
        ("date_or_na", "n/a", None, "N/A"),
        ("date_or_na", "2019-05-01", None, "05/01/2019"),
        ("month", "2020-03", None, "03/2020"),
        ("month", "2019", None, "2019"),
        ("month", "present", None, "Present"),
        ("a_number", "A12 345 678", 9, "012345678"),
        ("a_number", "A-123-456-789", None, "123456789"),
        ("ssn", "123-45-6789", 9, "123456789"),
        ("ssn", "123456789", None, "123-45-6789"),
        ("phone", "+1 (202) 555-0123", 10, "2025550123"),
        ("phone", "+380 44 123 4567", None, "+380 44 123 4567"),
        ("area_code", "(202) 555-0123", 3, "202"),
        ("local_number", "2025550123", 8, "555-0123"),
        ("zip", "20010-1234", 5, "20010"),
        ("state", "District of Columbia", 2, "DC"),
        ("state", "California", None, "California"),
        ("compact", "ioe 123-456", 13, "IOE123456"),
    ],
)
def test_an_answer_is_written_as_the_field_asks(kind, given, length, shown):
    assert write(kind, given, length) == shown


@pytest.mark.parametrize(
    ("given", "words"),
    [("2021-03", "March 2021"), ("2021", "2021"), ("1988-02~", "about February 1988")],
)
def test_a_day_that_is_not_known_is_not_made_up(given, words):
    with pytest.raises(NotAsAsked) as caught:
        write("date", given)
    assert caught.value.words == words


@pytest.mark.parametrize(
    ("kind", "given", "length"),
    [
        ("date", "2023-02-29", None),
        ("date", "03/04/2020", None),  # two days in two countries
        ("date", "yesterday", None),
        ("ssn", "123-45-678", 9),
        ("a_number", "B123", 9),
        ("zip", "SW1A 1AA", 5),
        ("compact", "ABCDEFGHIJKLMNOP", 13),
    ],
)
def test_what_cannot_be_true_is_refused(kind, given, length):
    with pytest.raises(WrongAnswer):
        write(kind, given, length)


def test_a_foreign_number_is_not_cut_into_an_area_code():
    with pytest.raises(NotAsAsked):
        write("area_code", "+380 44 123 4567", 3)


def test_tooltips_tell_the_format():
    assert guess("Enter as 2-digit Month, 2-digit Day and 4-digit Year.") == "date"
    assert guess('Enter "From" Date as 2-digit Month, and 2-digit Year.') == "month"
    assert guess("Enter City") == "text"
    assert guess("", 'AFDate_FormatEx("mm/dd/yyyy")') == "date"
