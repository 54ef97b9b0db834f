"""Form and edition, page by page."""

import pytest

from amparo.filing.forms.blank.identity import edition_date, fingerprint, identify
from tests.filing.forms.builders import field, fields_of, form


def code(page, value):
    return field(key=f"{page}:B", page=page, name="PDF417BarCode1[0]", kind="barcode", value=value)


def test_barcodes_tell_form_and_edition():
    found = identify([code(1, "I-589|01/20/25|1 ")], 1, {})
    assert (found.form, found.edition, found.problems) == ("I-589", "01/20/25", ())
    assert found.pages[0].by == "barcode"


def test_pages_of_another_edition_are_named():
    found = identify([code(1, "I-589|01/20/25|1"), code(2, "I-589|08/25/20|2")], 2, {})
    assert any("Page 2 is of another edition: 08/25/20" in each for each in found.problems)


def test_pages_of_another_form_are_named():
    codes = [code(1, "I-589|01/20/25|1"), code(2, "I-589|01/20/25|2"), code(3, "G-28|01/20/25|3")]
    assert "Page 3 is of another form: G-28, not I-589." in identify(codes, 3, {}).problems


def test_pages_out_of_order_are_named():
    found = identify([code(1, "I-589|01/20/25|2"), code(2, "I-589|01/20/25|1")], 2, {})
    assert "Page 1 of the file is page 2 of the form." in found.problems


def test_barcode_and_footer_must_agree():
    found = identify([code(1, "G-28|09/17/18|1")], 1, {1: "Form G-28 05/05/16 Y Page 1 of 4"})
    assert any("the barcode says G-28 09/17/18" in each for each in found.problems)


@pytest.mark.parametrize(
    ("foot", "form_name", "edition"),
    [
        ("Form G-28 05/05/16 Y Page 1 of 4", "G-28", "05/05/16"),
        ("Form I-589 Edition 01/20/25 Page 1 of 12", "I-589", "01/20/25"),
        ("Form EOIR - 28 \r\nRev. Dec. 2015", "EOIR-28", "Dec. 2015"),
        ("Form EOIR-42B \r\nRev. Feb. 2025", "EOIR-42B", "Feb. 2025"),
        ("Form I-589 (Rev. 05/16/17)", "I-589", "05/16/17"),
    ],
)
def test_footers_tell_what_barcodes_do_not(foot, form_name, edition):
    found = identify([field()], 1, {1: f"some words\n{foot}"})
    assert (found.form, found.edition) == (form_name, edition)


def test_a_form_that_says_nothing_is_unknown():
    found = identify([field()], 1, {1: "Dear Sir"})
    assert (found.form, found.edition) == ("", "")
    assert "No page says which form it is" in found.problems[0]


def test_the_fingerprint_sees_a_moved_field():
    fields = fields_of(form())
    moved = [*fields[:-1], field(key=fields[-1].key, rect=(0, 0, 9, 9))]
    assert fingerprint(fields) == fingerprint(tuple(reversed(fields)))
    assert fingerprint(fields) != fingerprint(moved)


def test_editions_sort_as_dates():
    assert edition_date("01/20/25") == "2025-01-20"
    assert edition_date("Dec. 2015") == "2015-12"
