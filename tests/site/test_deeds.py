"""The audit's words: each action that is written has its place in the list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from amparo.accounts.web.models import AuditEntry
from amparo.site.deeds import DEEDS, LABELS, deed_words, details_of

SOURCE = Path(__file__).parents[2] / "src" / "amparo"


OF_EVERY_ENTRY = {"acting_user", "subject", "matter_id"}


def written() -> Iterator[tuple[str, set[str]]]:
    """Each call of an audit function: its action, where that is plain text, and its details."""
    for path in SOURCE.rglob("web/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if not isinstance(node, ast.Call) or name not in {"audit", "_told"}:
                continue
            said = node.args[0]
            details = {keyword.arg for keyword in node.keywords if keyword.arg}
            if isinstance(said, ast.Constant):
                yield str(said.value), details - OF_EVERY_ENTRY


def test_every_action_has_words() -> None:
    assert {action for action, _details in written()} <= DEEDS


def test_every_detail_has_a_label() -> None:
    labels = set().union(*(details for _action, details in written()))
    assert labels <= LABELS.keys()
    assert "items" in LABELS


def test_an_unknown_action_stays_as_it_is() -> None:
    assert deed_words("something else") == "something else"


def test_details_are_told_by_their_labels() -> None:
    entry = AuditEntry(details={"role": "opposing", "changed": ["title", "status"], "x": True})
    assert details_of(entry) == [
        ("role", "Opposing counsel"),
        ("changed", "title, status"),
        ("x", "yes"),
    ]


def test_files_are_counted_and_nothing_is_a_dash() -> None:
    entry = AuditEntry(details={"tag": "news", "items": ["01a2-d1", "01a2-d2"], "before": ""})
    assert details_of(entry) == [("tag", "news"), ("files", "2"), ("before", "—")]
