"""Passages for tests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from amparo.base.ids import new_id
from amparo.search.passages import Passage

MATTER = UUID("019a0000-0000-7000-8000-000000000001")
OTHER = UUID("019a0000-0000-7000-8000-000000000002")


def passage(text: str = "", **values: Any) -> Passage:
    """A passage of ``MATTER``: a PDF's first page unless said otherwise."""
    defaults: dict[str, Any] = {
        "source": "evidence.item",
        "source_id": str(new_id()),
        "matter_id": MATTER,
        "page": 1,
        "title": "",
        "text": text,
        "language": "en",
        "media_type": "application/pdf",
    }
    return Passage(**(defaults | values))
