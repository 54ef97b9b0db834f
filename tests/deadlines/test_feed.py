"""The calendar file, read back by another reader of RFC 5545 than wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from amparo.deadlines.feed import Entry, calendar

CHANGED = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)
ENTRY = Entry(
    "a@amparo", date(2026, 3, 14), "2026-0001: One, two; three", CHANGED, "http://x/", (7, 0)
)


def test_lines_are_folded_and_ended_as_the_standard_wants() -> None:
    raw = calendar([Entry("b@amparo", date(2026, 3, 14), "ж" * 100, CHANGED)], name="A")
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_an_entry_is_a_whole_day_with_its_alarms() -> None:
    event = Calendar.from_ical(calendar([ENTRY], name="A")).walk("VEVENT")[0]
    assert event["SUMMARY"] == "2026-0001: One, two; three"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        date(2026, 3, 14),
        date(2026, 3, 15),
    )
    alarms = [alarm.decoded("TRIGGER").total_seconds() / 3600 for alarm in event.walk("VALARM")]
    assert alarms == [9 - 7 * 24, 9]


def test_no_entries_are_a_calendar_too() -> None:
    assert not Calendar.from_ical(calendar([], name="A")).walk("VEVENT")
