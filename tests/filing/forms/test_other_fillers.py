"""What other fillers get wrong with the agencies' forms, one test each.

Found by running them on real forms: values written over their cells, cut, or lost without a word;
barcodes destroyed; boxes ticked beside other words; forms that look blank when they are opened.
"""

import io

import pikepdf
import pytest
from pikepdf import Name

from amparo.filing.forms.blank.fields import read_fields
from amparo.filing.forms.reading import read_form
from tests.filing.forms.builders import Asked, box_field, filled, form, line, own_map, text_field

SSN, STREET, DAY, STORY, SEX = "1:SSN[0]", "1:Short[0]", "1:DOB[0]", "1:Story[0]", "1:Sex[0]"


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def test_eleven_characters_of_an_ssn_do_not_go_into_nine_cells():
    made = filled({"applicant.ssn": "123-45-6789"})
    assert line(made, SSN).shown == "123456789"
    assert made.holds


def test_138_characters_do_not_go_into_a_field_of_34():
    street = "Long Street Name " * 8 + "12"
    entry = line(filled({"applicant.home.street": street}), STREET)
    assert (entry.status, entry.overflow, entry.shown) == ("elsewhere", "Part 9", "See Part 9")


def test_an_iso_date_is_not_written_where_month_day_year_is_asked():
    assert line(filled({"applicant.birth.date": "1988-02-29"}), DAY).shown == "02/29/1988"


def test_800_characters_do_not_vanish_below_the_sixth_line():
    text = " ".join(f"word{number}" for number in range(400))
    made = filled({"story": text})
    more = line(made, "1:More[0]").shown
    assert f"{line(made, STORY).shown.removesuffix('See Part 9').rstrip()} {more}" == text
    assert made.holds


def test_a_field_is_found_by_its_full_name_and_never_by_a_part_of_it():
    full = filled({"form1[0].Name[0]": "Rivera"}, fields={"1:Name[0]": Asked(("other",))})
    assert line(full, "1:Name[0]").shown == "Rivera"
    short = filled({"Name": "Rivera", "Name[0]": "Rivera"})
    assert short.plan.unused == ("Name", "Name[0]")


def test_one_value_does_not_land_in_every_field_of_the_same_short_name():
    boxes = [
        text_field("form1[0].Page1[0].Number[0]", (40, 700, 140, 716)),
        text_field("form1[0].Page2[0].Number[0]", (40, 600, 140, 616)),
    ]
    keys = [field.key for field in read_form(form(boxes)).fields if field.kind == "text"]
    assert keys == ["1:Page1[0].Number[0]", "1:Page2[0].Number[0]"]


@pytest.mark.parametrize("name", ["Núñez", "الخطيب", "Їжакевич"])
def test_letters_beyond_ascii_are_neither_dropped_nor_question_marks(name):
    made = filled({"applicant.name.family": name})
    assert line(made, "1:Name[0]").shown == name
    assert made.report.findings == ()


def test_barcodes_survive_a_form_that_wants_its_fields_drawn_anew():
    def edit(pdf):
        pdf.Root.AcroForm.NeedAppearances = True

    data = form(edit=edit)
    made = filled({"applicant.name.family": "Rivera"}, data)
    assert made.holds
    with opened(data) as blank, opened(made.data) as done:
        assert "/NeedAppearances" not in done.Root.AcroForm
        had, has = (
            next(each for each in pdf.pages[0].Annots if "PDF417" in str(each.get("/T", "")))
            for pdf in (blank, done)
        )
        pictures = [each.AP.N.Resources.XObject.Im0.read_raw_bytes() for each in (had, has)]
        assert pictures[0] == pictures[1]


def test_a_filled_form_does_not_look_blank_when_it_is_opened():
    made = filled({"applicant.name.family": "Rivera", "applicant.sex": "male"})
    with opened(made.data) as pdf:
        assert not {"/XFA", "/SigFlags", "/NeedAppearances"} & set(pdf.Root.AcroForm.keys())
        assert "/Perms" not in pdf.Root
        assert not pdf.is_encrypted
        shown = [each for each in pdf.pages[0].Annots if each.get("/V") not in (None, Name.Off)]
        assert all("/N" in each.AP for each in shown)


def test_a_form_locked_with_an_empty_password_is_filled_and_left_open():
    data = form(encryption=pikepdf.Encryption(owner="o", user=""))
    made = filled({"applicant.name.family": "Rivera"}, data)
    assert made.holds
    with opened(made.data) as pdf:
        assert not pdf.is_encrypted


def test_the_stored_value_of_a_box_decides_nothing():
    made = filled({"applicant.sex": "male"})  # the form stores F for the box beside "Male"
    assert (line(made, SEX).status, line(made, SEX).state) == ("ticked", "F")
    assert made.holds


def test_odd_states_and_automatic_names_are_filled_all_the_same():
    boxes = [
        box_field("undefined_8", (48, 610, 58, 620), "Yes_13", "undefined"),
        text_field("undefined_8b", (40, 555, 140, 571), "undefined"),
    ]
    data = form(boxes, codes=(), xfa=False)
    asked = {
        "1:undefined_8": Asked(("applicant.sex",), tick="male", label="Male"),
        "1:undefined_8b": Asked(("applicant.home.state",)),
    }
    own = own_map(data).fields
    fields = dict.fromkeys(own, Asked((), hand="not here")) | asked
    made = filled({"applicant.sex": "male", "applicant.home.state": "MD"}, data, fields=fields)
    with opened(made.data) as pdf:
        values = {field.key: field.value for field in read_fields(pdf)}
    assert values["1:undefined_8"] == "Yes_13"
    assert values["1:undefined_8b"] == "MD"


def test_a_safe_address_waits_for_a_person_s_decision():
    fields = {STREET: Asked(("applicant.safe.street",), item="2:9", hand="safe address")}
    said = {"applicant.safe.street": {"value": "PO Box 7"}}
    assert line(filled(said, fields=fields), STREET).status == "left"
    said["applicant.safe.street"]["confirmed_by"] = "J. Ferrow, attorney"
    assert line(filled(said, fields=fields), STREET).shown == "PO Box 7"


@pytest.mark.shared_data
def test_fields_that_kept_their_name_between_editions_ask_what_their_own_edition_asks(shared_data):
    old, new = (
        read_form((shared_data / "forms" / f"{name}.pdf").read_bytes())
        for name in ("g-28__sjc", "g-28__formtracker")
    )
    before, after = (
        {key.rpartition(".")[2]: (a.questions, a.tick) for key, a in each.map.fields.items()}
        for each in (old, new)
    )
    changed = [name for name in before.keys() & after.keys() if before[name] != after[name]]
    assert {"Line6_EMail[0]", "Line7_MobileTelephoneNumber[0]", "Line4_Checkbox[0]"} <= set(changed)
    assert len(changed) >= 7


@pytest.mark.shared_data
@pytest.mark.parametrize(
    "name", ["i-129f__q00101", "i-765__openniw", "i-485__openniw", "i-730__q00101"]
)
def test_boxes_of_a_unit_tick_what_is_printed_beside_them(shared_data, name):
    form_read = read_form((shared_data / "forms" / f"{name}.pdf").read_bytes())
    stored = {field.key: field.states for field in form_read.fields}
    boxes = [
        (key, asked)
        for key, asked in form_read.map.fields.items()
        if asked.tick in ("apt", "ste", "flr")
    ]
    assert boxes
    for key, asked in boxes:
        assert asked.label.lower().startswith(asked.tick[0]), (key, stored[key], asked.label)
