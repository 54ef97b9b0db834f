"""Small PDFs made for a test."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf


def page(pdf: pikepdf.Pdf, content: str, *, box=(0, 0, 612, 792), **extra) -> pikepdf.Page:
    """Add a page with Helvetica as /F1."""
    resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
    )
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=list(box),
        Resources=resources,
        Contents=pdf.make_stream(content.encode("latin-1")),
        **extra,
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
    return pdf.pages[-1]


def text(words: str, x: float, y: float, size: float = 12) -> str:
    """Content that shows ``words`` with their baseline at x, y."""
    return f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"


def pdf_bytes(build: Callable[[pikepdf.Pdf], None], **save) -> bytes:
    """A PDF as ``build`` makes it."""
    pdf = pikepdf.new()
    build(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def letter(words: str = "Habeas corpus now", **page_options) -> bytes:
    """One page with ``words`` one inch from the left and top."""
    return pdf_bytes(lambda pdf: page(pdf, text(words, 72, 720), **page_options) and None)
