"""The rule files: complete, sourced, and read strictly."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.deadlines.rules import Confidence, Rule
from amparo.deadlines.schema import parse_file, parse_regimes, rulebook

REGIMES = parse_regimes("PLAIN: {says: s, source: t, confidence: primary, rollover: none}")
RULE = """
body: A body
checked: {day: 2026-01-01, by: us, again: 2026-06-01}
rules:
  a.rule:
    title: t
    trigger: x
    says: s
    confidence: primary
    sources: [{citation: c, confidence: primary}]
    counts: [{amount: 1, unit: month, regime: PLAIN}]
"""


@pytest.mark.parametrize("rule", rulebook().values(), ids=lambda rule: rule.id)
def test_every_rule_says_where_it_stands_and_when_it_was_checked(rule: Rule) -> None:
    assert rule.sources
    assert rule.checked_on
    assert rule.next_check
    assert rule.next_check > rule.checked_on
    assert rule.says.endswith(".")


@pytest.mark.parametrize("rule", rulebook().values(), ids=lambda rule: rule.id)
def test_no_rule_is_surer_than_its_sources(rule: Rule) -> None:
    if rule.confidence is Confidence.PRIMARY:
        assert any(source.confidence is Confidence.PRIMARY for source in rule.sources)


def test_the_example_is_read() -> None:
    (rule,) = parse_file("f.yaml", RULE, REGIMES)
    assert (rule.id, rule.counts[0].amount) == ("a.rule", 1)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("amount: 1", "amount: one", "amount must be a int"),
        ("unit: month", "unit: moon", "unit must be one of"),
        ("regime: PLAIN", "regime: FANCY", "no regime 'FANCY'"),
        ("title: t", "titel: t", "title must be a str"),
        ("says: s", "says: s\n    sasy: s", "unknown keys sasy"),
        ("sources: [{citation: c, confidence: primary}]", "sources: []", "needs a source"),
        ("confidence: primary\n    s", "confidence: sure\n    s", "confidence must be one of"),
        ("counts: [", "kind: no_limit\n    counts: [", "counts belong to a computed rule"),
        ("day: 2026-01-01", "day: soon", "day must be a day"),
        ("rules:", "rules: [", "not YAML"),
    ],
)
def test_a_fault_is_named_by_file_rule_and_key(old: str, new: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=r"f\.yaml") as caught:
        parse_file("f.yaml", RULE.replace(old, new), REGIMES)
    assert complaint in str(caught.value)
