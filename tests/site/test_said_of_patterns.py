"""What the methods of patterns refuse can be said in the language of the page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from amparo.patterns.rights import vocabulary
from amparo.site.said.patterns import PATTERN_SENTENCES

SOURCE = Path(__file__).parents[2] / "src" / "amparo" / "patterns"
PACKAGES = (
    "trends",
    "quality",
    "rates",
    "cooccurrence",
    "flows",
    "clusters",
    "exposure",
    "imputation",
)
FILES = [path for name in PACKAGES for path in sorted((SOURCE / name).glob("*.py"))]


def plain(node: ast.expr) -> str:
    """A sentence without what varies in it."""
    if isinstance(node, ast.Constant):
        return str(node.value).replace("%", "%%")
    assert isinstance(node, ast.JoinedStr)
    return "".join(
        str(each.value).replace("%", "%%") if isinstance(each, ast.Constant) else "*"
        for each in node.values
    )


def said_by(path: Path) -> set[str]:
    calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
    raised = [n for n in calls if isinstance(n.func, ast.Name) and n.func.id == "UsageError"]
    parts = [[*n.args[:1], *(k.value for k in n.keywords)] for n in raised]
    return {plain(each) for part in parts for each in part}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_refusal_is_listed(path: Path) -> None:
    import re

    listed = {re.sub(r"%\(\w+\)s", "*", sentence) for sentence in PATTERN_SENTENCES}
    assert said_by(path) <= listed


def test_what_tables_by_right_and_indicator_say_is_listed() -> None:
    import re

    listed = {re.sub(r"%\(\w+\)s", "*", sentence) for sentence in PATTERN_SENTENCES}
    tree = ast.parse((SOURCE / "tables" / "touching.py").read_text("utf-8"))
    said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield) and node.value]
    told = {re.sub(r"\*+", "*", plain(node)) for node in said}
    assert len(told) == 9
    assert told - {"* counts *."} <= listed  # the page says that one in a table of its own
    assert said_by(SOURCE / "tables" / "touching.py") <= listed
    assert said_by(SOURCE / "rights" / "own.py") - listed == {"* cannot be read as words: *."}
    assert {need.says for need in vocabulary().needs.values()} <= listed
