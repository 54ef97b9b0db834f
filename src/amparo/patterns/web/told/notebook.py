"""How a finding is made in a notebook: the first lines of each snippet, and those of each page."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.patterns.rights import Own
from amparo.patterns.web.queries import Sheet

__all__ = ["meaning", "of_checks", "of_rows", "of_tables", "of_words", "opening"]

MOST_NUMBERS = 20


def opening(sheet: Sheet, *names: str) -> str:
    """The first lines of a snippet: imports, and the table read from a copy of the file."""
    chosen = f", sheet={sheet.name!r}" if sheet.name else ""
    return (
        "from pathlib import Path\n"
        f"from amparo.patterns import {', '.join(sorted({'tables', *names}))}\n\n"
        f"# SHA-256 {sheet.item.object_id}\n"
        f"records = tables.read({_path(sheet.item.name)}{chosen})\n"
    )


def meaning(sheet: Sheet) -> str:
    """The same, the words of the table meaning what people said of them."""
    own = sheet.records.own or Own()
    told = ", ".join(map(ascii, (dict(own.words), dict(own.facts))))
    return (
        f"{opening(sheet, 'rights')}"
        f"own = rights.Own({told}, by={own.by!a})\n"
        "records = records.meaning(own)\n"
    )


def of_tables(names: Sequence[str]) -> str:
    """Every table of a matter, read: how many rows, which columns."""
    read = "\n".join(f"    {_path(name)}," for name in names)
    return (
        "from pathlib import Path\n"
        "from amparo.patterns import tables\n\n"
        f"for path in [\n{read}\n]:\n"
        "    records = tables.read(path)\n"
        "    print(path, len(records), list(records.columns))"
    )


def of_rows(python: str, numbers: Sequence[int]) -> str:
    """The finding's own snippet, and behind it the rows of one of its numbers."""
    shown = list(numbers[:MOST_NUMBERS])
    more = f"  # and {len(numbers) - len(shown)} more" if len(numbers) > len(shown) else ""
    return f"{python}\n\n[records.row(number) for number in {shown}]{more}"


def of_checks(sheet: Sheet, lists: Sequence[str], count: str) -> str:
    """What a table of lists can bear."""
    counted = f", count={count!r}" if count else ""
    return (
        f"{opening(sheet, 'estimate')}"
        f"table = estimate.from_records(records, {list(lists)!r}{counted})\n"
        "table.documented, table.list_sizes\n"
        "estimate.check(table)"
    )


def of_words(sheet: Sheet, column: str) -> str:
    """What each word of a column means, and which are not known."""
    begin = (
        meaning(sheet) if sheet.records.own else opening(sheet, "rights") + "own = rights.Own()\n"
    )
    return (
        f"{begin}"
        f"words = records.column({column!a}).words\n"
        "{word: [act.key for act in own.acts_of(word) or ()] for word in words}\n"
        "[word for word in words if own.acts_of(word) is None]"
    )


def _path(name: str) -> str:
    told = ascii(name)[1:-1].replace('"', '\\"')
    return f'Path("{told}")'
