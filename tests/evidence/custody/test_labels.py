"""Labels and receipts as PDF: the code is read back from the page as a scanner would."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pypdfium2
import pytest
import segno

from amparo.base.errors import UsageError
from amparo.evidence.custody.labels import SHEETS, Label, code_of, id_in, set_labels
from amparo.evidence.custody.receipt import Handed, Receipt, set_receipt

ONE = UUID("01a200df-e284-7152-af83-12d6ae0cc934")


def label(code: str, **said: str) -> Label:
    return Label(id=str(ONE), code=code, matter="2026-0001", kind="هاتف", **said)


def text_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_sheet_is_filled_and_begins_another(sheet: str) -> None:
    places = SHEETS[sheet].columns * SHEETS[sheet].rows
    pages = text_of(set_labels([label(f"P-{n}") for n in range(places)], sheet=sheet, skip=1))
    assert len(pages) == 2
    assert f"P-{places - 1}" in pages[1]


def test_a_label_says_what_a_finder_may_read() -> None:
    (page,) = text_of(set_labels([label("P-7", seal="AB-1")]))
    for said in ("P-7", "2026-0001", "AB-1", "do not open"):
        assert said in page


def test_the_printed_code_is_that_of_the_exhibit() -> None:
    """Every module of the code, read from the pixels, is as the code of this id has it."""
    pdf = set_labels([label("P-7")], sheet="a4-8")
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=8, grayscale=True).to_numpy()
    dark = picture[:, : picture.shape[1] // 2].squeeze() < 128
    rows, columns = dark.any(axis=1).nonzero()[0], dark.any(axis=0).nonzero()[0]
    top, left = rows[0], columns[0]
    expected = [list(row) for row in segno.make(code_of(ONE), error="m", micro=False).matrix]
    finder = next(n for n in range(1, 2000) if not dark[top, left + n])
    size = finder / 7
    middles = [int((n + 0.5) * size) for n in range(len(expected))]
    found = [[int(dark[top + y, left + x]) for x in middles] for y in middles]
    assert found == expected


def test_a_code_leads_back_and_nothing_else_does() -> None:
    assert id_in(f" {code_of(ONE)}\n") == ONE
    assert id_in(str(ONE)) == ONE
    for said in ("", "P-7", "https://evil.example/", "urn:uuid:zz"):
        with pytest.raises(UsageError, match="not the code"):
            id_in(said)


def test_too_many_labels_are_refused() -> None:
    with pytest.raises(UsageError, match="At most"):
        set_labels([label("P-1")] * 501)
    with pytest.raises(UsageError, match="no sheet"):
        set_labels([label("P-1")], sheet="napkin")


RECEIPT = Receipt(
    number="R-1",
    matter_number="2026-0001",
    matter_title="A. v. State",
    handed_by="Ana Pérez",
    to_name="Dr Ruiz",
    to_capacity="expert",
    to_organisation="",
    occurred="22 November 2026",
    place="Bogotá",
    purpose="DNA analysis",
    returns=True,
    entry=12,
    entry_hash="ab" * 32,
    exhibits=[Handed("P-1", "Black telephone", "Telephone", "IMEI 35", "AB-12", "cracked")],
)


def test_a_receipt_names_both_sides_the_seal_and_the_entry() -> None:
    made_at = datetime(2026, 11, 22, 10, 0, 0, 5, tzinfo=UTC)
    (page,) = text_of(set_receipt(RECEIPT, made_at=made_at))
    for said in ("R-1", "Ana Pérez", "Dr Ruiz", "AB-12", "entry 12", "signature", "cracked"):
        assert said in page
    assert set_receipt(RECEIPT, made_at=made_at) == set_receipt(RECEIPT, made_at=made_at)
