"""Findings as a Word document: words, pictures with their description, tables."""

from __future__ import annotations

import io
from typing import Any

from amparo.patterns.charts import Picture, as_png
from amparo.patterns.findings.finding import Finding, Grid

__all__ = ["as_document"]

_WIDTH_INCHES = 6.0


def as_document(finding: Finding) -> bytes:
    """A DOCX (ECMA-376) with headings, so that a report can take it over as it is."""
    import docx

    paper = docx.Document()
    paper.core_properties.title = finding.title
    paper.core_properties.author = ""
    paper.add_heading(finding.title, level=1)
    for line in finding.says:
        paper.add_paragraph(line)
    for line in finding.warnings:
        paper.add_paragraph(line, style="Intense Quote")
    for picture in finding.pictures:
        _draw(paper, picture)
    for grid in finding.grids:
        _set(paper, grid)
    for line in finding.notes:
        paper.add_paragraph(line, style="List Bullet")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _draw(paper: Any, picture: Picture) -> None:
    from docx.shared import Inches

    drawn = paper.add_picture(io.BytesIO(as_png(picture.spec)), width=Inches(_WIDTH_INCHES))
    about = drawn._inline.docPr
    about.set("title", picture.title)
    about.set("descr", picture.words)
    paper.add_paragraph(f"{picture.title}. {picture.words}", style="Caption")


def _set(paper: Any, grid: Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paper.add_heading(grid.title, level=2)
    table = paper.add_table(rows=1, cols=len(grid.heads), style="Light Grid Accent 1")
    for place, head in zip(table.rows[0].cells, grid.heads, strict=True):
        place.text = head
    for line in grid.lines:
        for place, cell in zip(table.add_row().cells, line, strict=True):
            place.text = cell.text
            if cell.is_number:
                place.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if grid.note:
        paper.add_paragraph(grid.note)
