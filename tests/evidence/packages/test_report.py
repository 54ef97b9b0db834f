from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from amparo.evidence.packages import records, report
from amparo.evidence.packages.report.items import readable_size
from tests.evidence import packing

FINGERPRINT = packing.SIGNER.key.fingerprint


def contents() -> tuple[records.Contents, packing.Ledger]:
    book = packing.Ledger()
    return packing.contents(book), book


def set_report(what: records.Contents, book: packing.Ledger) -> bytes:
    return report.custody_report(what, fingerprint=FINGERPRINT, head=book.entries[-1].head)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


@pytest.fixture(scope="module")
def text() -> str:
    return text_of(set_report(*contents()))


def test_it_says_what_a_registry_asks_for(text: str) -> None:
    for expected in ("2026-0001", "A. v. State", "Ana Pérez", "for the court", "4 files"):
        assert expected in text
    assert "Page 1 of" in text
    assert "about March 2021" in text
    assert "Ana Pérez took a copy of the" in text


def test_every_digest_stands_whole_in_it(text: str) -> None:
    for each in contents()[0].items:
        assert each.item.sha256 in text
        assert each.item.blake3 in text


def test_names_keep_their_script(text: str) -> None:
    assert "فاطمة" in text or "ﻓﺎطﻤﺔ" in text or "ةمطاف" in text


def test_the_same_records_give_the_same_pages() -> None:
    assert set_report(*contents()) == set_report(*contents())


def test_what_people_wrote_is_never_read_as_markup() -> None:
    what, book = contents()
    wild = '#panic("x") *bold* $x$ \\ #include "/etc/passwd" @ref <label> ]'
    items = [replace(each, title=wild) for each in what.items]
    wild_contents = replace(what, items=items, matter=replace(what.matter, title=wild))
    assert '#panic("x") *bold*' in text_of(set_report(wild_contents, book))


def test_a_matter_with_nothing_in_it_still_has_a_report() -> None:
    what, book = contents()
    assert "0 files" in text_of(set_report(replace(what, items=[]), book))


def test_later_and_unclear_dates_are_shown_as_they_are() -> None:
    what, book = contents()
    came = replace(
        what.items[0].acquisitions[0][0], occurred_at="one spring", is_reconstruction=True
    )
    one = replace(what, items=[replace(what.items[0], acquisitions=[(came, 1)])])
    shown = " ".join(text_of(set_report(one, book)).split())
    assert "one spring" in shown
    assert "written down 21 November 2026" in shown
    assert "written down later, from memory" in shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (34_100_000, "34.1 MB")],
)
def test_sizes_are_readable(size: int, shown: str) -> None:
    assert readable_size(size) == shown
