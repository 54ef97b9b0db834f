"""Known answers: each row a trap that a calendar calculator falls into."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.deadlines import Fixed, compute, rulebook
from amparo.deadlines.clocks import Stop
from amparo.deadlines.rules import Direction, Kind, Means, Rule

BOOK = rulebook()
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("rule", "trigger", "expected"),
    [
        ("us.asylum.one-year", "2025-03-12", "2026-03-12"),
        ("us.asylum.one-year", "2025-03-14", "2026-03-16"),  # a Saturday
        ("us.asylum.one-year", "2024-07-04", "2025-07-07"),  # a holiday, then the weekend
        ("us.asylum.one-year", "1990-05-01", "1998-04-01"),  # before the law: from 1 April 1997
        ("us.asylum.one-year", "2024-02-29", "2025-02-28"),
        ("ecthr.application", "2026-05-31", "2026-09-30"),
        ("ecthr.application", "2025-10-31", "2026-02-28"),  # and a Saturday, not extended
        ("ecthr.application", "2022-01-31", "2022-07-31"),  # six months still, and a Sunday
        ("ecthr.application", "2022-02-01", "2022-06-01"),
        ("un.cerd.communication", "2025-08-31", "2026-02-28"),
        ("us.eoir.filing.individual", "2026-12-08", "2026-11-09"),  # Sunday, toward the hearing
        ("us.eoir.filing.master", "2026-07-18", "2026-07-06"),  # Friday 3 July is the observed 4th
        ("us.eoir.voluntary-departure.conclusion", "2026-11-03", "2027-01-04"),
        ("us.eoir.address-change", "2026-11-24", "2026-11-29"),  # the stricter of two wordings
        ("us.foia.determination", "2026-11-02", "2026-12-02"),  # Veterans Day and Thanksgiving out
        ("us.ca.petition-for-review", "2026-11-26", "2026-12-28"),
        ("us.uscis.i-751", "2027-03-01", "2027-03-01"),
        ("eu.dublin.transfer", "2025-08-31", "2026-02-28"),
        ("eu.dublin.reply.take-charge", "2026-04-29", "2026-06-29"),
        ("eu.dublin.reply.take-back", "2026-04-11", "2026-04-25"),  # a Saturday, not extended
        ("eu.ammr.take-charge", "2026-07-01", "2026-08-03"),  # Saturday 1 August, after a hit
        ("eu.ammr.reply.detained", "2026-07-06", "2026-07-13"),
        ("us.eoir.reopen.survivor", "2025-03-14", "2026-03-16"),
        ("us.eoir.filing.response", "2026-11-05", "2026-11-16"),  # a Sunday
        ("us.uscis.rfe.i-539", "2026-11-02", "2026-12-02"),
        ("us.uscis.i-730", "2024-11-07", "2026-11-07"),  # a Saturday, not extended
        ("us.foia.appeal-answer", "2026-11-02", "2026-12-02"),
        ("un.wgad.follow-up", "2026-08-31", "2027-02-28"),
    ],
)
def test_known_answers(rule: str, trigger: str, expected: str) -> None:
    assert compute(BOOK[rule], trigger).date == date.fromisoformat(expected)


def test_two_readings_are_shown_and_the_earlier_acted_on() -> None:
    outcome = compute(BOOK["us.bia.appeal"], "2026-05-01")
    assert outcome.date == date(2026, 5, 11)
    assert [(r.date, r.status) for r in outcome.competing] == [(date(2026, 6, 1), "in force")]


def test_a_rule_that_came_later_does_not_reach_back() -> None:
    outcome = compute(BOOK["us.bia.appeal"], "2026-03-06")
    assert outcome.date == date(2026, 4, 6)
    assert not outcome.competing


def test_a_proposed_reading_is_shown_and_never_acted_on() -> None:
    outcome = compute(BOOK["us.asylum.ead.apply"], "2026-01-01")
    assert outcome.date == date(2026, 5, 31)
    assert outcome.competing[0].status == "proposed"


def test_a_weekend_extends_paper_and_not_the_electronic_filing() -> None:
    rule = BOOK["us.uscis.noid"]  # 30 days from Friday 6 November 2026: Sunday 6 December
    assert compute(rule, "2026-11-06", filing="electronic").date == date(2026, 12, 6)
    assert compute(rule, "2026-11-06", filing="paper").date == date(2026, 12, 7)
    assert compute(rule, "2026-11-06").date == date(2026, 12, 6)


def test_mail_lengthens_the_period_and_then_it_rolls_once() -> None:
    rule = BOOK["us.uscis.noid"]  # 33 days: Wednesday 9 December, not 7 + 3
    assert compute(rule, "2026-11-06", served_by="mail", filing="paper").date == date(2026, 12, 9)


def test_a_trigger_known_by_its_month_gives_both_ends() -> None:
    outcome = compute(BOOK["us.asylum.one-year"], "2025-03")
    assert outcome.date == date(2026, 3, 2)
    assert [r.date for r in outcome.competing] == [date(2026, 3, 31)]
    assert any("known only as March 2025" in warning for warning in outcome.warnings)


def test_an_open_trigger_is_refused_aloud() -> None:
    outcome = compute(BOOK["us.asylum.one-year"], "2025-03-01/..")
    assert outcome.date is None
    assert "no first or last day" in outcome.refused


def test_no_limit_gives_a_risk_band_and_never_a_date() -> None:
    outcome = compute(BOOK["un.hrc.communication"], "2020-01-01")
    assert outcome.date is None
    assert [risk.months for risk in outcome.risks] == [0, 36, 60]
    assert "no time limit" in outcome.refused


def test_a_set_date_wins_over_every_rule() -> None:
    fixed = Fixed(date(2026, 2, 2), "Judge Ruiz")
    outcome = compute(BOOK["us.asylum.one-year"], "2025-03-14", fixed=fixed)
    assert outcome.date == date(2026, 2, 2)
    assert "Judge Ruiz set" in outcome.steps[0].words
    assert outcome.competing[0].date == date(2026, 3, 16)


def test_a_printed_date_is_asked_for_and_taken() -> None:
    rule = BOOK["us.uscis.biometrics"]
    assert "Enter it" in compute(rule, "2026-01-01").refused
    assert compute(rule, "2026-01-01", fixed=Fixed(date(2026, 1, 9), "the notice")).date


def test_a_window_opens_and_closes() -> None:
    outcome = compute(BOOK["us.uscis.i-751"], "2027-03-01")
    assert (outcome.opens, outcome.date) == (date(2026, 12, 1), date(2027, 3, 1))


def test_a_window_rolls_where_it_closes_and_never_where_it_opens() -> None:
    rule = BOOK["us.uscis.i-751"]  # closes on Sunday 13 December 2026
    unsaid = compute(rule, "2026-12-13")
    assert (unsaid.opens, unsaid.date) == (date(2026, 9, 14), date(2026, 12, 13))
    assert [(r.date, r.label) for r in unsaid.competing] == [
        (date(2026, 12, 14), "if filed on paper")
    ]
    opens_on_sunday = compute(rule, "2027-05-29", filing="electronic")
    assert opens_on_sunday.opens == date(2027, 2, 28)
    assert not opens_on_sunday.competing


def test_of_two_openings_of_a_window_the_later_is_safe() -> None:
    outcome = compute(BOOK["us.uscis.i-751"], "2027-03", filing="electronic")
    assert (outcome.opens, outcome.date) == (date(2026, 12, 31), date(2027, 3, 1))
    assert [reading.date for reading in outcome.competing] == [date(2027, 3, 31)]
    assert any("later opening is safe" in step.words for step in outcome.steps)
    assert outcome.steps[-1].date == outcome.date
    by_year = compute(BOOK["us.uscis.i-751"], "2027")
    assert (by_year.opens, by_year.date) == (None, date(2027, 1, 1))


def test_the_old_rules_hold_for_what_was_registered_before_the_new_ones() -> None:
    before, since = "2026-06-30", "2026-07-01"
    assert compute(BOOK["eu.ammr.take-charge"], before).refused
    assert compute(BOOK["eu.dublin.take-charge"], before).date
    assert compute(BOOK["eu.ammr.take-charge"], since).date
    assert compute(BOOK["eu.dublin.take-charge"], since).refused


def test_a_rule_that_was_read_says_when_its_counting_was_not() -> None:
    warnings = compute(BOOK["eu.ammr.transfer"], "2026-08-03").warnings
    assert any("way of counting is not verified" in each for each in warnings)
    sure = compute(BOOK["ecthr.application"], "2026-08-03").warnings
    assert not any("way of counting" in each for each in sure)


UNSURE = [rule for rule in BOOK.values() if rule.confidence != "primary"]


@pytest.mark.parametrize("rule", UNSURE, ids=lambda rule: rule.id)
def test_what_is_not_verified_says_so_with_every_day(rule: Rule) -> None:
    said = " ".join(compute(rule, "2026-03-02").warnings)
    assert "not verified" in said or "secondary source" in said


def test_a_stopped_clock_runs_on_later() -> None:
    stop = Stop(date(2026, 2, 1), date(2026, 2, 10), "the applicant asked to adjourn")
    outcome = compute(BOOK["us.asylum.ead.apply"], "2026-01-01", stops=[stop])
    assert outcome.date == date(2026, 6, 10)
    assert any("asked to adjourn" in step.words for step in outcome.steps)


def test_a_clock_that_stands_still_has_no_day() -> None:
    stop = Stop(date(2026, 2, 1), None, "denied")
    outcome = compute(BOOK["us.asylum.ead.apply"], "2026-01-01", stops=[stop])
    assert outcome.date is None
    assert "stands still" in outcome.refused


def test_holidays_of_the_state_when_it_is_named() -> None:
    rule = BOOK["eu.ammr.transfer"]  # 6 months from 3 April 2026: Saturday 3 October, German Unity
    assert compute(rule, "2026-04-03", country="DE").date == date(2026, 10, 5)
    assert compute(rule, "2026-06-25", country="FR").date == date(2026, 12, 28)


@pytest.mark.parametrize("words", [{"filing": "fax"}, {"served_by": "pigeon"}])
def test_unknown_words_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        compute(BOOK["us.uscis.noid"], "2026-01-01", **words)


@given(day=DAYS, id_=st.sampled_from(sorted(BOOK)))
def test_every_rule_answers_or_refuses(day: date, id_: str) -> None:
    outcome = compute(BOOK[id_], day)
    assert (outcome.date is None) == bool(outcome.refused)
    assert outcome.date is None or outcome.steps
    assert (BOOK[id_].kind is Kind.NO_LIMIT) == bool(outcome.risks)


@given(day=DAYS, id_=st.sampled_from(sorted(BOOK)))
def test_the_safe_reading_is_the_one_acted_on(day: date, id_: str) -> None:
    outcome, rule = compute(BOOK[id_], day), BOOK[id_]
    counting = [r.date for r in outcome.competing if r.counts]
    if outcome.date and counting and rule.counts[0].direction is not Direction.WINDOW:
        safest = min if rule.means is Means.LAST_DAY else max
        assert outcome.date == safest([outcome.date, *counting])


@given(day=DAYS, later=st.integers(1, 400), id_=st.sampled_from(sorted(BOOK)))
def test_a_later_trigger_never_gives_an_earlier_day(day: date, later: int, id_: str) -> None:
    rule = BOOK[id_]
    if any(c.trigger_from or c.trigger_before for c in (*rule.counts, *rule.readings)):
        return
    first, second = compute(rule, day).date, compute(rule, day + timedelta(days=later)).date
    if first and second and (day.month, day.day) != (2, 29):
        assert first <= second
