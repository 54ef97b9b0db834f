"""How a finding is made in a notebook: the first lines of each snippet."""

from __future__ import annotations

from amparo.patterns.web.queries import Sheet

__all__ = ["opening"]


def opening(sheet: Sheet, *names: str) -> str:
    """The first lines of a snippet: imports, and the table read from a copy of the file."""
    name = ascii(sheet.item.name)[1:-1].replace('"', '\\"')
    chosen = f", sheet={sheet.name!r}" if sheet.name else ""
    return (
        "from pathlib import Path\n"
        f"from amparo.patterns import {', '.join(sorted({'tables', *names}))}\n\n"
        f"# SHA-256 {sheet.item.object_id}\n"
        f'records = tables.read(Path("{name}"){chosen})\n'
    )
