"""What fits, and where each line stands. The tools that corrupt forms fail here."""

import pytest

from amparo.filing.forms.drawing.fitting import SMALLEST, fits, place, take, wrap
from amparo.filing.forms.drawing.letters import shape
from tests.filing.forms.builders import field


def test_a_line_starts_at_the_left_in_the_form_s_own_size():
    (line,) = place("Rivera", field())
    assert (line.text, line.size) == ("Rivera", 9.0)
    assert 0 < line.x < 5


def test_letters_become_smaller_before_anything_is_too_long():
    text = "an answer that is just a little too long for its field"
    (line,) = place(text, field())
    assert SMALLEST <= line.size < 9
    assert line.x + shape(text).width * line.size <= 200


def test_138_letters_do_not_fit_into_34():
    assert not fits("x" * 138, field(max_length=34, rect=(0, 0, 2000, 16)))


def test_eleven_signs_do_not_go_into_nine_cells():
    cells = field(comb=True, max_length=9)
    assert not fits("123-45-6789", cells)
    placed = place("123456789", cells)
    assert [line.text for line in placed] == list("123456789")
    width = 200 / 9
    assert all(int(line.x // width) == number for number, line in enumerate(placed))


def test_800_letters_do_not_fit_into_six_lines_and_are_parted_between_words():
    six = field(multiline=True, rect=(0, 0, 200, 6 * 9 * 1.2 + 4))
    text = ("word " * 160).strip()
    assert not fits(text, six)
    beginning, rest = take(text, six)
    assert f"{beginning} {rest}" == text
    assert fits(f"{beginning}\nSee Part 9", six)


@pytest.mark.parametrize("text", ["x" * 10_000, "слово " * 2_000, "كلمة " * 2_000])
def test_no_letter_of_10_000_is_lost(text):
    wide = field(multiline=True, rect=(0, 0, 500, 300))
    beginning, rest = take(text, wide)
    assert (beginning + rest).replace(" ", "") == text.replace(" ", "")


def test_lines_are_no_wider_than_asked():
    assert all(shape(line).width <= 10 for line in wrap("some words and averyverylongword", 10))


def test_paragraphs_stay_apart():
    assert wrap("one\n\ntwo", 50) == ["one", "", "two"]


def test_a_line_break_does_not_go_into_a_field_of_one_line():
    assert not fits("one\ntwo", field())


def test_arabic_stands_at_the_right():
    (line,) = place("ليلى", field())
    assert line.x > 100


def test_centred_and_right_fields():
    assert place("12", field(align=1))[0].x == pytest.approx(
        100 - shape("12").width * 9 / 2, abs=0.1
    )
    assert place("12", field(align=2))[0].x > 170


def test_a_field_without_a_size_gets_one_that_it_holds():
    (line,) = place("Rivera", field(size=0.0, rect=(0, 0, 200, 8)))
    assert line.size <= 7
