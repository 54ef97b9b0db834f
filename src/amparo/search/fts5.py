"""The grammar of SQLite's FTS5 (https://sqlite.org/fts5.html, section 3).

Every word goes in quotation marks, and words hold only letters, digits and marks, so that nothing
that a person types is ever read as FTS5 syntax.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Fts5"]


class Fts5:
    """A ``Grammar``."""

    def row(self, words: Sequence[str], *, open_ended: bool = False) -> str:
        """A phrase in quotation marks."""
        quoted = " ".join(words).replace('"', "")
        return f'"{quoted}" *' if open_ended else f'"{quoted}"'

    def either(self, expressions: Sequence[str]) -> str:
        """Joined by OR, in parentheses when there are several."""
        return f"({' OR '.join(expressions)})" if len(expressions) > 1 else expressions[0]

    def every(self, expressions: Sequence[str]) -> str:
        """Joined by AND, in parentheses."""
        return f"({' AND '.join(expressions)})"

    def without(self, wanted: str, excluded: str) -> str:
        """Joined by NOT, in parentheses."""
        return f"({wanted} NOT ({excluded}))"

    def inside(self, column: str, expression: str) -> str:
        """A column filter before the expression."""
        return f"{column} : ({expression})"
