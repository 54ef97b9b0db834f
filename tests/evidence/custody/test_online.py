"""The forms of online work: well formed, and strict about what a court will ask."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.evidence.custody import online

RECORD = {
    "address": "https://example.org/watch?v=1",
    "captured_at": "2026-11-22T14:05:09+02:00",
    "clock": "not compared",
    "collector": "A. Person",
    "tool": "browser 1.2",
    "captured": "page and source",
}


def test_the_papers_of_the_protocol_are_there() -> None:
    assert set(online.forms()) == {"plan", "threats", "activity", "collection"}
    for form in online.forms().values():
        assert "Berkeley Protocol" in form.source
        assert any(field.required for field in form.fields)


def test_answers_stand_in_the_forms_order_without_what_is_empty() -> None:
    shuffled = {**dict(reversed(RECORD.items())), "context": "  "}
    assert list(online.check("collection", shuffled)) == [
        "address", "captured_at", "clock", "collector", "tool", "captured",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"address": "javascript:alert(1)"}, "no address"),
        ({"address": "http://[::1"}, "no address"),
        ({"address": ""}, "is empty"),
        ({"captured_at": "2026-11-22 14:05"}, "day, the time and the zone"),
        ({"captured_at": "yesterday"}, "day, the time and the zone"),
        ({"hash_at_capture": "abc"}, "64 hexadecimal digits"),
        ({"mood": "good"}, "no field 'mood'"),
        ({"context": "x" * 20_001}, "longer than"),
    ],
)
def test_what_says_too_little_or_wrong_is_refused(change: dict[str, str], problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        online.check("collection", {**RECORD, **change})


def test_a_choice_is_one_of_those_offered() -> None:
    with pytest.raises(UsageError, match="no choice"):
        online.check("activity", {"activity": "dancing", "where": "x", "result": "y"})
