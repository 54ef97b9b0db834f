"""The page's table is what the code gives today, and what others published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.patterns.estimate.published import PAGE, inside, rows, table_text


def test_the_table_of_the_page_is_made_anew(shared_data: Path) -> None:
    """When it differs: ``python -m tests.patterns.estimate.published``."""
    assert inside(PAGE.read_text("utf-8")) == table_text(shared_data)


def test_ours_are_the_published_figures(shared_data: Path) -> None:
    for row in rows(shared_data):
        ours = round(row.ours(), row.digits)
        step = 0.011 * 10 ** (1 - row.digits) if row.source.startswith("Rcapture") else 1e-9
        close = pytest.approx(row.published, rel=row.within, abs=0 if row.within else step)
        assert ours == close, row.line()
