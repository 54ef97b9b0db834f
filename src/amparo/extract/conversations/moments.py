"""Times as archives write them in numbers, as ISO 8601 no sharper than they were."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

__all__ = ["from_epoch", "from_iso", "from_mail"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ,]+(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$"
)
_MAIL = ("%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def from_epoch(value: object, *, per_second: int = 1000) -> str:
    """Seconds, or parts of a second, since 1970, in UTC; "" for what is no such number."""
    try:
        moment = _EPOCH + timedelta(seconds=int(str(value)) // per_second)
    except (ValueError, OverflowError):
        return ""
    return _written(moment)


def from_iso(text: object) -> str:
    """``2021-03-04T10:30[:15][Z]`` as it stands, in one form; "" for what is no such time."""
    found = _ISO.match(str(text).strip())
    if not found:
        return ""
    year, month, day, hour, minute, second = (int(each or 0) for each in found.groups()[:6])
    try:
        datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  only whether it exists
    except ValueError:
        return ""
    clock = f"{hour:02d}:{minute:02d}" + (f":{found[6]}" if found[6] else "")
    zone = found[7] or ""
    return f"{found[1]}-{found[2]}-{found[3]}T{clock}{_colon(zone)}"


def from_mail(text: object) -> str:
    """A time as mail (RFC 5322) and X write it, in its own zone; "" for what is no such time."""
    for form in _MAIL:
        try:
            return _written(datetime.strptime(str(text).strip(), form))  # noqa: DTZ007  both forms have %z
        except ValueError:
            continue
    return ""


def _written(moment: datetime) -> str:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return ""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _colon(zone: str) -> str:
    return f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 and ":" not in zone else zone
