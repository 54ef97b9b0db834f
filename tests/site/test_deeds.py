"""The audit's words: each action that is written has its place in the list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from amparo.accounts.web.models import AuditEntry
from amparo.site.deeds import DEEDS, deed_words, details_of

SOURCE = Path(__file__).parents[2] / "src" / "amparo"


def written() -> Iterator[str]:
    """The first argument of each call of an audit function, where it is plain text."""
    for path in SOURCE.rglob("web/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in {"audit", "_told"} and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_every_action_has_words() -> None:
    assert set(written()) <= DEEDS


def test_an_unknown_action_stays_as_it_is() -> None:
    assert deed_words("something else") == "something else"


def test_details_are_told_by_their_labels() -> None:
    entry = AuditEntry(details={"role": "opposing", "changed": ["title", "status"], "x": True})
    assert details_of(entry) == [
        ("role", "Opposing counsel"),
        ("changed", "title, status"),
        ("x", "yes"),
    ]
