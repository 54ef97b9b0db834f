"""What each field shows, and what goes elsewhere."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.filing.forms.builders import Asked, filled, form, line

LONG = "A sentence that says what happened, and when, and to whom. " * 40


def test_answers_are_drawn_with_their_pinpoints():
    source = {"file": "sha256:1", "page": 3}
    made = filled({"applicant.name.family": {"value": "Rivera", "source": source}})
    entry = line(made, "1:Name[0]")
    assert (entry.status, entry.shown, entry.sources) == ("drawn", "Rivera", (source,))
    assert made.holds


def test_separators_go_where_there_are_cells():
    assert line(filled({"applicant.ssn": "123-45-6789"}), "1:SSN[0]").shown == "123456789"


def test_an_iso_date_is_written_as_the_field_asks():
    made = filled({"applicant.birth.date": "1988-02-29"})
    assert line(made, "1:DOB[0]").shown == "02/29/1988"


def test_the_box_beside_the_words_is_ticked_whatever_its_stored_value():
    made = filled({"applicant.sex": "male"})
    assert line(made, "1:Sex[0]").state == "F"  # stored wrongly by the agency
    assert line(made, "1:Sex[0]").status == "ticked"
    assert line(made, "1:Sex[1]").status == "unticked"
    assert made.holds


def test_a_tick_that_is_a_letter_of_a_font_outside_the_file_is_drawn_in_strokes():
    made = filled({"applicant.sex": "male"}, form(edit=_tick_by_letter))
    assert made.holds
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        box = next(each for each in pdf.pages[0].Annots if str(each.T).endswith("Sex[0]"))
        drawn = box.AP.N["/F"].read_bytes()
    assert b"Tj" not in drawn
    assert b"0.5 0.5 9 9 re" in drawn  # the frame stays
    assert b"0 G\n1.2 w\n2.00 2.00 m\n8.00 8.00 l" in drawn


def _tick_by_letter(pdf):
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    for each in pdf.pages[0].Annots:
        if str(each.T).endswith("Sex[0]"):
            look = each.AP.N["/F"]
            look.write(b"0.5 0.5 9 9 re s q 0 g BT /ZaDb 8 Tf 2 2 Td (4) Tj ET Q")
            look.Resources = Dictionary(Font=Dictionary(ZaDb=font))


def test_a_choice_that_there_is_none_of_is_refused():
    made = filled({"applicant.sex": "unknown"})
    assert line(made, "1:Sex[0]").status == "refused"
    assert "female, male" in line(made, "1:Sex[0]").says
    assert not made.holds


@pytest.mark.parametrize("said", ["MD", "md ", "Maryland"])
def test_choices_padded_with_blanks_are_found(said):
    entry = line(filled({"applicant.home.state": said}), "1:State[0]")
    assert (entry.state, entry.shown) == ("MD ", "MD")


def test_what_is_not_on_a_list_is_refused():
    assert line(filled({"applicant.home.state": "Bavaria"}), "1:State[0]").status == "refused"


def test_what_does_not_fit_goes_to_the_form_s_own_part_and_the_field_says_so():
    street = "Avenida de los Insurgentes Sur 1602, Crédito Constructor, Benito Juárez"
    made = filled({"applicant.home.street": street})
    assert line(made, "1:Short[0]").shown == "See Part 9"
    assert line(made, "1:Short[0]").overflow == "Part 9"
    assert line(made, "1:More[0]").shown == street
    assert line(made, "1:MorePage[0]").shown == "1"
    assert line(made, "1:MorePart[0]").shown == "1"
    assert line(made, "1:MoreItem[0]").shown == "3"
    assert made.holds


def test_a_long_story_begins_in_its_field_and_goes_on_without_a_gap():
    made = filled({"story": LONG})
    field, more = line(made, "1:Story[0]"), line(made, "1:More[0]")
    beginning, pointer = field.shown.rsplit("\n", 1)
    assert pointer == "See Part 9"
    assert f"{beginning} {more.shown}" == LONG.strip()
    assert made.holds


def test_10_000_letters_end_on_a_continuation_sheet_whole():
    story = " ".join(f"word{number}" for number in range(1_100))
    made = filled({"story": story, "applicant.name.family": "Rivera"})
    shown = [
        line(made, "1:Story[0]").shown.removesuffix("\nSee Part 9 and continuation sheet"),
        line(made, "1:More[0]").shown.removesuffix("\n(continued on the continuation sheet)"),
        made.plan.sheets[0].text,
    ]
    assert " ".join(shown) == story
    assert made.holds


def test_an_answered_place_is_not_taken_for_what_does_not_fit():
    made = filled({"story": LONG, "more": "the applicant's own words"})
    assert line(made, "1:More[0]").shown == "the applicant's own words"
    assert made.plan.sheets
    assert line(made, "1:Story[0]").overflow == "continuation sheet"


def test_a_day_known_by_its_month_is_told_in_words_elsewhere():
    made = filled({"applicant.birth.date": "1988-02"})
    assert line(made, "1:DOB[0]").status == "elsewhere"
    assert line(made, "1:More[0]").shown == "February 1988"
    assert "not known exactly" in line(made, "1:DOB[0]").says


def test_a_day_that_there_never_was_is_written_nowhere():
    made = filled({"applicant.birth.date": "2023-02-29"})
    assert line(made, "1:DOB[0]").status == "refused"
    assert not made.holds


def test_a_safe_address_waits_for_a_person():
    asked = {"1:Short[0]": Asked(("safe.street",), hand="safe address")}
    made = filled({"safe.street": "1 Main St"}, fields=asked)
    assert (line(made, "1:Short[0]").status, line(made, "1:Short[0]").shown) == ("left", "")
    decided = {"safe.street": {"value": "1 Main St", "confirmed_by": "N. Okafor"}}
    assert line(filled(decided, fields=asked), "1:Short[0]").shown == "1 Main St"


def test_signatures_are_left_whatever_is_answered():
    asked = {"1:Short[0]": Asked(("sign",), hand="signature")}
    made = filled({"sign": "X", "1:Short[0]": "X"}, fields=asked)
    assert line(made, "1:Short[0]").status == "left"


def test_a_proposed_question_waits_for_a_yes():
    asked = {"1:Short[0]": Asked(("street",), confirmed=False)}
    entry = line(filled({"street": "1 Main St"}, fields=asked), "1:Short[0]")
    assert (entry.status, entry.shown) == ("left", "")
    assert "waits for a person's yes" in entry.says


def test_a_field_can_be_answered_by_its_name():
    made = filled({"form1[0].Name[0]": "Rivera", "1:Sex[1]": True})
    assert line(made, "1:Name[0]").shown == "Rivera"
    assert line(made, "1:Sex[1]").status == "ticked"


def test_answers_that_no_field_asks_are_named():
    assert filled({"applicant.shoe_size": "9"}).plan.unused == ("applicant.shoe_size",)


def test_a_third_child_where_the_form_has_two_rows_goes_on_a_sheet():
    asked = {
        "1:Name[0]": Asked(("children.1.name",), item="3:1"),
        "1:Short[0]": Asked(("children.2.name",), item="3:1"),
        "1:More[0]": Asked(("more",)),
    }
    made = filled({"children": [{"name": "A"}, {"name": "B"}, {"name": "C"}]}, fields=asked)
    assert "C" in line(made, "1:More[0]").shown
    assert "Children, number 3" in line(made, "1:More[0]").shown
    assert made.plan.unused == ()


def test_letters_that_cannot_be_drawn_are_refused_by_name():
    entry = line(filled({"applicant.name.family": "\U0001f600"}), "1:Name[0]")
    assert entry.status == "refused"
    assert "U+1F600" in entry.says


def test_namesakes_that_show_different_texts_are_parted():
    from tests.filing.forms.builders import text_field

    twice = [text_field("Child", (40, 700, 140, 716)), text_field("Child", (40, 600, 140, 616))]
    data = form(twice)
    made = filled({"1:Child": "Ana", "1:Child#2": "Luz"}, data, fields={}, additional=_none())
    assert made.holds
    assert [line(made, key).shown for key in ("1:Child", "1:Child#2")] == ["Ana", "Luz"]


def _none():
    from tests.filing.forms.builders import Additional

    return Additional("")


@pytest.mark.parametrize(
    "name",
    [
        "José Nu\u0301n\u0303ez x\u0301\u0323",
        "Їжакевич-Ґудзь",
        "Γιώργος Παπαδόπουλος",
        "مُحَمَّد بن عَبْدِ الله",
        "क्षितिज श्रेष्ठ",
        "Nguyễn Thị Ánh Tuyết",
        "Leila ليلى 1988",
    ],
)
def test_names_in_many_scripts_with_marks_are_drawn_and_read_back(name):
    made = filled({"applicant.name.family": name})
    assert made.report.findings == ()
    assert line(made, "1:Name[0]").status == "drawn"


def test_a_story_of_many_arabic_letters_and_their_dots_is_read_back():
    story = (
        "في شهر آذار عام 2019 جاء الجنود ليلاً إلى بيتنا في حمص وأخذوا أخي، ولم نره بعد ذلك اليوم. "
        "سألنا عنه في كل مكان (المستشفى، السجن) ولم يجبنا أحد."
    )
    for often in (1, 5):  # then a bracket stands at the end of a line
        assert not filled({"story": story * often}).report.findings


def test_a_form_that_asks_for_the_last_arrival_is_not_told_the_earlier_ones():
    asked = {"1:Name[0]": Asked(("applicant.entry.1.place",), item="1:1")}
    answers = {"applicant.entry": [{"place": "Dulles"}, {"place": "Boston"}]}
    made = filled(answers, fields=asked, first_only=("applicant.entry",))
    assert line(made, "1:Name[0]").shown == "Dulles"
    assert "Boston" not in "".join(each.shown for each in made.plan.entries)
    assert "applicant.entry.2.place" in made.plan.unused


def test_further_members_of_a_list_are_written_as_the_form_writes_them():
    asked = {
        "1:Name[0]": Asked(("children.1.name.given",), item="2:5"),
        "1:DOB[0]": Asked(("children.1.birth.date",), format="date", item="2:6"),
    }
    child = {"name": {"given": "Nour"}, "birth": {"date": "2019-08-02"}}
    made = filled(
        {"children": [child, child, child | {"birth": {"date": "2020-05"}}]}, fields=asked
    )
    text = line(made, "1:More[0]").shown + "".join(each.text for each in made.plan.sheets)
    assert "Children, number 2" in text
    assert "08/02/2019" in text
    assert "May 2020" in text
    assert made.holds


def test_a_further_member_that_cannot_be_true_is_refused_aloud():
    asked = {"1:DOB[0]": Asked(("children.1.birth.date",), format="date", item="2:6")}
    dates = [{"birth": {"date": day}} for day in ("2019-08-02", "2023-02-29")]
    made = filled({"children": dates}, fields=asked)
    assert not made.holds
    assert any("children.2.birth.date" in each for each in made.plan.refused)
