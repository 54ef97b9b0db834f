"""Deadlines as a calendar file (iCalendar, RFC 5545) that any calendar program reads.

A calendar travels to phones and to other people's servers. So an entry says which matter by its
number and which rule, and no name: what it is about is read in Amparo.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

__all__ = ["Entry", "calendar"]

PRODUCT = "-//Amparo//Deadlines//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """A day to act. ``uid`` stays the same when the day moves; ``alarms`` are days before it."""

    uid: str
    day: date
    title: str
    changed_at: datetime
    url: str = ""
    alarms: tuple[int, ...] = ()


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar of whole-day events with their alarms, in the order given."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", entry.url)
    for days in entry.alarms:
        event.add_component(_alarm(days, entry.title))
    return event


def _alarm(days: int, title: str) -> Alarm:
    """Nine in the morning of the day, so many days before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(hours=9) - timedelta(days=days))
    return alarm
