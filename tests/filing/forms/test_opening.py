"""What is refused, and in which words."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, String

from amparo.base.errors import UnreadableFile
from amparo.filing.forms.blank.opening import open_form
from tests.filing.forms.builders import form


def refusal(data, **how):
    with pytest.raises(UnreadableFile) as caught:
        open_form(data, **how)
    return caught.value.message


def test_other_files_and_damaged_ones_are_refused():
    assert "not a PDF" in refusal(b"PK\x03\x04 not one")
    assert "damaged" in refusal(b"%PDF-1.7\n" + b"\x00" * 200)


def test_a_cut_off_form_is_not_filled():
    data = form()
    assert "damaged" in refusal(data[: len(data) * 2 // 3], filling=True)


def test_a_locked_form_is_refused():
    data = form(encryption=Encryption(owner="o", user="u"))
    assert "password" in refusal(data)


def test_a_form_locked_with_no_password_is_opened():
    assert open_form(form(encryption=Encryption(owner="o", user="")), filling=True)


def test_a_flattened_form_is_refused():
    assert "no fields" in refusal(form([], codes=(), xfa=False))


def test_a_form_that_only_adobe_draws_is_refused():
    assert "dynamic XFA" in refusal(form([], codes=()))


def test_a_signed_form_is_not_changed():
    signature = Dictionary(FT=Name.Sig, T=String("Sig"), V=Dictionary(Type=Name.Sig))
    data = form([(signature, (10, 10, 90, 30))])
    assert open_form(data)
    assert "signature" in refusal(data, filling=True)


def test_a_certified_form_is_not_changed():
    def edit(pdf):
        pdf.Root.Perms = Dictionary(DocMDP=Dictionary())

    assert "signature" in refusal(form(edit=edit), filling=True)


def test_an_empty_document_is_refused():
    out = io.BytesIO()
    pikepdf.new().save(out)
    assert "no pages" in refusal(out.getvalue())


def test_what_is_no_list_is_no_field():
    def edit(pdf):
        pdf.pages[0].Annots = Array([1, String("x")])

    assert "no fields" in refusal(form(edit=edit, xfa=False))
