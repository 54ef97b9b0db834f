"""Shaping and direction, in the scripts of the people who file."""

import pytest

from amparo.filing.forms.drawing.letters import NoLetters, clusters, shape

NAMES = (
    "José Núñez",
    "Олександр Їжак",
    "Γιώργος Νικολάου",
    "محمد عبد الله",
    "क्षितिज नेपाल",
    "Nguyễn Thị Ánh",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_of_a_name_is_drawn(name):
    line = shape(name)
    assert sorted("".join(glyph.letters for glyph in line.glyphs)) == sorted(name)
    assert all(glyph.number for glyph in line.glyphs)  # 0 is the box for a missing letter


def test_marks_that_were_typed_apart_are_put_together():
    assert shape("Jose\u0301") == shape("José")


def test_a_mark_without_a_letter_of_its_own_stands_over_its_letter():
    glyphs = shape("x\u0301").glyphs
    assert [glyph.letters for glyph in glyphs] == ["x", "\u0301"]
    assert glyphs[1].advance == 0


def test_arabic_letters_join_and_run_from_the_right():
    last, first = [glyph for glyph in shape("بب").glyphs if glyph.letters]
    assert last.letters == first.letters == "ب"
    assert last.number != first.number


def test_an_arabic_ligature_keeps_its_letters():
    assert "لا" in [glyph.letters for glyph in shape("سلام").glyphs] or len(shape("لا").glyphs) == 2


def test_numbers_inside_arabic_keep_their_order():
    seen = "".join(glyph.letters for glyph in shape("شارع 125").glyphs)
    assert seen.startswith("125")


def test_latin_before_arabic_stays_on_the_left():
    seen = "".join(glyph.letters for glyph in shape("Leila ليلى").glyphs)
    assert seen.startswith("Leila ")
    assert seen.endswith("ل")


def test_letters_that_no_font_has_are_named():
    with pytest.raises(NoLetters, match=r"U\+E000"):
        shape("a\ue000b")


def test_clusters_keep_marks_with_their_letter():
    assert clusters("ax\u0301\u0323b") == ["a", "x\u0301\u0323", "b"]
