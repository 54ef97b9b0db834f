"""``amparo deadlines`` as a person runs it: the contract of its JSON, and what it refuses."""

from __future__ import annotations

import json

from amparo.deadlines import rulebook
from tests.cli.conftest import Amparo

PROMISED = {"date", "steps", "competing", "status", "sources"}
LISTED = {"id", "body", "title", "status", "confidence", "sources"}
CLOCK = "us.asylum.ead.apply"


def test_json_has_the_promised_fields(amparo: Amparo) -> None:
    ran = amparo("deadlines", "us.asylum.one-year", "--trigger", "2025-03-14", "--json")
    answer = json.loads(ran.stdout)
    assert set(answer) >= PROMISED
    assert answer["date"] == "2026-03-16"
    assert answer["steps"][-1]["date"] == "2026-03-16"


def test_the_list_has_every_rule_and_how_sure_it_is(amparo: Amparo) -> None:
    listed = json.loads(amparo("deadlines", "--list", "--json").stdout)
    assert [each["id"] for each in listed] == list(rulebook())
    assert all(set(each) == LISTED for each in listed)


def test_where_there_is_no_limit_there_is_no_date(amparo: Amparo) -> None:
    ran = amparo("deadlines", "un.hrc.communication", "--trigger", "2020-01-01", "--json")
    answer = json.loads(ran.stdout)
    assert answer["date"] is None
    assert [each["from_months"] for each in answer["risks"]] == [0, 36, 60]


def test_a_set_day_wins_and_says_where_it_stands(amparo: Amparo) -> None:
    words = ["--fixed", "2026-02-02", "--fixed-by", "Judge Ruiz", "--fixed-at", "order, p. 2"]
    ran = amparo("deadlines", "us.asylum.one-year", "--trigger", "2025-03-14", "--json", *words)
    answer = json.loads(ran.stdout)
    assert answer["date"] == "2026-02-02"
    assert answer["fixed"] == {"date": "2026-02-02", "by": "Judge Ruiz", "at": "order, p. 2"}
    assert "(order, p. 2)" in answer["steps"][0]["words"]
    assert answer["competing"][0]["date"] == "2026-03-16"


def test_a_clock_is_a_ledger_of_stops_with_reasons(amparo: Amparo) -> None:
    stops = ["--stop", "2026-02-01/2026-02-10 asked to adjourn"]
    said = amparo("deadlines", CLOCK, "--trigger", "2026-01-01", *stops).stdout
    assert "2026-06-10" in said
    assert "asked to adjourn" in said
    assert "This rule is not verified" in said
    stands = amparo("deadlines", CLOCK, "--trigger", "2026-01-01", "--stop", "2026-02-01/ denied")
    assert "stands still" in stands.stdout


def test_a_stop_without_a_reason_is_asked_back(amparo: Amparo) -> None:
    ran = amparo("deadlines", CLOCK, "--trigger", "2026-01-01", "--stop", "2026-02-01/2026-02-10")
    assert ran.returncode != 0
    assert "is no stop of a clock" in ran.stderr
