"""How near a day is, in the few words that a list of tasks needs."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

__all__ = ["SOON_DAYS", "Urgency", "urgency"]

SOON_DAYS = 7


class Urgency(StrEnum):
    """From none to too late."""

    NONE = "none"
    LATER = "later"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"


def urgency(due: date | None, today: date) -> Urgency:
    """How near ``due`` is on ``today``; without a day there is no urgency."""
    if due is None:
        return Urgency.NONE
    days = (due - today).days
    if days < 0:
        return Urgency.OVERDUE
    if days == 0:
        return Urgency.TODAY
    return Urgency.SOON if days <= SOON_DAYS else Urgency.LATER
