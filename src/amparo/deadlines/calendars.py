"""Which days are not working days, by calendar name.

``us-federal`` is 5 U.S.C. 6103 with its observed days; ``member-state:XX`` a country's public
holidays (ISO 3166 code); ``weekends`` only Saturdays and Sundays; ``none`` nothing. The holidays
come from the package ``holidays``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays

from amparo.base.errors import UsageError

__all__ = ["closed_because", "is_known", "next_open"]

_US_FEDERAL = "us-federal"
_MEMBER_STATE = "member-state:"
_DAY = timedelta(days=1)
_WEEKEND = {5: "a Saturday", 6: "a Sunday"}


def is_known(calendar: str) -> bool:
    """Whether this calendar can be computed."""
    if calendar in {"none", "weekends", _US_FEDERAL}:
        return True
    country = calendar.removeprefix(_MEMBER_STATE)
    return country != calendar and country in holidays.list_supported_countries()


def closed_because(day: date, calendar: str) -> str | None:
    """Why offices are closed that day, in words; None when they are open."""
    if calendar == "none":
        return None
    weekend = _WEEKEND.get(day.weekday())
    if weekend:
        return weekend
    name = _holidays_of(calendar, day.year).get(day)
    return f"a holiday ({name})" if name else None


def next_open(day: date, calendar: str) -> date:
    """That day, or the first one after it that is a working day."""
    while closed_because(day, calendar):
        day += _DAY
    return day


@cache
def _holidays_of(calendar: str, year: int) -> Mapping[date, str]:
    if calendar == "weekends":
        return {}
    if calendar == _US_FEDERAL:
        # The next year's New Year's Day may be observed on this year's last day.
        found = holidays.country_holidays("US", years=[year, year + 1])
        return {day: name for day, name in found.items() if day.year == year}
    if not is_known(calendar):
        raise UsageError(f"There is no holiday calendar {calendar!r}.")
    country = calendar.removeprefix(_MEMBER_STATE)
    return dict(holidays.country_holidays(country, years=year).items())
