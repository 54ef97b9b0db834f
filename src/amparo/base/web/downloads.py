"""Files that leave through a page: under a plain name, kept by no cache."""

from __future__ import annotations

from typing import TypeVar

from django.http.response import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

__all__ = ["as_attachment", "pdf_attachment"]

Answer = TypeVar("Answer", bound=HttpResponseBase)


def as_attachment(answer: Answer, name: str) -> Answer:
    """Let the browser save ``answer`` as ``name`` (RFC 6266), and keep no copy of its own.

    What is no letter or digit of any script, "-" or "." is a "-" in the name.
    """
    plain = "".join(char if char.isalnum() or char in "-." else "-" for char in name)
    answer["Content-Disposition"] = content_disposition_header(True, plain) or "attachment"
    answer["Cache-Control"] = "no-store, private"
    return answer


def pdf_attachment(data: bytes, name: str) -> HttpResponse:
    """A PDF to save as ``name``, which has no ending yet."""
    return as_attachment(HttpResponse(data, content_type="application/pdf"), f"{name}.pdf")
