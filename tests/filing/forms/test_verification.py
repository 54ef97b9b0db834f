"""Each check of verification can fail: a filled form is changed, and the check says so."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from amparo.filing.forms.verification.findings import CHECKS
from amparo.filing.forms.verification.reopening import verify
from tests.filing.forms.builders import filled, form

LONG = "A sentence that says what happened, and when, and to whom. " * 300
ANSWERS = {
    "applicant.name.family": "Al-Khatib",
    "applicant.ssn": "123456789",
    "applicant.sex": "female",
    "applicant.home.state": "MD",
    "applicant.home.street": "ليلى الخطيب",
}


@pytest.fixture(scope="module")
def made():
    return filled(ANSWERS)


def changed(data, edit):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def widget(pdf, name):
    return next(each for each in pdf.pages[0].Annots if str(each.get("/T", "")).endswith(name))


def failures(made, edit):
    data = changed(made.data, edit)
    report = verify(form(), data, made.plan.entries, made.plan.sheets)
    return {(finding.check, finding.field) for finding in report.findings}


def test_an_untouched_form_holds(made):
    assert made.report.holds
    assert made.report.compared.keys() >= CHECKS.keys() - {"sheet"}


def test_a_file_that_does_not_open_fails(made):
    report = verify(form(), b"%PDF-1.7 nothing", made.plan.entries)
    assert [finding.check for finding in report.findings] == ["opens"]


def test_a_missing_page_fails(made):
    def edit(pdf):
        pdf.add_blank_page()

    assert ("opens", "") in failures(made, edit)


@pytest.mark.parametrize("key", ["XFA", "NeedAppearances", "SigFlags"])
def test_what_would_hide_the_answers_fails(made, key):
    def edit(pdf):
        pdf.Root.AcroForm[f"/{key}"] = True

    assert ("freed", "") in failures(made, edit)


def test_usage_rights_fail(made):
    def edit(pdf):
        pdf.Root.Perms = Dictionary(UR3=Dictionary())

    assert ("freed", "") in failures(made, edit)


def test_another_value_fails(made):
    def edit(pdf):
        widget(pdf, "Name[0]").V = String("Al-Khatab")

    assert failures(made, edit) == {("value", "1:Name[0]")}


def test_a_value_in_a_field_that_was_left_fails(made):
    def edit(pdf):
        widget(pdf, "Story[0]").V = String("I did it")

    assert ("value", "1:Story[0]") in failures(made, edit)


def test_a_missing_appearance_fails(made):
    def edit(pdf):
        del widget(pdf, "Name[0]")["/AP"]

    assert ("appearance", "1:Name[0]") in failures(made, edit)


def test_a_font_that_is_not_embedded_fails(made):
    def edit(pdf):
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
        widget(pdf, "Name[0]").AP.N.Resources.Font = Dictionary(Am0=font)

    assert ("appearance", "1:Name[0]") in failures(made, edit)


def test_an_appearance_without_ink_fails(made):
    def edit(pdf):
        look = widget(pdf, "Name[0]").AP.N
        look.write(look.read_bytes().replace(b"0 g", b"1 g"))

    found = failures(made, edit)
    assert ("ink", "1:Name[0]") in found


def test_ink_elsewhere_fails(made):
    def edit(pdf):
        page = pdf.pages[0]
        page.contents_add(b"q 300 400 20 20 re f Q")

    assert failures(made, edit) == {("elsewhere", "")}


def test_a_field_that_was_moved_fails(made):
    def edit(pdf):
        widget(pdf, "Name[0]").Rect = Array([40, 245, 240, 261])

    assert {("value", "1:Name[0]"), ("elsewhere", "")} <= failures(made, edit)


def test_a_tick_in_the_other_box_fails(made):
    def edit(pdf):
        widget(pdf, "Sex[0]").AS = Name.F
        widget(pdf, "Sex[1]").AS = Name.Off

    found = failures(made, edit)
    assert {("value", "1:Sex[0]"), ("value", "1:Sex[1]"), ("ink", "1:Sex[1]")} <= found


def test_a_ticked_box_beside_other_words_fails(made):
    def edit(pdf):
        page = pdf.pages[0].Contents
        page.write(page.read_bytes().replace(b"(Female)", b"(Single)"))

    assert ("label", "1:Sex[1]") in failures(made, edit)


def test_other_text_than_the_value_fails(made):
    def edit(pdf):
        look = widget(pdf, "Name[0]").AP.N
        start, shown, end = look.read_bytes().partition(b"[<0001>")
        look.write(start + b"[" + end if shown else b"")

    assert failures(made, edit) == {("text", "1:Name[0]")}


def test_arabic_letters_in_another_order_fail():
    one, other = filled(ANSWERS), filled(ANSWERS | {"applicant.home.street": "الخطيب علي"})

    def edit(pdf):
        with pikepdf.open(io.BytesIO(other.data)) as source:
            widget(pdf, "Short[0]").AP = pdf.copy_foreign(
                source.make_indirect(widget(source, "Short[0]").AP)
            )

    assert ("text", "1:Short[0]") in failures(one, edit)


@pytest.mark.parametrize("what", ["value", "picture"])
def test_a_barcode_that_is_not_the_blank_s_fails(made, what):
    def edit(pdf):
        code = widget(pdf, "PDF417BarCode1[0]")
        if what == "value":
            code.V = String("X-100|01/20/24|1")
        else:
            code.AP.N.Resources.XObject.Im0.write(bytes(200))

    assert ("barcode", "1:PDF417BarCode1[0]") in failures(made, edit)


def test_a_barcode_that_viewers_would_draw_anew_fails(made):
    def edit(pdf):
        del widget(pdf, "PDF417BarCode1[0]")["/AP"]

    assert ("barcode", "1:PDF417BarCode1[0]") in failures(made, edit)


def test_a_sheet_without_its_text_fails():
    made = filled({"story": LONG})
    assert made.holds
    with_others = filled({"story": LONG.replace("sentence", "passage")})
    report = verify(form(), made.data, made.plan.entries, with_others.plan.sheets)
    assert {finding.check for finding in report.findings} == {"sheet"}


def test_a_sheet_in_arabic_holds_and_fails_without_a_page_of_its_text():
    long = filled({"story": "جاء الجنود ليلاً إلى بيتنا في حمص (سوريا) وأخذوا أخي. " * 200})
    assert len(long.plan.sheets) == 1
    assert long.report.holds
    with pikepdf.open(io.BytesIO(long.data)) as pdf:
        assert len(pdf.pages) > 2

    def edit(pdf):
        pdf.pages[-2].Contents = pdf.make_stream(b"")

    assert {check for check, _ in failures(long, edit)} == {"sheet"}


def test_every_check_has_failed_in_this_file():
    here = Path(__file__).read_text("utf-8")
    assert all(f'"{check}"' in here for check in CHECKS)


def test_a_lost_field_fails(made):
    def edit(pdf):
        lost = widget(pdf, "MoreItem[0]")
        pdf.pages[0].Annots = Array([each for each in pdf.pages[0].Annots if each != lost])

    assert ("opens", "") in failures(made, edit)


def test_a_page_of_another_size_fails(made):
    def edit(pdf):
        pdf.pages[0].MediaBox = Array([0, 0, 595, 842])

    assert ("elsewhere", "") in failures(made, edit)


def test_a_tick_that_only_the_picture_shows_fails(made):
    def edit(pdf):
        widget(pdf, "Sex[1]").V = Name.Off

    assert failures(made, edit) == {("value", "1:Sex[1]")}


def test_a_tick_without_an_appearance_of_its_state_fails(made):
    def edit(pdf):
        box = widget(pdf, "Sex[1]")
        box.AP.N = Dictionary({"/Other": box.AP.N["/M"]})

    assert ("appearance", "1:Sex[1]") in failures(made, edit)


def test_a_tick_that_is_a_letter_of_a_font_outside_the_file_fails(made):
    def edit(pdf):
        look = widget(pdf, "Sex[1]").AP.N["/M"]
        look.write(look.read_bytes() + b" BT /ZaDb 4 Tf 1 1 Td (4) Tj ET")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
        look.Resources = Dictionary(Font=Dictionary(ZaDb=font))

    assert ("appearance", "1:Sex[1]") in failures(made, edit)


def test_a_list_that_stores_another_choice_than_it_shows_fails(made):
    def edit(pdf):
        widget(pdf, "State[0]").V = String("CA ")

    assert ("value", "1:State[0]") in failures(made, edit)


def test_ink_over_a_barcode_fails(made):
    def edit(pdf):
        pdf.pages[0].contents_add(b"q 1 g 310 14 60 12 re f Q")
        code = widget(pdf, "PDF417BarCode1[0]")
        code.AP.N.write(b"q 200 0 0 18 30 0 cm /Im0 Do Q")

    assert ("barcode", "1:PDF417BarCode1[0]") in failures(made, edit)


def test_an_encrypted_result_fails(made):
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    report = verify(form(), out.getvalue(), made.plan.entries, made.plan.sheets)
    assert ("freed", "") in {(each.check, each.field) for each in report.findings}


def test_a_sheet_that_is_lost_fails():
    long = filled({"story": LONG})

    def edit(pdf):
        del pdf.pages[-1]

    assert {check for check, _ in failures(long, edit)} & {"opens", "sheet"}
