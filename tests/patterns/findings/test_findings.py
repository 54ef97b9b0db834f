"""Findings as files that can be read again: CSV, XLSX, DOCX."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
import python_calamine

from amparo.patterns import charts
from amparo.patterns.findings import Cell, Finding, Grid, as_csv, as_document, as_workbook


def finding() -> Finding:
    lines = (
        (Cell("=SUM(A1)"), Cell(7, lambda: [1]), Cell(0.5, digits=1)),
        (Cell("أ/ب"), Cell(None), Cell(1.25, digits=2)),
    )
    drawn = charts.picture(charts.bars([("a", 3)], counted="acts"), title="Acts", words="Three.")
    return Finding(
        title="Acts by place",
        counted="acts",
        says=("Seven acts.",),
        warnings=("Few.",),
        notes=("One a row.",),
        grids=(Grid("By place: [1]", ("place", "acts", "share"), lines),) * 2,
        pictures=(drawn,),
    )


def test_a_csv_runs_no_formula_and_shows_what_is_withheld() -> None:
    text = as_csv(finding()).decode("utf-8-sig")
    assert "'=SUM(A1),7,0.5" in text
    assert "أ/ب,…,1.25" in text
    assert "Seven acts." in text


def test_a_workbook_keeps_numbers_as_numbers() -> None:
    book = python_calamine.load_workbook(io.BytesIO(as_workbook(finding())))
    assert book.sheet_names == ["Words", "By place 1", "By place 1 2"]
    rows = book.get_sheet_by_name("By place 1").to_python()
    assert rows == [["place", "acts", "share"], ["=SUM(A1)", 7, 0.5], ["أ/ب", "…", 1.25]]


def test_a_document_has_words_tables_and_a_picture_that_is_described() -> None:
    data = as_document(finding())
    paper = docx.Document(io.BytesIO(data))
    assert [paragraph.text for paragraph in paper.paragraphs][:3] == [
        "Acts by place", "Seven acts.", "Few.",
    ]  # fmt: skip
    assert [cell.text for cell in paper.tables[0].rows[2].cells] == ["أ/ب", "…", "1.25"]
    assert 'descr="Three."' in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


@pytest.mark.parametrize("place", [(2, 0, 0), (0, 9, 0), (-1, 0, 0)])
def test_there_is_no_such_cell(place: tuple[int, int, int]) -> None:
    with pytest.raises(IndexError):
        finding().cell(*place)
