"""The page about deadlines: every rule stands in it, as the rulebook has it."""

from __future__ import annotations

from tools import rules_table

from amparo.deadlines import rulebook


def test_the_table_is_that_of_the_rulebook() -> None:
    page = rules_table.PAGE.read_text("utf-8")
    assert rules_table.page_with(rules_table.table()) == page, "run tools/rules_table.py"


def test_every_rule_has_its_line() -> None:
    page = rules_table.PAGE.read_text("utf-8")
    assert not [name for name in rulebook() if f"| `{name}` " not in page]
