"""What is read of a form's fields."""

from pikepdf import Array, Dictionary, Name, String

from tests.filing.forms.builders import fields_of, form, text_field


def test_kinds_lengths_and_choices_are_read():
    found = {field.key: field for field in fields_of(form())}
    assert found["1:SSN[0]"].comb
    assert found["1:SSN[0]"].max_length == 9
    assert found["1:Story[0]"].multiline
    assert found["1:Sex[0]"].states == ("F",)
    assert [each.shown for each in found["1:State[0]"].options] == [" ", " CA", " MD"]
    assert found["1:PDF417BarCode1[0]"].kind == "barcode"
    assert found["1:Name[0]"].size == 9


def test_blanks_in_a_stored_value_are_kept():
    data = form([(Dictionary(FT=Name.Btn, T=String("Unit"), Ff=0), (10, 10, 20, 20), " STE ")])
    assert fields_of(data)[1].states == (" STE ",)


def test_fields_of_one_name_have_keys_of_their_own():
    twice = [text_field("Date", (10, 10, 60, 20)), text_field("Date", (100, 10, 160, 20))]
    assert [each.key for each in fields_of(form(twice))][1:] == ["1:Date", "1:Date#2"]


def test_a_loop_of_parents_ends():
    def edit(pdf):
        field = pdf.Root.AcroForm.Fields[1]
        field.Parent = field

    assert fields_of(form(edit=edit))


def test_a_rectangle_that_is_none_is_empty():
    def edit(pdf):
        pdf.pages[0].Annots[1].Rect = Array([1, 2])

    assert fields_of(form(edit=edit))[1].rect == (0.0, 0.0, 0.0, 0.0)
